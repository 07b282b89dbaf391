using System;
using System.Threading;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using nanoFramework.Runtime.Native;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// The whole program: reads the configuration, shows what it takes, then serves for ever. One
    /// loop does everything; helper threads only block or watch. Whatever throws leads to a reboot.
    /// </summary>
    public sealed class DeviceProgram
    {
        private readonly Surroundings _where;
        private string _target;
        private StatusLed _led;
        private RebootNote _note;
        private DeviceConfig _config;
        private DeviceFigures _figures;
        private MqttBroker _broker;
        private BrokerLoop _loop;
        private Watchdog _watchdog;
        private Chores _chores;
        private TraceDump _trace;
        private string _failure;
        private bool _isStopping;

        /// <param name="where">Where the program runs.</param>
        public DeviceProgram(Surroundings where)
        {
            _where = where;
        }

        /// <summary>The core, once it runs.</summary>
        public MqttBroker Broker()
        {
            return _broker;
        }

        /// <summary>The sockets, once it runs.</summary>
        public BrokerLoop Loop()
        {
            return _loop;
        }

        /// <summary>The network, once it runs.</summary>
        public NetworkLink Link()
        {
            return _chores == null ? null : _chores.Link;
        }

        /// <summary>The board's figures, once it runs.</summary>
        public DeviceFigures Figures()
        {
            return _figures;
        }

        /// <summary>The services of the own network while it is open, else null.</summary>
        public OwnNetwork OwnNetwork()
        {
            return _chores == null ? null : _chores.OwnNetwork;
        }

        /// <summary>What tells the board's address, once the program serves.</summary>
        public Beacon Beacon()
        {
            return _chores == null ? null : _chores.Beacon;
        }

        /// <summary>Why the program does not start though the board runs, or null.</summary>
        public string Failure()
        {
            return _failure;
        }

        /// <summary>Runs until Stop; on a board, for ever.</summary>
        public void Run()
        {
            try
            {
                _note = new RebootNote(_where);
                _watchdog = new Watchdog(_where, _note);
                _watchdog.Start();
                Brake();
                if (!_isStopping && Boot())
                {
                    Serve();
                }
                else
                {
                    ShowError();
                }

                Close();
            }
            catch (Exception e)
            {
                Crash(e);
            }

            _watchdog?.Stop();
        }

        /// <summary>Ends Run soon; from any thread.</summary>
        public void Stop()
        {
            _isStopping = true;
        }

        /// <summary>Everything before the network is touched.</summary>
        /// <returns>Whether the budget fits.</returns>
        private bool Boot()
        {
            _target = SystemInfo.TargetName;
            Console.WriteLine(MqttBroker.Version + " on " + _target);
            Console.WriteLine("last start: " + _note.Last);
            _led = new StatusLed(AllBoards.ForTarget(_target));
            _config = DeviceConfig.Choose(_note.IsSafeMode(), _target, _where);
            if (_config.Error != null)
            {
                Console.WriteLine(DeviceConfig.FileName + ": " + _config.Error
                    + "; the defaults hold");
            }

            var ledger = new BootLedger(_config, _target);
            if (!ledger.Fits())
            {
                _failure = "the configuration does not fit the board's memory, limited by: "
                    + ledger.LimitingLine();
                return false;
            }

            long now = Environment.TickCount64;
            Secrets.Choose(_config.Settings);
            _figures = new DeviceFigures(_note.Last, _config.Error);
            _trace = TraceDump.Make(_config, _where);
            _broker = new MqttBroker(_config.Board.Limits, _config.Settings,
                new OpenAuthenticator(_config.AllowAnonymous), _trace, now);
            _trace?.Attach(_broker);
            _broker.SetHost(_figures);
            _loop = new BrokerLoop(_broker, _config.Board.Limits, _where,
                _where.Port < 0 ? _config.Port : _where.Port);
            _figures.Loop = _loop;
            return true;
        }

        private void Serve()
        {
            _chores = new Chores(
                _where, _config, _figures, _note, _watchdog, _led, _loop, _broker);
            _chores.Trace = _trace;
            _chores.Start(Environment.TickCount64);
            long busyMs = 0, before = Environment.TickCount64;
            while (!_isStopping)
            {
                long now = Environment.TickCount64;
                if (now - before > _figures.LoopMaxMs)
                {
                    _figures.LoopMaxMs = now - before;
                }

                before = now;
                string reason = _chores.Turn(now);
                if (reason != null)
                {
                    _trace?.Freeze();
                    Tell(now);
                    _note.Reboot(reason);
                    return;
                }

                if (_loop.Turn(now))
                {
                    busyMs = now;
                }
                else if (now - busyMs > _where.SpinMs)
                {
                    Thread.Sleep(1);
                    before = Environment.TickCount64;
                }
            }

            Tell(Environment.TickCount64);
        }

        /// <summary>Tells the clients that it ends.</summary>
        private void Tell(long now)
        {
            _broker.Shutdown(now);
            _loop.Turn(now);
        }

        /// <summary>Waits when safe mode did not help: each start writes to flash.</summary>
        private void Brake()
        {
            int useless = _note.ShortStarts - RebootNote.MostShortStarts;
            int pauseMs = useless > 0 ? _where.BrakeMs << (useless - 1) : 0;
            for (int ms = 0; ms < pauseMs && !_isStopping; ms += StatusLed.StepMs)
            {
                _watchdog.Beat();
                Thread.Sleep(StatusLed.StepMs);
            }
        }

        /// <summary>Shows that the program cannot start.</summary>
        private void ShowError()
        {
            while (!_isStopping)
            {
                _led.Show(LedState.BootError);
                _watchdog.Beat();
                _led.Turn(Environment.TickCount64);
                Thread.Sleep(StatusLed.StepMs);
            }
        }

        /// <summary>Reboots: serving again soon beats stopping. The watchdog stays.</summary>
        private void Crash(Exception e)
        {
            // The text of an exception takes memory, which one of them says is not there.
            string reason = "out of memory";
            try
            {
                _trace?.Freeze();
                if (!(e is OutOfMemoryException))
                {
                    reason = "crash: " + e.ToString();
                }

                Close(); // What is broken may throw again.
            }
            catch (Exception)
            {
                // The reboot closes what is left.
            }

            // Makes room for the note: the tables are most of the heap.
            _chores = null;
            _broker = null;
            _loop = null;
            _figures = null;
            _note?.Reboot(reason);
            if (_note == null)
            {
                Power.RebootDevice(RebootOption.NormalReboot);
            }
        }

        private void Close()
        {
            _chores?.Stop();
            if (_loop != null)
            {
                _watchdog.Loop = null;
                _loop.CloseAll(Environment.TickCount64);
            }
        }
    }
}
