using System;
using System.Net.Sockets;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Connects sockets to the broker: one turn looks at every client once, with bounded work for
    /// each, and blocks nowhere. One thread; nothing is allocated per message or turn.
    /// </summary>
    public sealed partial class BrokerLoop
    {
        /// <summary>
        /// Most bytes in one Send: less than a TCP segment of lwIP (1,440), for memory's sake.
        /// </summary>
        public const int ChunkSize = 1024;

        private const int QuietMask = 3;
        private const int TicksPerTurn = 16;

        private readonly MqttBroker _broker;
        private readonly Surroundings _where;

        // One buffer for both directions: the core has taken what was received before it writes.
        private readonly byte[] _buffer;
        private readonly Socket[] _sockets;
        private readonly byte[] _waits;
        private readonly int[] _since;
        private readonly int[] _slots;
        private readonly bool[] _isQuiet;
        private int _count;
        private int _waiting;
        private int _leaving;
        private int _lastRead;
        private int _turn;
        private bool _wasBusy;

        /// <param name="broker">The core; touched by the thread of Turn only.</param>
        /// <param name="limits">The limits it was made with.</param>
        /// <param name="where">Addresses and times.</param>
        /// <param name="port">Port to listen on; 0 takes a free one.</param>
        public BrokerLoop(
            MqttBroker broker, BrokerLimits limits, Surroundings where, int port)
        {
            _broker = broker;
            _where = where;
            _buffer = new byte[BufferSize(limits)];
            _sockets = new Socket[limits.Slots()];
            _waits = new byte[limits.Slots()];
            _since = new int[limits.Slots()];
            _isQuiet = new bool[limits.Slots()];
            _slots = new int[limits.Slots()];
            Port = port;
        }

        /// <summary>Bytes of the buffer for both directions.</summary>
        public static int BufferSize(BrokerLimits limits)
        {
            int chunk = limits.MaxPacketSize < ChunkSize ? limits.MaxPacketSize : ChunkSize;
            return limits.ReceiveSize > chunk ? limits.ReceiveSize : chunk;
        }

        /// <summary>Network connections that are open.</summary>
        public int OpenSockets()
        {
            return _count;
        }

        /// <summary>Serves every client once.</summary>
        /// <param name="now">A clock that never goes back, in milliseconds.</param>
        /// <returns>Whether anything moved.</returns>
        public bool Turn(long now)
        {
            // A Poll costs as much as routing a message. While traffic flows, what was quiet at
            // the last look is looked at in every fourth turn only.
            MqttBroker broker = _broker;
            bool looksAtAll = !_wasBusy || (++_turn & QuietMask) == 0;
            bool isBusy = looksAtAll && !_isStarving && (_leaving > 0 || broker.CanOpen())
                && AcceptOne(now);
            isBusy |= _waiting > 0 && RetryWaiting(looksAtAll, now);
            for (int i = 0; i < TicksPerTurn && now >= broker.NextDeadlineMs(); i++)
            {
                // What was read already and had to wait comes before what is new.
                broker.Tick(now);
                isBusy |= FlushReady(now);
            }

            Socket[] sockets = _sockets;
            bool[] isQuiet = _isQuiet;
            int[] slots = _slots;

            // Backwards, because a slot that is closed is replaced by the last one; and on from
            // the one that was read last, so that all have turns when there is room for few.
            int at = _lastRead;
            for (int left = _count; left > 0 && _count > 0; left--)
            {
                at = (at > 0 && at < _count ? at : _count) - 1;
                int slot = slots[at];
                if (isQuiet[slot] && !looksAtAll)
                {
                    continue;
                }

                int window = broker.ReceiveWindow(slot);
                if (window == 0)
                {
                    continue;
                }

                int got;
                try
                {
                    Socket socket = sockets[slot];
                    if (!socket.Poll(0, SelectMode.SelectRead))
                    {
                        isQuiet[slot] = true;
                        continue;
                    }

                    got = socket.Receive(_buffer, 0, window, SocketFlags.None);
                }
                catch (Exception e) when (e is SocketException || e is ObjectDisposedException)
                {
                    got = 0;
                }

                isBusy = true;
                if (got > 0)
                {
                    isQuiet[slot] = false;
                    _lastRead = at;
                    if (!Pass(slot, got, now))
                    {
                        // Flushed at once: the core holds few messages, and others have more.
                        broker.Receive(slot, _buffer, 0, got, now);
                        FlushReady(now);
                    }
                }
                else
                {
                    Close(slot, now, true);
                }
            }

            _wasBusy = FlushReady(now) || isBusy;
            return _wasBusy;
        }
    }
}
