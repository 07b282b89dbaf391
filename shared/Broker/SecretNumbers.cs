namespace EdgeBroker.Broker
{
    /// <summary>
    /// Numbers that nobody can foresee who has seen others of them: SipHash-2-4 of a counter,
    /// under a key that is used for nothing else (Aumasson and Bernstein, 2012).
    /// </summary>
    public sealed class SecretNumbers
    {
        /// <summary>Two for each of two words, four at the end.</summary>
        private const int Rounds = 8;

        private readonly long _key0;
        private readonly long _key1;
        private long _count;

        /// <param name="key0">First half of the key, random.</param>
        /// <param name="key1">Second half of the key, random.</param>
        public SecretNumbers(long key0, long key1)
        {
            _key0 = key0;
            _key1 = key1;
        }

        /// <summary>The next number: 64 bits.</summary>
        public long Next()
        {
            return Of(_count++);
        }

        /// <summary>SipHash-2-4 of the eight bytes of a number, the lowest first.</summary>
        public long Of(long number)
        {
            ulong v0 = (ulong)_key0 ^ 0x736F6D6570736575;
            ulong v1 = (ulong)_key1 ^ 0x646F72616E646F6D;
            ulong v2 = (ulong)_key0 ^ 0x6C7967656E657261;
            ulong v3 = (ulong)_key1 ^ 0x7465646279746573;
            ulong word = (ulong)number;
            v3 ^= word;
            for (int round = 0; round < Rounds; round++)
            {
                v0 += v1;
                v1 = ((v1 << 13) | (v1 >> 51)) ^ v0;
                v0 = (v0 << 32) | (v0 >> 32);
                v2 += v3;
                v3 = ((v3 << 16) | (v3 >> 48)) ^ v2;
                v0 += v3;
                v3 = ((v3 << 21) | (v3 >> 43)) ^ v0;
                v2 += v1;
                v1 = ((v1 << 17) | (v1 >> 47)) ^ v2;
                v2 = (v2 << 32) | (v2 >> 32);
                if (round == 1)
                {
                    // The second word has no bytes, only the length in its highest byte.
                    v0 ^= word;
                    word = (ulong)8 << 56;
                    v3 ^= word;
                }
                else if (round == 3)
                {
                    v0 ^= word;
                    v2 ^= 0xFF;
                }
            }

            return (long)(v0 ^ v1 ^ v2 ^ v3);
        }
    }
}
