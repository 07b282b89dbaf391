using System;
using System.IO;
using System.Net;
using System.Threading;
using EdgeBroker.Boards;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>
    /// Runs the very program that is flashed, on a PC: real sockets on 127.0.0.1, everything else
    /// of the device played by Radio. A reboot starts the program anew.
    /// </summary>
    public sealed class FirmwareHost : IDisposable
    {
        private const int StopMs = 10000;
        private const int StepMs = 5;

        private readonly BoardProfile _board;
        private readonly string _storage;
        private System.Threading.Thread _thread;
        private DeviceProgram _program;
        private bool _isStopping;

        /// <summary>Addresses and times; to be changed before Start.</summary>
        public readonly Surroundings Where = new Surroundings();

        /// <summary>What a PC has not.</summary>
        public readonly Radio Radio = new Radio();

        /// <summary>Makes a device that is switched off.</summary>
        /// <param name="boardName">A board's name, see AllBoards.</param>
        /// <exception cref="ArgumentException">There is no such board.</exception>
        public FirmwareHost(string boardName)
        {
            _board = AllBoards.Find(boardName);
            if (_board == null)
            {
                throw new ArgumentException("there is no board " + boardName);
            }

            _storage = Directory.CreateTempSubdirectory("edgebroker").FullName;
            Where.StorageRoot = _storage + Path.DirectorySeparatorChar;
            Where.ListenAddress = IPAddress.Loopback;
            Where.MustReuseAddress = false;
            Where.SetupPort = 0;
            Where.FinderPort = 0;
            Where.DhcpListenAddress = IPAddress.Loopback;
            Where.DhcpSenderAddress = IPAddress.Loopback;
            Where.DhcpPort = 0;
            Radio.Target = _board.Target;
            Radio.HeapBytes = (uint)_board.FreeBytes();
        }

        /// <summary>The program that runs, or null.</summary>
        public DeviceProgram Program
        {
            get { return _program; }
        }

        /// <summary>Port of the broker; 0 while it does not listen.</summary>
        public int Port
        {
            get
            {
                BrokerLoop loop = _program == null ? null : _program.Loop();
                return loop != null && loop.IsListening() ? loop.Port : 0;
            }
        }

        /// <summary>Port that it should listen on and does not, or 0.</summary>
        public int WantedPort
        {
            get
            {
                BrokerLoop loop = _program == null ? null : _program.Loop();
                NetworkLink link = _program == null ? null : _program.Link();
                return loop == null || link == null || !link.IsUp() || loop.IsListening()
                    ? 0
                    : loop.Port;
            }
        }

        /// <summary>Why the program does not start though the device runs, or null.</summary>
        public string Failure
        {
            get { return _program == null ? null : _program.Failure(); }
        }

        /// <summary>Whether the program runs.</summary>
        public bool IsRunning
        {
            get { return _thread != null && _thread.IsAlive; }
        }

        /// <summary>Writes a file into internal storage.</summary>
        public void WriteFile(string name, string text)
        {
            File.WriteAllText(Where.StorageRoot + name, text);
        }

        /// <summary>Reads a file of internal storage.</summary>
        /// <returns>Its text, or null.</returns>
        public string ReadFile(string name)
        {
            string path = Where.StorageRoot + name;
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }

        /// <summary>Switches the device on; the configuration file says the rest.</summary>
        public void Start()
        {
            Radio.Current = Radio;
            Radio.NativeUsedBytes = 0;
            NetStack.Current = new RealStack(Radio) { SocketLimit = _board.Sockets };
            _isStopping = false;
            _thread = new System.Threading.Thread(Run);
            _thread.IsBackground = true;
            _thread.Start();
        }

        /// <summary>Switches the device on with a port that the file does not change.</summary>
        /// <param name="port">0 takes a free one, see Port.</param>
        public void Start(int port)
        {
            Where.Port = port;
            Start();
        }

        /// <summary>Waits until the broker listens.</summary>
        /// <returns>Whether it does.</returns>
        public bool WaitForPort(int timeoutMs)
        {
            long end = Environment.TickCount64 + timeoutMs;
            while (Port == 0 && Environment.TickCount64 < end)
            {
                System.Threading.Thread.Sleep(StepMs);
            }

            return Port != 0;
        }

        /// <summary>Tells the clients, then switches it off.</summary>
        public void Stop()
        {
            _isStopping = true;
            if (_program != null)
            {
                _program.Stop();
            }

            if (_thread != null)
            {
                _thread.Join(StopMs);
                _thread = null;
            }

            Radio.Off();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Stop();
            Directory.Delete(_storage, true);
        }

        private void Run()
        {
            int reboots;
            do
            {
                reboots = Radio.Reboots;
                Radio.Boot();
                _program = new DeviceProgram(Where);
                _program.Run();
            }
            while (Radio.Reboots != reboots && !_isStopping);
        }
    }
}
