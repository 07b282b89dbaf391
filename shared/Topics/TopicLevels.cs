namespace EdgeBroker.Topics
{
    /// <summary>
    /// The Topic Levels of one Topic Name or Topic Filter: where each starts, and their hashes,
    /// summed up so that those of any run of levels are one subtraction.
    /// </summary>
    public sealed class TopicLevels
    {
        /// <summary>Levels found by Split.</summary>
        public int Count;

        /// <summary>First byte of each level; then where one more would start.</summary>
        public readonly int[] Start;

        /// <summary>Sum of the hashes of the levels before each one, and of all of them.</summary>
        public readonly int[] Sum;

        /// <summary>Start of the hashes.</summary>
        public readonly int Seed;

        /// <param name="maxLevels">Most levels that Split accepts.</param>
        /// <param name="seed">
        /// Start of the hashes; unknown to clients, so that they cannot choose levels that collide.
        /// </param>
        public TopicLevels(int maxLevels, int seed)
        {
            Start = new int[maxLevels + 1];
            Sum = new int[maxLevels + 1];
            Seed = seed;
        }

        /// <summary>Cuts a name or filter at its slashes.</summary>
        /// <returns>False when there are more levels than allowed.</returns>
        public bool Split(byte[] buffer, int offset, int length)
        {
            int[] start = Start;
            int[] sums = Sum;
            int end = offset + length;
            int hash = Seed;
            int sum = 0;
            int count = 0;
            int max = start.Length - 1;
            start[0] = offset;
            for (int at = offset; at <= end; at++)
            {
                if (at < end)
                {
                    byte c = buffer[at];
                    if (c != '/')
                    {
                        hash = (hash ^ c) * 16777619;
                        continue;
                    }
                }

                if (count == max)
                {
                    return false;
                }

                // What a level adds depends on its place, so "a/b" and "b/a" differ.
                hash = (hash + count * -1640531527) * -2048144789;
                sum += hash ^ (hash >> 15);
                count++;
                start[count] = at + 1;
                sums[count] = sum;
                hash = Seed;
            }

            Count = count;
            return true;
        }

        /// <summary>Whether a level is this single character, as "+" or "#" is.</summary>
        public bool Is(byte[] buffer, int level, int character)
        {
            return Start[level + 1] - Start[level] == 2 && buffer[Start[level]] == character;
        }
    }
}
