using System;
using System.Threading;
using EdgeBroker.Broker;
using nanoFramework.Runtime.Native;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// The whole program: reads the configuration, shows what it will take of the heap, then
    /// serves for ever. One loop does everything; helper threads only block or watch.
    /// </summary>
    public sealed class DeviceProgram
    {
        private readonly Surroundings _where;
        private readonly string _target;
        private StatusLed _led;
        private RebootNote _note;
        private DeviceConfig _config;
        private DeviceFigures _figures;
        private MqttBroker _broker;
        private BrokerLoop _loop;
        private NetworkLink _link;
        private Watchdog _watchdog;
        private OwnNetwork _ownNetwork;
        private long _nextChoresMs;
        private long _nextHeapMs;
        private int _losses;
        private bool _isStopping;

        /// <param name="where">Where the program runs.</param>
        public DeviceProgram(Surroundings where)
        {
            _where = where;
            _target = SystemInfo.TargetName;
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
            return _link;
        }

        /// <summary>The board's figures, once it runs.</summary>
        public DeviceFigures Figures()
        {
            return _figures;
        }

        /// <summary>The services of the own network while it is open, else null.</summary>
        public OwnNetwork OwnNetwork()
        {
            return _ownNetwork;
        }

        /// <summary>Runs until Stop; on a board, for ever.</summary>
        public void Run()
        {
            if (!Boot())
            {
                ShowError();
                return;
            }

            try
            {
                Serve();
            }
            catch (Exception e)
            {
                // A board that serves again in a few seconds is worth more than one that stopped.
                _watchdog.Stop();
                _note.Reboot("crash: " + e.ToString());
                _loop.CloseAll(Environment.TickCount64);
            }
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
            Console.WriteLine(MqttBroker.Version + " on " + _target);
            _note = new RebootNote(_where);
            Console.WriteLine("last start: " + _note.Last);
            _config = DeviceConfig.Load(_target, _where);
            _led = new StatusLed(_config.Board);
            if (_config.Error != null)
            {
                Console.WriteLine(DeviceConfig.FileName + ": " + _config.Error
                    + "; the defaults hold");
            }

            var ledger = new BootLedger(_config, _target);
            if (!ledger.Fits())
            {
                return false;
            }

            long now = Environment.TickCount64;
            Secrets.Choose(_config.Settings);
            _figures = new DeviceFigures(_note.Last, _config.Error);
            _broker = new MqttBroker(_config.Board.Limits, _config.Settings,
                new OpenAuthenticator(_config.AllowAnonymous), null, now);
            _broker.SetHost(_figures);
            _loop = new BrokerLoop(_broker, _config.Board.Limits, _where, _config.Port);
            _figures.Loop = _loop;
            return true;
        }

        private void Serve()
        {
            _watchdog = new Watchdog(_where, _note);
            _watchdog.Start(_loop);
            _link = new NetworkLink(_where, _figures);
            _link.Start(Environment.TickCount64);
            long busyMs = 0;
            long before = Environment.TickCount64;
            while (!_isStopping)
            {
                long now = Environment.TickCount64;
                if (now - before > _figures.LoopMaxMs)
                {
                    _figures.LoopMaxMs = now - before;
                }

                before = now;
                if (now >= _nextChoresMs)
                {
                    _nextChoresMs = now + _where.ChoresMs;
                    Chores(now);
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

            End();
        }

        /// <summary>What needs no look at every turn.</summary>
        private void Chores(long now)
        {
            _watchdog.Beat();
            _link.Turn(now);
            if (!_link.IsUp() || _link.Losses != _losses)
            {
                _losses = _link.Losses;
                _loop.CloseAll(now);
            }

            if (_link.IsUp())
            {
                _loop.Listen(now);
            }

            if (_link.State == LinkState.RebootNeeded)
            {
                Reboot("the own network was opened or closed");
            }
            else if (_link.HasOwnNetwork)
            {
                ServeOwnNetwork(now);
            }

            if (now >= _nextHeapMs)
            {
                int interval = _config.Settings.SysIntervalS;
                _nextHeapMs = interval == 0 ? long.MaxValue : now + interval * 1000L;
                _figures.MeasureHeap();
            }

            ShowState();
            _led.Turn(now);
        }

        private void ServeOwnNetwork(long now)
        {
            if (_ownNetwork == null)
            {
                _ownNetwork = new OwnNetwork(_where);
            }

            if (_ownNetwork.Turn(now))
            {
                Reboot("credentials were saved on the set-up page");
            }
        }

        private void ShowState()
        {
            if (_link.State == LinkState.AccessPoint && _loop.OpenSockets() == 0)
            {
                _led.Show(LedState.AccessPoint);
            }
            else if (!_link.IsUp())
            {
                _led.Show(LedState.Connecting);
            }
            else
            {
                _led.Show(_broker.ConnectedClients > 0 ? LedState.Clients : LedState.Serving);
            }
        }

        private void ShowError()
        {
            _led.Show(LedState.BootError);
            while (!_isStopping)
            {
                _led.Turn(Environment.TickCount64);
                Thread.Sleep(StatusLed.StepMs);
            }
        }

        private void Reboot(string reason)
        {
            _isStopping = true;
            _broker.Shutdown(Environment.TickCount64);
            _note.Reboot(reason);
        }

        private void End()
        {
            long now = Environment.TickCount64;
            _watchdog.Stop();
            _link.Stop();
            _broker.Shutdown(now);
            _loop.Turn(now);
            _loop.CloseAll(now);
            if (_ownNetwork != null)
            {
                _ownNetwork.Stop();
            }
        }
    }
}
