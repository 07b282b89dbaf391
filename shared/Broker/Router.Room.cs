using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class Router
    {
        private int _wantedEntries;
        private int _wantedBytes;

        /// <summary>
        /// Whether a message can be stored and queued for so many subscribers. If not, nothing is
        /// routed any more until there is room.
        /// </summary>
        /// <param name="subscribers">Entries that it needs.</param>
        /// <param name="packetSize">Bytes of the packet that it comes from; 0 if stored.</param>
        public bool HasRoom(int subscribers, int packetSize)
        {
            if (!IsCrowded && _queues.HasRoom(subscribers)
                && (packetSize == 0 || _store.HasRoom(packetSize)))
            {
                return true;
            }

            IsCrowded = true;
            _wantedEntries = subscribers > _wantedEntries ? subscribers : _wantedEntries;
            _wantedBytes = packetSize > _wantedBytes ? packetSize : _wantedBytes;
            return false;
        }

        /// <summary>Whether a queue is not full for messages.</summary>
        public bool HasPlace(int slot)
        {
            return _queues.Messages[slot] < _maxMessages;
        }

        /// <summary>Queues a message at QoS 0, or drops it by policy.</summary>
        /// <param name="slot">The connection.</param>
        /// <param name="header">First byte of the packet.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <returns>Whether it was queued.</returns>
        public bool Queue(int slot, byte header, int message)
        {
            int length = _store.Length[message];
            bool isNear = !HasPlace(slot) || _queues.Bytes[slot] > _maxBytes - length;
            return (!isNear || Admit(slot, length)) && _queues.Add(slot, header, message);
        }

        /// <summary>
        /// Whether a packet finds room: for its message, its Will, or its answer. If not, nothing
        /// is routed any more until there is room.
        /// </summary>
        /// <param name="type">See PacketType.</param>
        /// <param name="size">Its bytes.</param>
        public bool MayHandle(int type, int size)
        {
            if (type == PacketType.Publish)
            {
                return HasRoom(_parts.Sessions == null
                    ? _parts.Connections.Clients
                    : _parts.Sessions.Count, size); // So many may get its message.
            }

            if (type == PacketType.Connect)
            {
                return HasRoom(0, size);
            }

            if (_store.HasRoomToRespond())
            {
                return true;
            }

            IsCrowded = true;
            _wantedBytes = _wantedBytes > 0 ? _wantedBytes : 1;
            return false;
        }

        /// <summary>
        /// All queues may have been offered, and memory may have been freed: goes on if so.
        /// </summary>
        public void Relax()
        {
            if (_queues.Offers.First == Offers.None && !_patience.IsWaiting()
                && _queues.HasRoom(_wantedEntries)
                && (_wantedBytes == 0 || _store.HasRoom(_wantedBytes)))
            {
                IsCrowded = false;
                _wantedEntries = 0;
                _wantedBytes = 0;
            }
        }

        /// <summary>Makes room at the cost of slow subscribers, a step of it.</summary>
        /// <returns>A connection to be closed, or None; see QueuePressure.</returns>
        public int Relieve()
        {
            return _pressure.Relieve(_queues.HasRoom(_wantedEntries)
                ? Counter.LimitMessageMemory
                : Counter.LimitQueueEntries);
        }

        /// <summary>
        /// Whether a queue may get one more Retained Message of a replay. Replays take half of a
        /// queue at most, so what is published meanwhile has the other half.
        /// </summary>
        public bool MayReplay(int slot, int session)
        {
            return !IsCrowded && (_parts.Outgoing == null || _parts.Outgoing.MayReplay(session))
                && _queues.Offers.State[slot] != Offers.Blocked
                && _queues.Messages[slot] <= (_maxMessages + 1) / 2
                && _queues.Bytes[slot] <= _maxBytes / 2
                && HasRoom(1, 0);
        }
    }
}
