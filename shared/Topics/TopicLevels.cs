namespace EdgeBroker.Topics
{
    /// <summary>
    /// The Topic Levels of one Topic Name or Topic Filter: where each stands, its hash.
    /// </summary>
    public sealed class TopicLevels
    {
        /// <summary>Levels found by Split.</summary>
        public int Count;

        /// <summary>First byte of each level.</summary>
        public readonly int[] Start;

        /// <summary>Bytes of each level; 0 for an empty level.</summary>
        public readonly int[] Length;

        /// <summary>Hash of each level's bytes.</summary>
        public readonly int[] Hash;

        private readonly int _seed;

        /// <param name="maxLevels">Most levels that Split accepts.</param>
        /// <param name="seed">
        /// Start of the hashes; unknown to clients, so that they cannot choose levels that collide.
        /// </param>
        public TopicLevels(int maxLevels, int seed)
        {
            Start = new int[maxLevels];
            Length = new int[maxLevels];
            Hash = new int[maxLevels];
            _seed = seed;
        }

        /// <summary>Cuts a name or filter at its slashes.</summary>
        /// <returns>False when there are more levels than allowed.</returns>
        public bool Split(byte[] buffer, int offset, int length)
        {
            int end = offset + length;
            int start = offset;
            int hash = _seed;
            int count = 0;
            int max = Start.Length;
            for (int at = offset; at < end; at++)
            {
                byte c = buffer[at];
                if (c != '/')
                {
                    hash = (hash ^ c) * 16777619;
                    continue;
                }

                if (count == max)
                {
                    return false;
                }

                Start[count] = start;
                Length[count] = at - start;
                Hash[count] = hash;
                count++;
                start = at + 1;
                hash = _seed;
            }

            if (count == max)
            {
                return false;
            }

            Start[count] = start;
            Length[count] = end - start;
            Hash[count] = hash;
            Count = count + 1;
            return true;
        }

        /// <summary>The hash of a level of one character.</summary>
        public int HashOf(int character)
        {
            return (_seed ^ character) * 16777619;
        }

        /// <summary>Whether a level is this single character, as "+" or "#" is.</summary>
        public bool Is(byte[] buffer, int level, int character)
        {
            return Length[level] == 1 && buffer[Start[level]] == character;
        }
    }
}
