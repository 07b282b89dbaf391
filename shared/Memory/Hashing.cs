namespace EdgeBroker.Memory
{
    /// <summary>What the hash tables have in common.</summary>
    public static class Hashing
    {
        /// <summary>FNV-1a of some bytes.</summary>
        /// <param name="buffer">Where they stand.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="length">How many there are.</param>
        /// <param name="seed">Start of the hash; unknown to clients.</param>
        public static int Of(byte[] buffer, int offset, int length, int seed)
        {
            int hash = seed;
            int end = offset + length;
            for (int at = offset; at < end; at++)
            {
                hash = (hash ^ buffer[at]) * 16777619;
            }

            return hash;
        }

        /// <summary>The power of two, 16 or more, that is not below a number of entries.</summary>
        public static int Buckets(int entries)
        {
            int buckets = 16;
            while (buckets < entries)
            {
                buckets <<= 1;
            }

            return buckets;
        }
    }
}
