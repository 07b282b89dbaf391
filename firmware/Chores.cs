using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    /// <summary>What the program does besides serving clients, some times a second.</summary>
    public sealed class Chores
    {
        private const int MeasureS = 10;

        private readonly Surroundings _where;
        private readonly DeviceConfig _config;
        private readonly DeviceFigures _figures;
        private readonly RebootNote _note;
        private readonly Watchdog _watchdog;
        private readonly StatusLed _led;
        private readonly BrokerLoop _loop;
        private readonly MqttBroker _broker;
        private long _nextMs;
        private long _nextHeapMs;
        private long _settledMs;
        private int _losses;

        /// <summary>The network.</summary>
        public readonly NetworkLink Link;

        /// <summary>Tells the board's address.</summary>
        public readonly Beacon Beacon;

        /// <summary>Writes the last packet headers after a fault, or null.</summary>
        public TraceDump Trace;

        /// <summary>Set-up page and addresses while they are served, else null.</summary>
        public OwnNetwork OwnNetwork;

        /// <param name="where">Times.</param>
        /// <param name="config">What the device was told.</param>
        /// <param name="figures">What it tells.</param>
        /// <param name="note">Says whether this is safe mode.</param>
        /// <param name="watchdog">Is told that the program goes on.</param>
        /// <param name="led">Shows the state.</param>
        /// <param name="loop">The sockets.</param>
        /// <param name="broker">The core.</param>
        public Chores(Surroundings where, DeviceConfig config, DeviceFigures figures,
            RebootNote note, Watchdog watchdog, StatusLed led, BrokerLoop loop, MqttBroker broker)
        {
            _where = where;
            _config = config;
            _figures = figures;
            _note = note;
            _watchdog = watchdog;
            _led = led;
            _loop = loop;
            _broker = broker;
            Link = new NetworkLink(where, figures);
            Beacon = new Beacon(where);
        }

        /// <summary>Begins with the network.</summary>
        public void Start(long now)
        {
            _settledMs = now + _where.SettledMs;
            _watchdog.Loop = _loop;
            _note.Trace = Trace;
            _loop.Trace = Trace;
            Link.Start(now);
        }

        /// <summary>Does what is due.</summary>
        /// <returns>Why the device has to be rebooted, or null.</returns>
        public string Turn(long now)
        {
            if (now < _nextMs)
            {
                return null;
            }

            _nextMs = now + _where.ChoresMs;
            _watchdog.Beat();
            Link.Turn(now);
            if (Link.State == LinkState.RebootNeeded)
            {
                return Link.Reason;
            }

            Listen(now);
            Measure(now);
            _led.Show(State());
            _led.Turn(now);
            Trace?.Turn(now);
            return ServeBesides(now);
        }

        /// <summary>Closes everything of its own.</summary>
        public void Stop()
        {
            Link.Stop();
            Beacon.Stop();
            if (OwnNetwork != null)
            {
                OwnNetwork.Stop();
            }
        }

        private void Listen(long now)
        {
            if (!Link.IsUp() || Link.Losses != _losses)
            {
                _losses = Link.Losses;
                _loop.CloseAll(now);
            }

            if (Link.IsUp())
            {
                _loop.Listen(now);
            }

            // Its socket is the last one before that of whoever comes back.
            if (Link.IsUp() && _loop.OpenSockets() < _config.Board.Limits.MaxConnections)
            {
                Beacon.Turn(Link.Address(), _loop.Port, now);
            }
            else
            {
                Beacon.Stop();
            }
        }

        private void Measure(long now)
        {
            if (now >= _nextHeapMs)
            {
                int interval = _config.Settings.SysIntervalS;
                bool isShort = interval > 0 && interval < MeasureS;
                _nextHeapMs = now + (isShort ? interval : MeasureS) * 1000;
                _figures.MeasureHeap();
            }

            if (now >= _settledMs)
            {
                _settledMs = long.MaxValue;
                _note.Settle();
            }
        }

        private string ServeBesides(long now)
        {
            if (OwnNetwork == null)
            {
                if (!Link.HasOwnNetwork && !_note.IsSafeMode())
                {
                    return null;
                }

                OwnNetwork = new OwnNetwork(_where, Link.HasOwnNetwork, _note.IsSafeMode());
                _watchdog.Page = OwnNetwork.Page;
            }

            OwnNetwork.Page.Status = Status();
            if (!OwnNetwork.Turn(now))
            {
                return null;
            }

            _note.Settle(); // Somebody is there: this start was none of the short ones.
            return "somebody used the set-up page";
        }

        /// <summary>What the set-up page tells.</summary>
        private string Status()
        {
            return _note.IsSafeMode() ? _config.Error + "; last start: " + _note.Last
                : Link.State == LinkState.Up ? "Wi-Fi is up, address " + Link.Address()
                : Link.Reason == null ? "" : "Wi-Fi: " + Link.Reason;
        }

        private LedState State()
        {
            return _note.IsSafeMode() ? LedState.SafeMode
                : !Link.IsUp() ? LedState.Connecting
                : _broker.ConnectedClients > 0 ? LedState.Clients
                : Link.HasOwnNetwork ? LedState.AccessPoint
                : LedState.Serving;
        }
    }
}
