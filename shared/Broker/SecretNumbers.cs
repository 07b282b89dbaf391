namespace EdgeBroker.Broker
{
    /// <summary>
    /// Numbers that nobody can foresee who has seen others of them: SipHash-2-4 of a counter,
    /// under a key that is used for nothing else (Aumasson and Bernstein, 2012).
    /// </summary>
    public sealed class SecretNumbers
    {
        private readonly long _key0;
        private readonly long _key1;
        private long _count;
        private ulong _v0;
        private ulong _v1;
        private ulong _v2;
        private ulong _v3;

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
            ulong message = (ulong)number;
            _v0 = (ulong)_key0 ^ 0x736F6D6570736575;
            _v1 = (ulong)_key1 ^ 0x646F72616E646F6D;
            _v2 = (ulong)_key0 ^ 0x6C7967656E657261;
            _v3 = (ulong)_key1 ^ 0x7465646279746573;
            Mix(message);
            Mix((ulong)8 << 56); // The length stands in the highest byte of the last word.
            _v2 ^= 0xFF;
            for (int i = 0; i < 4; i++)
            {
                Round();
            }

            return (long)(_v0 ^ _v1 ^ _v2 ^ _v3);
        }

        private void Mix(ulong word)
        {
            _v3 ^= word;
            Round();
            Round();
            _v0 ^= word;
        }

        private void Round()
        {
            _v0 += _v1;
            _v1 = (_v1 << 13) | (_v1 >> 51);
            _v1 ^= _v0;
            _v0 = (_v0 << 32) | (_v0 >> 32);
            _v2 += _v3;
            _v3 = (_v3 << 16) | (_v3 >> 48);
            _v3 ^= _v2;
            _v0 += _v3;
            _v3 = (_v3 << 21) | (_v3 >> 43);
            _v3 ^= _v0;
            _v2 += _v1;
            _v1 = (_v1 << 17) | (_v1 >> 47);
            _v1 ^= _v2;
            _v2 = (_v2 << 32) | (_v2 >> 32);
        }
    }
}
