using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using EdgeBroker.Broker;
using nanoFramework.Runtime.Native;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Tells the board's address to whoever asks by UDP, for the class library has no mDNS. The
    /// question is "EdgeBroker?", the answer one line; docs/hardware.md describes it.
    /// </summary>
    public sealed class Beacon
    {
        private const string Question = "EdgeBroker?";
        private const int MostBytes = 32;

        private readonly Surroundings _where;
        private readonly byte[] _buffer = new byte[MostBytes];
        private Socket _socket;
        private byte[] _answer;
        private string _address;
        private long _nextOpenMs;

        /// <summary>Port that is listened on; 0 while it is not.</summary>
        public int Port;

        /// <param name="where">Tells the port.</param>
        public Beacon(Surroundings where)
        {
            _where = where;
        }

        /// <summary>Answers one question if there is one.</summary>
        /// <param name="address">The board's address now.</param>
        /// <param name="port">Port of the broker.</param>
        /// <param name="now">The time in milliseconds.</param>
        public void Turn(string address, int port, long now)
        {
            try
            {
                if (_socket == null || address != _address)
                {
                    Stop();
                    Open(address, port, now);
                }
                else if (_socket.Poll(0, SelectMode.SelectRead))
                {
                    Answer();
                }
            }
            catch (SocketException)
            {
                // No socket is to spare, or whoever asked is gone.
                Stop();
            }
        }

        /// <summary>Closes the socket: a client needs it, or the network is gone.</summary>
        public void Stop()
        {
            SocketSetup.Close(_socket);
            _socket = null;
            Port = 0;
        }

        private void Open(string address, int port, long now)
        {
            if (now < _nextOpenMs)
            {
                return;
            }

            _nextOpenMs = now + _where.ListenRetryMs;
            _address = address;
            _answer = Encoding.UTF8.GetBytes(MqttBroker.Version + " at " + address + ":"
                + port.ToString() + " on " + SystemInfo.TargetName + " " + AccessPoint.NameOf(
                    StationAddress.Find(NetworkInterfaceType.Wireless80211)) + "\n");
            _socket = new Socket(
                AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _socket.Bind(new IPEndPoint(_where.ListenAddress, _where.FinderPort));
            Port = ((IPEndPoint)_socket.LocalEndPoint).Port;
        }

        private void Answer()
        {
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            int got = _socket.ReceiveFrom(_buffer, ref from);
            if (got >= Question.Length
                && Encoding.UTF8.GetString(_buffer, 0, Question.Length) == Question)
            {
                _socket.SendTo(_answer, from);
            }
        }
    }
}
