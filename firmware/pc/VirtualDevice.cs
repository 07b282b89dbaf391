using System;
using System.IO;
using EdgeBroker.Boards;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>
    /// The program of a device in virtual time: its own loop, network state machine and chores.
    /// What it leaves to threads are events; there is no watchdog, for nothing stands still here.
    /// </summary>
    public sealed class VirtualDevice
    {
        private const int MostTurns = 10_000;

        private readonly VirtualStack _net;
        private readonly Radio _radio;
        private readonly BoardProfile _board;
        private readonly Surroundings _where = new Surroundings();
        private BrokerLoop _loop;
        private Chores _chores;

        /// <summary>A device that is switched off.</summary>
        public VirtualDevice(VirtualStack net, Radio radio, BoardProfile board)
        {
            _net = net;
            _radio = radio;
            _board = board;
            _where.StorageRoot =
                Path.Combine(Path.GetTempPath(), "no such storage") + Path.DirectorySeparatorChar;
            _where.SettledMs = int.MaxValue;
            radio.Target = board.Target;
            radio.After = (ms, what) => net.After(ms, what);
            radio.Log = _ => { };
        }

        /// <summary>Longest time between two turns.</summary>
        public int ChoresMs
        {
            get { return _where.ChoresMs; }
        }

        /// <summary>Times that it has listened since it was switched on.</summary>
        public int Listens
        {
            get { return _loop.Listens; }
        }

        /// <summary>Switches it on.</summary>
        /// <param name="broker">A new broker.</param>
        /// <param name="limits">The limits it was made with.</param>
        public void Start(MqttBroker broker, BrokerLimits limits)
        {
            _radio.Boot();
            var config = new DeviceConfig(_board.Target);
            config.Board = _board;
            var note = new RebootNote(_where);
            var figures = new DeviceFigures(note.Last, config.Error);
            broker.SetHost(figures);
            _loop = new BrokerLoop(broker, limits, _where, DeviceConfig.DefaultPort);
            figures.Loop = _loop;
            _chores = new Chores(_where, config, figures, note, new Watchdog(_where, note),
                new StatusLed(_board), _loop, broker);
            _chores.Start(_net.NowMs);
        }

        /// <summary>Turns the loop until nothing moves.</summary>
        /// <returns>Why the device has to be rebooted, or null.</returns>
        /// <exception cref="InvalidOperationException">The loop spins.</exception>
        public string Turn()
        {
            for (int i = 0; i < MostTurns; i++)
            {
                long now = _net.NowMs;
                string reason = _chores.Turn(now);
                if (reason != null)
                {
                    return reason;
                }

                if (!_loop.Turn(now))
                {
                    return null;
                }
            }

            throw new InvalidOperationException("the firmware's loop spins");
        }

        /// <summary>Tells the clients that it ends.</summary>
        public void Tell(MqttBroker broker)
        {
            broker.Shutdown(_net.NowMs);
            _loop.Turn(_net.NowMs);
        }

        /// <summary>It loses power.</summary>
        public void CutPower()
        {
            _chores.Stop();
            _radio.Off();
        }
    }
}
