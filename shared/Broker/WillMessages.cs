using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// The Will Messages of all sessions, and those that are due and wait for room to be routed.
    /// </summary>
    public sealed class WillMessages
    {
        /// <summary>Wills that are due and could not be routed yet.</summary>
        public int DueCount;

        private readonly BrokerParts _parts;
        private readonly RetainedMessages _retained;
        // Two numbers in one: the message, and in the lowest bit whether it is to be retained; 0
        // for none.
        private readonly int[] _will;
        private readonly int[] _due;

        // Will Delay Interval while the client is connected, then the second in which the Will is
        // due; null where no session outlives its connection.
        private readonly int[] _delayS;
        private int _count;
        private int _firstDue;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="retained">Retains those that ask for it.</param>
        public WillMessages(BrokerParts parts, RetainedMessages retained)
        {
            _parts = parts;
            _retained = retained;
            int places = parts.Places();
            _will = new int[places];
            _due = new int[places];
            _delayS = parts.Sessions == null ? null : new int[places];
        }

        /// <summary>Stores the Will of a CONNECT, for Give or Discard.</summary>
        /// <param name="connect">What a client has sent.</param>
        /// <param name="older">The session of the same client, whose Will goes, or None.</param>
        /// <returns>Not 0; 0 without room.</returns>
        public int Take(ConnectPacket connect, int older)
        {
            int message = MessageIntake.StoreWill(_parts, connect);
            if (message == MessageStore.None)
            {
                return 0;
            }

            int will = Take(message, connect.WillRetain, older);
            _parts.Store.Release(message);
            return will;
        }

        /// <summary>Keeps a stored message as a Will, for Give or Discard.</summary>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <param name="isRetained">Whether it is to be retained.</param>
        /// <param name="older">The session of the same client, whose Will goes, or None.</param>
        /// <returns>Not 0; 0 without room.</returns>
        public int Take(int message, bool isRetained, int older)
        {
            int instead = older != OutboundQueues.None && _will[older] != 0
                ? MessageOf(_will[older])
                : MessageStore.None;
            if (_count + DueCount >= _due.Length || !_parts.Store.CanPin(message, instead, 0))
            {
                return 0;
            }

            _count++;
            _parts.Store.Pin(message);
            return message * 2 + 2 + (isRetained ? 1 : 0);
        }

        /// <summary>Gives a session that has no Will one that was taken, or 0.</summary>
        /// <param name="session">Whose.</param>
        /// <param name="will">What Take returned.</param>
        /// <param name="delayS">Will Delay Interval in seconds, 0 or more.</param>
        public void Give(int session, int will, long delayS)
        {
            _will[session] = will;
            if (_delayS != null)
            {
                _delayS[session] = delayS < int.MaxValue ? (int)delayS : int.MaxValue;
            }
        }

        /// <summary>Forgets a Will that was taken.</summary>
        public void Discard(int will)
        {
            if (will != 0)
            {
                _count--;
                _parts.Store.Unpin(MessageOf(will));
            }
        }

        /// <summary>The client has taken its Will back, or nobody is to hear of it.</summary>
        public void Drop(int session)
        {
            Discard(_will[session]);
            _will[session] = 0;
        }

        /// <summary>
        /// A client has gone without taking its Will back [MQTT-3.1.2-8], and its session stays:
        /// the Will is due after its delay.
        /// </summary>
        public void Delay(int session)
        {
            if (_delayS[session] == 0)
            {
                Publish(session);
            }
            else if (_will[session] != 0)
            {
                // Rounded up: never early.
                long due = (_parts.Clock.NowMs + 999) / 1000 + _delayS[session];
                _delayS[session] = due < int.MaxValue ? (int)due : int.MaxValue;
            }
        }

        /// <summary>Publishes the Will of a session without a connection if it is time.</summary>
        public void PublishDelayed(int session)
        {
            if (_will[session] != 0 && _parts.Clock.NowMs / 1000 >= _delayS[session])
            {
                Publish(session);
            }
        }

        /// <summary>
        /// A Will is due. The verb routes it at its end, for here calls are deep already, which
        /// costs a board's heap.
        /// </summary>
        public void Publish(int session)
        {
            int will = _will[session];
            if (will == 0)
            {
                return;
            }

            int message = MessageOf(will);
            _count--;
            _will[session] = 0;
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
                int message = MessageOf(_due[_firstDue]);
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

        private static int MessageOf(int will)
        {
            return (will >> 1) - 1;
        }
    }
}
