namespace EdgeBroker.Broker
{
    /// <summary>
    /// How many CONNECTs are accepted per second: in all, and from one address, so that nobody
    /// uses up what is meant for all.
    /// </summary>
    public sealed class ConnectRate
    {
        /// <summary>Addresses that are told apart; others share their credit.</summary>
        public const int Addresses = 8;

        private const int PerConnect = 1000;

        private readonly int _rate;
        private readonly int _ratePerAddress;
        private readonly int[] _address;
        private readonly int[] _credit;
        private readonly long[] _sinceMs;

        /// <param name="rate">
        /// CONNECTs per second, 0 for no limit; as many can be saved up. One address gets three
        /// quarters of it.
        /// </param>
        /// <param name="nowMs">The host's clock.</param>
        public ConnectRate(int rate, long nowMs)
        {
            _rate = rate;
            _ratePerAddress = rate - rate / 4;
            _address = new int[Addresses + 1];
            _credit = new int[Addresses + 1];
            _sinceMs = new long[Addresses + 1];
            for (int i = 0; i <= Addresses; i++)
            {
                _credit[i] = (i == Addresses ? rate : _ratePerAddress) * PerConnect;
                _sinceMs[i] = nowMs;
            }
        }

        /// <summary>Whether one more CONNECT is accepted; if so, it counts.</summary>
        /// <param name="address">Where it comes from, any number that stands for it.</param>
        /// <param name="nowMs">The host's clock.</param>
        public bool Take(int address, long nowMs)
        {
            if (_rate == 0)
            {
                return true;
            }

            int mixed = address * -1640531527;
            int place = (int)((uint)(mixed ^ (mixed >> 15)) % Addresses);
            Refill(place, _ratePerAddress, nowMs);
            Refill(Addresses, _rate, nowMs);
            if (_address[place] != address && _credit[place] == _ratePerAddress * PerConnect)
            {
                _address[place] = address;
            }

            if (_credit[place] < PerConnect || _credit[Addresses] < PerConnect)
            {
                return false;
            }

            _credit[place] -= PerConnect;
            _credit[Addresses] -= PerConnect;
            return true;
        }

        // Thousandths of a CONNECT; a second's worth can be saved up.
        private void Refill(int place, int rate, long nowMs)
        {
            long most = (long)rate * PerConnect;
            long credit = _credit[place] + (nowMs - _sinceMs[place]) * rate;
            _credit[place] = (int)(credit < most ? credit : most);
            _sinceMs[place] = nowMs;
        }
    }
}
