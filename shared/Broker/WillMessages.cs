using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// The Will Messages of all clients, and those that are due and wait for room to be routed.
    /// </summary>
    public sealed class WillMessages
    {
        /// <summary>Wills that are due and could not be routed yet.</summary>
        public int DueCount;

        private readonly BrokerParts _parts;
        private readonly MessageIntake _intake;
        private readonly RetainedMessages _retained;
        // Two numbers in one: the message, and in the lowest bit whether it is to be retained.
        private readonly int[] _will;
        private readonly int[] _due;
        private int _count;
        private int _firstDue;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="intake">Stores Wills.</param>
        /// <param name="retained">Retains those that ask for it.</param>
        public WillMessages(BrokerParts parts, MessageIntake intake, RetainedMessages retained)
        {
            _parts = parts;
            _intake = intake;
            _retained = retained;
            int slots = parts.Limits.Slots();
            _will = new int[slots];
            _due = new int[slots];
        }

        /// <summary>Begins without a Will.</summary>
        public void Open(int slot)
        {
            _will[slot] = MessageStore.None;
        }

        /// <summary>Keeps the Will of a CONNECT.</summary>
        /// <param name="slot">The client.</param>
        /// <param name="connect">What it has sent.</param>
        /// <param name="older">The client that is taken over, whose Will goes, or None.</param>
        /// <returns>False without room.</returns>
        public bool Keep(int slot, ConnectPacket connect, int older)
        {
            int message = _intake.StoreWill(connect);
            if (message == MessageStore.None)
            {
                return false;
            }

            bool isKept = Set(slot, message, connect.WillRetain, older);
            _parts.Store.Release(message);
            return isKept;
        }

        /// <summary>Keeps a stored message as a client's Will.</summary>
        /// <param name="slot">The client.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <param name="isRetained">Whether it is to be retained.</param>
        /// <param name="older">The client that is taken over, whose Will goes, or None.</param>
        /// <returns>False without room.</returns>
        public bool Set(int slot, int message, bool isRetained, int older)
        {
            int instead = older == OutboundQueues.None ? MessageStore.None : _will[older] >> 1;
            if (_count + DueCount >= _due.Length || !_parts.Store.CanPin(message, instead, 0))
            {
                return false;
            }

            _count++;
            _parts.Store.Pin(message);
            _will[slot] = message * 2 + (isRetained ? 1 : 0);
            return true;
        }

        /// <summary>The client has taken its Will back, or nobody is to hear of it.</summary>
        public void Drop(int slot)
        {
            if (_will[slot] != MessageStore.None)
            {
                _count--;
                _parts.Store.Unpin(_will[slot] >> 1);
                _will[slot] = MessageStore.None;
            }
        }

        /// <summary>
        /// A client has gone without taking its Will back [MQTT-3.1.2-8]: it is due. The verb
        /// routes it at its end, for here calls are deep already, which costs a board's heap.
        /// </summary>
        public void Publish(int slot)
        {
            int will = _will[slot];
            if (will == MessageStore.None)
            {
                return;
            }

            int message = will >> 1;
            _count--;
            _will[slot] = MessageStore.None;
            if (_parts.Store.CanExpire(message))
            {
                // Its expiry counts from its publication (section 3.1.3.2.4).
                _parts.Store.RestartExpiry(message, _parts.Clock.NowMs);
            }

            int last = _firstDue + DueCount++;
            _due[last < _due.Length ? last : last - _due.Length] = will;
        }

        /// <summary>Routes Wills that are due, as long as there is room.</summary>
        public void PublishDue()
        {
            MessageStore store = _parts.Store;
            while (DueCount > 0 && !_parts.Router.IsCrowded)
            {
                int message = _due[_firstDue] >> 1;
                bool isRetained = (_due[_firstDue] & 1) != 0;
                if (!_parts.Router.RouteStored(message, isRetained))
                {
                    return;
                }

                DueCount--;
                _firstDue = _firstDue + 1 < _due.Length ? _firstDue + 1 : 0;
                store.PinnedBlocks -= store.BlocksOf(message); // It may be kept once more.
                if (isRetained)
                {
                    _retained.Update(message);
                }

                store.Release(message);
            }
        }
    }
}
