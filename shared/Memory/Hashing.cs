namespace EdgeBroker.Memory
{
    /// <summary>What the hash tables have in common.</summary>
    public static class Hashing
    {
        /// <summary>
        /// Most entries in one bucket of a table that clients fill; an entry that would make more
        /// is refused. With a good hash a full table has one such bucket in 10^13, so only chosen
        /// collisions get here, and they cost no more than a few comparisons.
        /// </summary>
        public const int MaxChain = 16;

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

        /// <summary>The same of bytes that stand in a chain of blocks.</summary>
        /// <param name="pool">Where the chain is.</param>
        /// <param name="block">Its first block.</param>
        /// <param name="length">How many bytes there are.</param>
        /// <param name="seed">Start of the hash; unknown to clients.</param>
        public static int Of(BlockPool pool, int block, int length, int seed)
        {
            int hash = seed;
            while (length > 0)
            {
                int part = length < pool.BlockSize ? length : pool.BlockSize;
                hash = Of(pool.Bytes, block * pool.BlockSize, part, hash);
                length -= part;
                block = pool.Next[block];
            }

            return hash;
        }

        /// <summary>
        /// The bucket of a hash: every bit of the hash moves every bit of the bucket.
        /// </summary>
        /// <param name="hash">Any number.</param>
        /// <param name="mask">Buckets less one, see Buckets.</param>
        public static int Index(int hash, int mask)
        {
            uint h = (uint)hash;
            h = (h ^ (h >> 16)) * 0x7FEB352D;
            h = (h ^ (h >> 15)) * 0x846CA68B;
            return (int)(h ^ (h >> 16)) & mask;
        }

        /// <summary>The power of two, 8 or more, that is not below a number of entries.</summary>
        public static int Buckets(int entries)
        {
            int buckets = 8;
            while (buckets < entries)
            {
                buckets <<= 1;
            }

            return buckets;
        }
    }
}
