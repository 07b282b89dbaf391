namespace EdgeBroker.Tests
{
    /// <summary>A small generator of repeatable numbers.</summary>
    public sealed class Lcg
    {
        private int _state;

        /// <param name="seed">Where the sequence begins.</param>
        public Lcg(int seed)
        {
            _state = seed;
        }

        /// <summary>A number from 0 to one below the bound.</summary>
        public int Below(int bound)
        {
            _state = _state * 1103515245 + 12345;
            return ((_state >> 16) & 0x7FFF) % bound;
        }
    }
}
