using System;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    public sealed partial class BrokerLoop
    {
        // lwIP keeps no more in its mailbox.
        private const int Backlog = 6;
        private const int AcceptPauseMs = 250;
        private const int HearMs = 50;
        private const int AcceptPatienceMs = 30000;

        private Socket _listener;
        private long _nextListenMs;
        private long _nextAcceptMs;
        private long _failingSinceMs;

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

        /// <summary>
        /// Opens the listening socket unless it is open or was tried just now, and looks after the
        /// native heap; to be called every 50 ms or so.
        /// </summary>
        public void Listen(long now)
        {
            if (now >= _nextLookMs)
            {
                Look(now);
            }

            if (_isLow)
            {
                CloseLongestWaiting(now);
            }

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
                int slot = _slots[_count - 1];
                Close(slot, now, _waits[slot] != Goodbye);
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
                if (listener == null || now < _nextAcceptMs
                    || !listener.Poll(0, SelectMode.SelectRead))
                {
                    return false;
                }

                if (!_broker.CanOpen() && !MakeRoom(now))
                {
                    return false;
                }

                AcceptingSinceMs = now;
                socket = listener.Accept();
                AcceptingSinceMs = 0;
            }
            catch (Exception)
            {
                AcceptingSinceMs = 0;
                AcceptFailed(now);
                return false;
            }

            _failingSinceMs = 0;
            int slot = _broker.Open(SocketSetup.AddressOf(socket), now);
            SocketSetup.Prepare(socket, _where.SendTimeoutMs);
            if (_isShort)
            {
                SocketSetup.Tune(socket, true, false);
            }

            _sockets[slot] = socket;
            _waits[slot] = Nothing;
            _isQuiet[slot] = false;
            _slots[_count++] = slot;
            return true;
        }

        /// <summary>Closes who was told all and has had the time to hear it.</summary>
        private bool MakeRoom(long now)
        {
            int slot = Oldest(Goodbye);
            bool hasHeard = slot >= 0 && (int)now - _since[slot] >= HearMs;
            if (hasHeard)
            {
                Close(slot, now, true);
            }

            return hasHeard;
        }

        /// <summary>
        /// Without sockets or memory Accept fails as it does when the listener is lost, and those
        /// who wait there would be reset; so it is given up only when nobody comes for long.
        /// </summary>
        private void AcceptFailed(long now)
        {
            if (_listener == null)
            {
                return; // The watchdog closed it.
            }

            AcceptErrors++;
            _nextAcceptMs = now + AcceptPauseMs;
            if (_failingSinceMs == 0)
            {
                _failingSinceMs = now;
            }
            else if (now - _failingSinceMs >= AcceptPatienceMs)
            {
                _failingSinceMs = 0;
                CloseListener();
            }
        }

        private void Close(int slot, long now, bool isAborted)
        {
            Socket socket = _sockets[slot];
            Wait(slot, Nothing, now);
            _sockets[slot] = null;
            int i = 0;
            while (_slots[i] != slot)
            {
                i++;
            }

            _slots[i] = _slots[--_count];
            _broker.Close(slot, now);
            if (isAborted)
            {
                SocketSetup.Abort(socket);
                return;
            }

            SocketSetup.Drain(socket, _buffer);
            SocketSetup.Close(socket);
        }
    }
}
