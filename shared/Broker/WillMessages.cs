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

        private readonly MessageStore _store;
        private readonly MessageIntake _intake;
        private readonly RetainedMessages _retained;
        private readonly Router _router;
        private readonly Clock _clock;
        // Two numbers in one: the message, and in the lowest bit whether it is to be retained.
        private readonly int[] _will;
        private readonly int[] _due;
        private int _count;
        private int _firstDue;

        /// <param name="slots">Connections are numbered below this.</param>
        /// <param name="store">Where Wills are kept.</param>
        /// <param name="intake">Puts them there.</param>
        /// <param name="retained">Retains those that ask for it.</param>
        /// <param name="router">Routes them.</param>
        /// <param name="clock">The broker's time.</param>
        public WillMessages(int slots, MessageStore store, MessageIntake intake,
            RetainedMessages retained, Router router, Clock clock)
        {
            _store = store;
            _intake = intake;
            _retained = retained;
            _router = router;
            _clock = clock;
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
            _store.Release(message);
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
            if (_count + DueCount >= _due.Length || !_store.CanPin(message, instead, 0))
            {
                return false;
            }

            _count++;
            _store.Pin(message);
            _will[slot] = message * 2 + (isRetained ? 1 : 0);
            return true;
        }

        /// <summary>The client has taken its Will back, or nobody is to hear of it.</summary>
        public void Drop(int slot)
        {
            if (_will[slot] != MessageStore.None)
            {
                _count--;
                _store.Unpin(_will[slot] >> 1);
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
            if (_store.CanExpire(message))
            {
                // Its expiry counts from its publication (section 3.1.3.2.4).
                _store.RestartExpiry(message, _clock.NowMs);
            }

            int last = _firstDue + DueCount++;
            _due[last < _due.Length ? last : last - _due.Length] = will;
        }

        /// <summary>Routes Wills that are due, as long as there is room.</summary>
        public void PublishDue()
        {
            while (DueCount > 0 && !_router.IsCrowded)
            {
                int message = _due[_firstDue] >> 1;
                bool isRetained = (_due[_firstDue] & 1) != 0;
                if (!_router.RouteStored(message, isRetained))
                {
                    return;
                }

                DueCount--;
                _firstDue = _firstDue + 1 < _due.Length ? _firstDue + 1 : 0;
                _store.PinnedBlocks -= _store.BlocksOf(message); // It may be kept once more.
                if (isRetained)
                {
                    _retained.Update(message);
                }

                _store.Release(message);
            }
        }
    }
}
