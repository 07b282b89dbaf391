using System;
using System.Net.NetworkInformation;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// The network as a state machine. Without credentials it is AccessPoint for good. With them
    /// it is BackingOff while the runtime tries to join by itself, which it does at boot and after
    /// a loss; when a pause is over, Connecting asks it to, and Addressing waits for an address.
    /// Pauses double from FirstBackoffMs to LongestBackoffMs and start anew after Up. An address
    /// leads to Up from anywhere. After OwnNetworkAfterMs without one, RebootNeeded opens the own
    /// network besides. Turn never blocks: what does is done by StationConnector's thread.
    /// </summary>
    public sealed class NetworkLink
    {
        private readonly Surroundings _where;
        private readonly DeviceFigures _figures;
        private readonly StationConnector _connector = new StationConnector();
        private readonly LinkEvents _events = new LinkEvents();
        private long _sinceMs;
        private long _downMs;
        private long _nextLookMs;
        private int _backoffMs;
        private int _attempts;
        private string _address = "";
        private bool _mustRest;

        /// <summary>Where the network stands.</summary>
        public LinkState State = LinkState.Off;

        /// <summary>
        /// How often the link was lost: connections made before the last loss reach nobody, even
        /// when the link is up again already.
        /// </summary>
        public int Losses;

        /// <summary>
        /// Whether the own network is open: without credentials, with new ones until they have
        /// proved right, and after a while without the network that they are for.
        /// </summary>
        public bool HasOwnNetwork;

        /// <summary>Why joining failed last, or why a reboot is needed, or null.</summary>
        public string Reason;

        /// <param name="where">Times.</param>
        /// <param name="figures">Counts drops and failures.</param>
        public NetworkLink(Surroundings where, DeviceFigures figures)
        {
            _where = where;
            _figures = figures;
            _backoffMs = where.FirstBackoffMs;
        }

        /// <summary>Whether clients can come.</summary>
        public bool IsUp()
        {
            return State == LinkState.Up || HasOwnNetwork;
        }

        /// <summary>The address that clients in the same network use.</summary>
        public string Address()
        {
            return State == LinkState.Up ? _address : AccessPoint.Address;
        }

        /// <summary>Begins, by the credentials that the configuration block holds.</summary>
        public void Start(long now)
        {
            _downMs = now;
            if (!Credentials.AreThere())
            {
                OpenOwnNetwork("there are no credentials for Wi-Fi", now);
                return;
            }

            HasOwnNetwork = AccessPoint.IsEnabled();
            _events.Start();

            // The runtime joins by itself at boot; asking it to would only throw it out.
            Enter(LinkState.BackingOff, now);
        }

        /// <summary>Hears of no more events.</summary>
        public void Stop()
        {
            _events.Stop();
        }

        /// <summary>Does what is due; to be called every 50 ms or so.</summary>
        public void Turn(long now)
        {
            if (State == LinkState.AccessPoint || State == LinkState.RebootNeeded
                || State == LinkState.Off)
            {
                return;
            }

            if (_events.WasLost && State == LinkState.Up)
            {
                Lose(now);
            }

            if (_events.HasChanged || now >= _nextLookMs)
            {
                _events.HasChanged = false;
                _nextLookMs = now + _where.LookMs;
                Look(now);
            }

            long inState = now - _sinceMs;
            if (State == LinkState.Up)
            {
                // Not at once: whoever entered the credentials can read the address there.
                if (HasOwnNetwork && inState >= _where.OwnNetworkCloseMs && AccessPoint.Disable())
                {
                    NeedReboot("the own network closes: Wi-Fi is up, address " + _address, now);
                }

                return;
            }

            if (State == LinkState.BackingOff)
            {
                TurnBackingOff(inState, now);
            }
            else if (State == LinkState.Connecting && !_connector.IsBusy())
            {
                EndAttempt(now);
            }
            else if (inState > _where.ConnectTimeoutMs)
            {
                Fail(State == LinkState.Connecting ? "no answer" : "no address", now);
            }

            if (!HasOwnNetwork && now - _downMs >= _where.OwnNetworkAfterMs)
            {
                _downMs = now;
                OpenOwnNetwork("no Wi-Fi for minutes" + (Reason == null ? "" : ": " + Reason), now);
            }
        }

        private void EndAttempt(long now)
        {
            if (_connector.Error != null)
            {
                Fail(_connector.Error, now);
                return;
            }

            _events.HasChanged = true;
            Enter(LinkState.Addressing, now);
        }

        private void TurnBackingOff(long inState, long now)
        {
            if (_mustRest && !_connector.IsBusy())
            {
                _mustRest = false;
                _connector.Rest();
            }

            if (inState >= _backoffMs && !_connector.IsBusy())
            {
                Connect(now);
            }
        }

        /// <summary>Compares the address that the station has with the one it had.</summary>
        private void Look(long now)
        {
            // The runtime's answer is about all interfaces, so it helps while there is only one.
            string address = StationAddress.Get(
                HasOwnNetwork ? _events.IsLinked : NetworkInterface.GetIsNetworkAvailable());
            if (State == LinkState.Up)
            {
                // Another address: the sockets are bound to connections that nobody reaches.
                if (address != _address)
                {
                    Lose(now);
                    _events.HasChanged = true;
                }
            }
            else if (address.Length > 0 && !_connector.IsBusy())
            {
                _address = address;
                _events.WasLost = false;
                _backoffMs = _where.FirstBackoffMs;
                Enter(LinkState.Up, now);
                Console.WriteLine("Wi-Fi is up, address " + address);
            }
        }

        private void Connect(long now)
        {
            // Each attempt costs the runtime 128 bytes of native memory, which only a reboot frees.
            if (++_attempts > _where.MostAttempts)
            {
                NeedReboot("too many attempts to join Wi-Fi", now);
                return;
            }

            _backoffMs = _backoffMs > _where.LongestBackoffMs / 2
                ? _where.LongestBackoffMs
                : _backoffMs * 2;
            _events.WasLost = false;
            _connector.Begin();
            Enter(LinkState.Connecting, now);
        }

        private void Fail(string why, long now)
        {
            _figures.WifiFailures++;
            Reason = why;
            Console.WriteLine("Wi-Fi: " + why + "; again in "
                + (_backoffMs / 1000).ToString() + " s");
            Enter(LinkState.BackingOff, now);
            _mustRest = HasOwnNetwork;
        }

        private void Lose(long now)
        {
            Losses++;
            _figures.WifiDrops = Losses;
            _events.WasLost = false;
            _downMs = now;
            Console.WriteLine("Wi-Fi is lost");
            Enter(LinkState.BackingOff, now);
        }

        private void OpenOwnNetwork(string why, long now)
        {
            if (!AccessPoint.Open())
            {
                NeedReboot("the own network opens: " + why, now);
            }
            else if (State == LinkState.Off)
            {
                HasOwnNetwork = true;
                Enter(LinkState.AccessPoint, now);
            }
        }

        private void NeedReboot(string why, long now)
        {
            Reason = why;
            Enter(LinkState.RebootNeeded, now);
        }

        private void Enter(LinkState state, long now)
        {
            State = state;
            _sinceMs = now;
        }
    }
}
