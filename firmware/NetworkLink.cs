using System;
using System.Net.NetworkInformation;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// The network as a state machine. Off goes to AccessPoint without credentials, else to
    /// Connecting, Addressing and Up; a failure, a time-out or a lost link goes to BackingOff,
    /// whose pause doubles from FirstBackoffMs to LongestBackoffMs and starts anew after Up. An
    /// address that comes by itself (the runtime reconnects too) goes to Up from anywhere.
    /// Turn never blocks: what does is done by StationConnector's thread.
    /// </summary>
    public sealed class NetworkLink
    {
        private readonly Surroundings _where;
        private readonly DeviceFigures _figures;
        private readonly StationConnector _connector;
        private long _sinceMs;
        private long _nextLookMs;
        private int _backoffMs;
        private string _address = "";
        private bool _hasChanged;
        private bool _wasLost;

        /// <summary>Where the network stands.</summary>
        public LinkState State = LinkState.Off;

        /// <summary>
        /// How often the link was lost: connections made before the last loss reach nobody, even
        /// when the link is up again already.
        /// </summary>
        public int Losses;

        /// <summary>
        /// Whether the own network is open: without credentials, and with new ones until they
        /// have proved right, so that a mistyped password can be typed again.
        /// </summary>
        public bool HasOwnNetwork;

        /// <param name="where">Times.</param>
        /// <param name="figures">Counts drops and failures.</param>
        public NetworkLink(Surroundings where, DeviceFigures figures)
        {
            _where = where;
            _figures = figures;
            _connector = new StationConnector();
            _backoffMs = where.FirstBackoffMs;
        }

        /// <summary>Whether clients can come.</summary>
        public bool IsUp()
        {
            return State == LinkState.Up || State == LinkState.AccessPoint;
        }

        /// <summary>Begins, by the credentials that the configuration block holds.</summary>
        public void Start(long now)
        {
            if (!Credentials.AreThere())
            {
                HasOwnNetwork = AccessPoint.Open();
                Enter(HasOwnNetwork ? LinkState.AccessPoint : LinkState.RebootNeeded, now);
                return;
            }

            HasOwnNetwork = AccessPoint.IsEnabled();
            NetworkChange.NetworkAvailabilityChanged += OnAvailability;
            NetworkChange.NetworkAddressChanged += OnAddress;

            // The runtime joins by itself at boot; asking again would only throw it out.
            Look(now);
            if (State == LinkState.Off)
            {
                Connect(now);
            }
        }

        /// <summary>Hears of no more events.</summary>
        public void Stop()
        {
            NetworkChange.NetworkAvailabilityChanged -= OnAvailability;
            NetworkChange.NetworkAddressChanged -= OnAddress;
        }

        /// <summary>Does what is due; to be called every 50 ms or so.</summary>
        public void Turn(long now)
        {
            if (State == LinkState.AccessPoint || State == LinkState.RebootNeeded
                || State == LinkState.Off)
            {
                return;
            }

            if (_wasLost && State == LinkState.Up)
            {
                Lose(now);
            }

            if (_hasChanged || now >= _nextLookMs)
            {
                _hasChanged = false;
                _nextLookMs = now + _where.LookMs;
                Look(now);
            }

            switch (State)
            {
                case LinkState.Connecting:
                    TurnConnecting(now);
                    break;
                case LinkState.Addressing:
                    if (now - _sinceMs > _where.ConnectTimeoutMs)
                    {
                        Fail("no address", now);
                    }

                    break;
                case LinkState.BackingOff:
                    if (now - _sinceMs >= _backoffMs && !_connector.IsBusy())
                    {
                        NextBackoff();
                        Connect(now);
                    }

                    break;
            }
        }

        private void TurnConnecting(long now)
        {
            if (_connector.IsBusy())
            {
                if (now - _sinceMs > _where.ConnectTimeoutMs)
                {
                    Fail("no answer", now);
                }
            }
            else if (_connector.Error == null)
            {
                Enter(LinkState.Addressing, now);
                _hasChanged = true;
            }
            else
            {
                Fail(_connector.Error, now);
            }
        }

        /// <summary>Compares the address that the station has with the one it had.</summary>
        private void Look(long now)
        {
            string address = StationAddress.Get();
            if (State == LinkState.Up)
            {
                // Another address: the sockets are bound to connections that nobody reaches.
                if (address != _address)
                {
                    Lose(now);
                    _hasChanged = true;
                }
            }
            else if (address.Length > 0 && !_connector.IsBusy())
            {
                _address = address;
                _wasLost = false;
                _backoffMs = _where.FirstBackoffMs;
                Enter(LinkState.Up, now);
                Console.WriteLine("Wi-Fi is up, address " + address);
                if (HasOwnNetwork && AccessPoint.Disable())
                {
                    Enter(LinkState.RebootNeeded, now);
                }
            }
        }

        private void Connect(long now)
        {
            _wasLost = false;
            _connector.Begin();
            Enter(LinkState.Connecting, now);
        }

        private void Fail(string why, long now)
        {
            _figures.WifiFailures++;
            Console.WriteLine("Wi-Fi: " + why + "; again in "
                + (_backoffMs / 1000).ToString() + " s");
            Enter(LinkState.BackingOff, now);
        }

        private void Lose(long now)
        {
            Losses++;
            _figures.WifiDrops = Losses;
            _wasLost = false;
            Console.WriteLine("Wi-Fi is lost");
            Enter(LinkState.BackingOff, now);
        }

        private void NextBackoff()
        {
            _backoffMs = _backoffMs > _where.LongestBackoffMs / 2
                ? _where.LongestBackoffMs
                : _backoffMs * 2;
        }

        private void Enter(LinkState state, long now)
        {
            State = state;
            _sinceMs = now;
        }

        // Both run on a thread of the runtime: they only leave a note for Turn.
        private void OnAvailability(object sender, NetworkAvailabilityEventArgs e)
        {
            if (!e.IsAvailable)
            {
                _wasLost = true;
            }

            _hasChanged = true;
        }

        private void OnAddress(object sender, EventArgs e)
        {
            _hasChanged = true;
        }
    }
}
