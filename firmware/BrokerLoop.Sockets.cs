using System;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    public sealed partial class BrokerLoop
    {
        private const int Backlog = 4;

        private Socket _listener;
        private long _nextListenMs;

        /// <summary>Port to listen on; after the first Listen the one taken.</summary>
        public int Port;

        /// <summary>When the Accept that is going on began, or 0; read by the watchdog.</summary>
        public long AcceptingSinceMs;

        /// <summary>How often the listening socket was opened.</summary>
        public int Listens;

        /// <summary>How often Accept failed.</summary>
        public int AcceptErrors;

        /// <summary>Whether there is a listening socket.</summary>
        public bool IsListening()
        {
            return _listener != null;
        }

        /// <summary>Opens the listening socket unless it is open or was tried just now.</summary>
        public void Listen(long now)
        {
            if (_listener != null || now < _nextListenMs)
            {
                return;
            }

            _nextListenMs = now + _where.ListenRetryMs;
            Socket socket = null;
            try
            {
                socket = new Socket(
                    AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                SocketSetup.ReuseAddress(socket, _where);
                socket.Bind(new IPEndPoint(_where.ListenAddress, Port));
                socket.Listen(Backlog);
                Port = ((IPEndPoint)socket.LocalEndPoint).Port;
                _listener = socket;
                Listens++;
                Console.WriteLine("listening on port " + Port.ToString());
            }
            catch (SocketException e)
            {
                Console.WriteLine("cannot listen on port " + Port.ToString() + ": error "
                    + e.ErrorCode.ToString());
                SocketSetup.Close(socket);
            }
        }

        /// <summary>
        /// Closes every connection and the listening socket: the link has gone, and with it all
        /// that was sent into these sockets.
        /// </summary>
        public void CloseAll(long now)
        {
            CloseListener();
            while (_count > 0)
            {
                Close(_slots[_count - 1], now);
            }
        }

        /// <summary>Closes the listening socket; the loop opens another. From any thread.</summary>
        public void CloseListener()
        {
            Socket socket = _listener;
            _listener = null;
            _nextListenMs = 0;
            SocketSetup.Close(socket);
        }

        private bool AcceptOne(long now)
        {
            Socket listener = _listener;
            Socket socket;
            try
            {
                if (listener == null || !listener.Poll(0, SelectMode.SelectRead))
                {
                    return false;
                }

                AcceptingSinceMs = now;
                socket = listener.Accept();
                AcceptingSinceMs = 0;
            }
            catch (Exception)
            {
                // The watchdog closed it, or the stack has lost it: Listen opens another.
                AcceptingSinceMs = 0;
                CloseListener();
                return false;
            }

            int slot = _broker.Open(SocketSetup.AddressOf(socket), now);
            SocketSetup.Prepare(socket, _where.SendTimeoutMs);
            _sockets[slot] = socket;
            _isWaiting[slot] = false;
            _isQuiet[slot] = false;
            _slots[_count++] = slot;
            return true;
        }

        private void Close(int slot, long now)
        {
            Socket socket = _sockets[slot];
            SetWaiting(slot, false);
            _sockets[slot] = null;
            int i = 0;
            while (_slots[i] != slot)
            {
                i++;
            }

            _slots[i] = _slots[--_count];
            _broker.Close(slot, now);
            SocketSetup.Drain(socket, _buffer);
            SocketSetup.Close(socket);
        }
    }
}
