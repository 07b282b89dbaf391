namespace EdgeBroker.Broker
{
    /// <summary>
    /// How many CONNECTs are accepted per second: in all, and from one address, so that nobody
    /// uses up what is meant for all.
    /// </summary>
    public sealed class ConnectRate
    {
        /// <summary>Origins that are told apart; addresses beyond them share.</summary>
        public const int Origins = 4;

        private const int PerConnect = 1000;

        private readonly int _rate;
        private readonly int _ratePerOrigin;
        private readonly int[] _address;
        private readonly int[] _credit;
        private readonly int[] _stamp;

        /// <param name="rate">
        /// CONNECTs per second, 0 for no limit; as many can be saved up. One origin gets three
        /// quarters of it.
        /// </param>
        /// <param name="nowMs">The host's clock.</param>
        public ConnectRate(int rate, long nowMs)
        {
            _rate = rate;
            _ratePerOrigin = rate - rate / 4;
            _address = new int[Origins];
            _credit = new int[Origins + 1];
            _stamp = new int[Origins + 1];
            for (int i = 0; i <= Origins; i++)
            {
                _credit[i] = RateOf(i) * PerConnect;
                _stamp[i] = (int)nowMs;
            }
        }

        /// <summary>
        /// The origin that an address counts for: one of its own if one is free, that is, has
        /// not been used for a while.
        /// </summary>
        /// <param name="address">Any number that stands for where a connection comes from.</param>
        public byte OriginOf(int address)
        {
            int idle = -1;
            for (int i = 0; i < Origins; i++)
            {
                if (_address[i] == address)
                {
                    return (byte)i;
                }

                if (_credit[i] == _ratePerOrigin * PerConnect)
                {
                    idle = i;
                }
            }

            if (idle < 0)
            {
                return (byte)((uint)address % Origins);
            }

            _address[idle] = address;
            return (byte)idle;
        }

        /// <summary>Whether one more CONNECT is accepted; if so, it counts.</summary>
        /// <param name="origin">Where it comes from, see OriginOf.</param>
        /// <param name="nowMs">The host's clock.</param>
        public bool Take(byte origin, long nowMs)
        {
            if (_rate == 0)
            {
                return true;
            }

            for (int i = 0; i <= Origins; i++)
            {
                Refill(i, (int)nowMs);
            }

            if (_credit[origin] < PerConnect || _credit[Origins] < PerConnect)
            {
                return false;
            }

            _credit[origin] -= PerConnect;
            _credit[Origins] -= PerConnect;
            return true;
        }

        private int RateOf(int place)
        {
            return place == Origins ? _rate : _ratePerOrigin;
        }

        // Thousandths of a CONNECT; a second's worth can be saved up.
        private void Refill(int place, int stamp)
        {
            int rate = RateOf(place);
            long most = (long)rate * PerConnect;
            long credit = _credit[place] + (long)(uint)(stamp - _stamp[place]) * rate;
            _credit[place] = (int)(credit < most ? credit : most);
            _stamp[place] = stamp;
        }
    }
}
