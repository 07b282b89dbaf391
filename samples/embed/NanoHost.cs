using System.Net;
using System.Net.Sockets;
using System.Threading;
using EdgeBroker.Broker;

namespace EdgeBroker.Samples
{
    /// <summary>
    /// The smallest host of the core on nanoFramework: one thread, and a Poll before each call of
    /// a socket, for sockets always block there. The firmware's BrokerLoop is the full one.
    /// </summary>
    public static class NanoHost
    {
        private const int ChunkSize = 1024;

        private static MqttBroker _broker;
        private static Socket[] _sockets;
        private static byte[] _buffer;

        /// <summary>Serves until the power goes.</summary>
        public static void Serve(int port)
        {
            var limits = new BrokerLimits();
            _broker = new MqttBroker(
                limits, new BrokerSettings(), new OpenAuthenticator(true), null, Now());
            _sockets = new Socket[limits.Slots()];
            _buffer = new byte[limits.ReceiveSize > ChunkSize ? limits.ReceiveSize : ChunkSize];
            var listener = new Socket(
                AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Any, port));
            listener.Listen(4);
            while (true)
            {
                Turn(listener, Now());
                Thread.Sleep(1);
            }
        }

        private static long Now()
        {
            return System.Environment.TickCount64;
        }

        private static void Turn(Socket listener, long now)
        {
            if (_broker.CanOpen() && listener.Poll(0, SelectMode.SelectRead))
            {
                _sockets[_broker.Open(0, now)] = listener.Accept();
            }

            for (int slot = 0; slot < _sockets.Length; slot++)
            {
                if (_sockets[slot] == null)
                {
                    continue;
                }

                Read(slot, now);
                if (_sockets[slot] != null && _broker.HasOutput(slot))
                {
                    Offer(slot, now);
                }
            }

            if (now >= _broker.NextDeadlineMs())
            {
                _broker.Tick(now);
            }

            for (int slot = _broker.Ready(); slot >= 0; slot = _broker.Ready())
            {
                Offer(slot, now);
            }
        }

        private static void Read(int slot, long now)
        {
            int window = _broker.ReceiveWindow(slot);
            if (window == 0 || !_sockets[slot].Poll(0, SelectMode.SelectRead))
            {
                return;
            }

            int got = 0;
            try
            {
                got = _sockets[slot].Receive(_buffer, 0, window, SocketFlags.None);
            }
            catch (SocketException)
            {
                // It has gone.
            }

            if (got > 0)
            {
                _broker.Receive(slot, _buffer, 0, got, now);
            }
            else
            {
                Close(slot, now);
            }
        }

        private static void Offer(int slot, long now)
        {
            if (_broker.HasOutput(slot) && !_sockets[slot].Poll(0, SelectMode.SelectWrite))
            {
                _broker.Block(slot, now);
                return;
            }

            int count = _broker.Transmit(slot, _buffer, 0, ChunkSize, now);
            try
            {
                if (count > 0)
                {
                    _sockets[slot].Send(_buffer, 0, count, SocketFlags.None);
                }
            }
            catch (SocketException)
            {
                Close(slot, now);
                return;
            }

            if (_broker.WantsClose(slot))
            {
                Close(slot, now);
            }
        }

        private static void Close(int slot, long now)
        {
            _broker.Close(slot, now);
            _sockets[slot].Close();
            _sockets[slot] = null;
        }
    }
}
