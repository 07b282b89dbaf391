using EdgeBroker.Memory;

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

        /// <summary>Start of the hashes.</summary>
        public readonly int Seed;

        /// <param name="maxLevels">Most levels that Split accepts.</param>
        /// <param name="seed">
        /// Start of the hashes; unknown to clients, so that they cannot choose levels that collide.
        /// </param>
        public TopicLevels(int maxLevels, int seed)
        {
            Start = new int[maxLevels];
            Length = new int[maxLevels];
            Hash = new int[maxLevels];
            Seed = seed;
        }

        /// <summary>Cuts a name or filter at its slashes.</summary>
        /// <returns>False when there are more levels than allowed.</returns>
        public bool Split(byte[] buffer, int offset, int length)
        {
            int end = offset + length;
            int start = offset;
            int hash = Seed;
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
                hash = Seed;
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

        /// <summary>The hash of a level that is kept in blocks and ends with U+0000.</summary>
        public static int HashOf(BlockPool texts, int first, int seed)
        {
            int hash = seed;
            int at = first * texts.BlockSize;
            int end = at + texts.BlockSize;
            while (texts.Bytes[at] != 0)
            {
                hash = (hash ^ texts.Bytes[at]) * 16777619;
                if (++at == end)
                {
                    first = texts.Next[first];
                    at = first * texts.BlockSize;
                    end = at + texts.BlockSize;
                }
            }

            return hash;
        }

        /// <summary>The hash of a level of one character.</summary>
        public int HashOf(int character)
        {
            return (Seed ^ character) * 16777619;
        }

        /// <summary>Whether a level is this single character, as "+" or "#" is.</summary>
        public bool Is(byte[] buffer, int level, int character)
        {
            return Length[level] == 1 && buffer[Start[level]] == character;
        }
    }
}
