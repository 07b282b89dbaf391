using System.Net.Sockets;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>Options of a TCP socket, with lwIP's defaults.</summary>
    public sealed class TcpOptions
    {
        // lwIP's names for what .NET calls differently.
        private const int KeepIdle = 3;
        private const int KeepInterval = 4;
        private const int KeepCount = 5;

        private int _idleMs = 2 * 60 * 60 * 1000;
        private int _intervalMs = 75 * 1000;
        private int _count = 9;
        private bool _isKeptAlive;
        private bool _hasNoDelay;

        /// <summary>Seconds that Close waits; below 0 when it does not.</summary>
        public int Linger = -1;

        /// <summary>Takes an option.</summary>
        public void Set(SocketOptionLevel level, SocketOptionName name, int value)
        {
            if (level == SocketOptionLevel.Tcp)
            {
                _hasNoDelay = name == SocketOptionName.NoDelay ? value != 0 : _hasNoDelay;
                _idleMs = (int)name == KeepIdle ? value * 1000 : _idleMs;
                _intervalMs = (int)name == KeepInterval ? value * 1000 : _intervalMs;
                _count = (int)name == KeepCount ? value : _count;
            }
            else if (name == SocketOptionName.Linger)
            {
                Linger = value;
            }
            else if (name == SocketOptionName.KeepAlive)
            {
                _isKeptAlive = value != 0;
            }
        }

        /// <summary>Makes a connection follow them.</summary>
        public void Apply(Connection connection)
        {
            connection.NoDelay = _hasNoDelay;
            connection.SetKeepAlive(_isKeptAlive, _idleMs, _intervalMs, _count);
        }
    }
}
