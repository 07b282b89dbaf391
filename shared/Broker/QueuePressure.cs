using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>What slow subscribers lose: when their queue is full, and when memory is.</summary>
    /// <remarks>
    /// It only ever takes from queues whose sockets were asked and took no more. Each step looks
    /// at few connections and drops few messages, however many there are.
    /// </remarks>
    public sealed class QueuePressure
    {
        /// <summary>Connections looked at in one step.</summary>
        private const int SlotsPerStep = 256;

        /// <summary>Messages dropped in one step.</summary>
        private const int DropsPerStep = 2000;

        /// <summary>
        /// Stamps, see Clock: when each queue began to lose messages; 0 means not now.
        /// </summary>
        public readonly int[] FullSince;

        private readonly BrokerLimits _limits;
        private readonly BrokerSettings _settings;
        private readonly BrokerObserver _observer;
        private readonly ConnectionTable _connections;
        private readonly OutboundQueues _queues;
        private readonly MessageStore _store;
        private readonly Clock _clock;
        private readonly long[] _counters;
        private int _hand;

        /// <param name="limits">Gives the limits of a queue.</param>
        /// <param name="settings">Gives the policy.</param>
        /// <param name="observer">Hears when a queue is full, or null.</param>
        /// <param name="connections">Told who needs care.</param>
        /// <param name="queues">The queues.</param>
        /// <param name="store">The messages in them.</param>
        /// <param name="clock">The broker's time.</param>
        /// <param name="counters">The broker's counters.</param>
        public QueuePressure(BrokerLimits limits, BrokerSettings settings,
            BrokerObserver observer, ConnectionTable connections, OutboundQueues queues,
            MessageStore store, Clock clock, long[] counters)
        {
            FullSince = new int[limits.Slots()];
            _limits = limits;
            _settings = settings;
            _observer = observer;
            _connections = connections;
            _queues = queues;
            _store = store;
            _clock = clock;
            _counters = counters;
        }

        /// <summary>A slow subscriber's queue may be full: applies the policy if it is.</summary>
        /// <returns>Whether a message of the length may be queued now.</returns>
        public bool MakeRoom(int slot, int length)
        {
            if (Fits(slot, length))
            {
                return true;
            }

            NoteFull(slot);
            if (_settings.QueueFullPolicy == QueueFullPolicy.DropOldest)
            {
                while (!Fits(slot, length) && _queues.DropOldest(slot))
                {
                    Drop(Counter.LimitQueue);
                }

                if (Fits(slot, length))
                {
                    return true;
                }
            }

            Drop(Counter.LimitQueue);
            return false;
        }

        /// <summary>Whether a queue was full so long that its client is to be closed.</summary>
        public long DeadlineOf(int slot)
        {
            return FullSince[slot] != 0
                && _settings.QueueFullPolicy == QueueFullPolicy.Disconnect
                ? _clock.EndOf(FullSince[slot], _settings.QueueFullDeadlineMs)
                : long.MaxValue;
        }

        /// <summary>A client has taken messages: half an empty queue is full no more.</summary>
        public void NoteTaken(int slot)
        {
            if (_queues.Messages[slot] <= _limits.MaxQueuedMessages / 2
                && _queues.Bytes[slot] <= _limits.MaxQueuedBytes / 2)
            {
                FullSince[slot] = 0;
            }
        }

        /// <summary>
        /// There is no room and all queues were offered: slow subscribers that hold more than half
        /// of an even share lose their oldest messages. Goes on where the last call ended.
        /// </summary>
        /// <param name="limit">The counter: LimitMessageMemory or LimitQueueEntries.</param>
        /// <returns>
        /// A connection that holds more than that in packets which cannot be dropped any more: it
        /// has to be closed. None otherwise.
        /// </returns>
        public int Relieve(int limit)
        {
            OutboundQueues queues = _queues;
            int blocked = queues.Offers.BlockedCount;
            if (blocked == 0)
            {
                return OutboundQueues.None;
            }

            long bytes = limit == Counter.LimitMessageMemory
                ? _store.BytesForWaiting() / blocked / 2
                : long.MaxValue;
            int messages = (queues.MessageEntries - queues.Head.Length) / blocked / 2;
            int drops = DropsPerStep;
            int slots = queues.Head.Length;
            for (int i = 0; i < SlotsPerStep && i < slots; i++)
            {
                int slot = _hand;
                while (IsOver(slot, messages, bytes))
                {
                    if (!queues.DropOldest(slot))
                    {
                        if (queues.Bytes[slot] > 0 && HeldBy(slot) > bytes)
                        {
                            return slot;
                        }

                        break;
                    }

                    NoteFull(slot);
                    Drop(limit);
                    if (--drops == 0)
                    {
                        return OutboundQueues.None;
                    }
                }

                _hand = _hand + 1 < slots ? _hand + 1 : 0;
            }

            return OutboundQueues.None;
        }

        private bool IsOver(int slot, int messages, long bytes)
        {
            return _queues.Offers.State[slot] == Offers.Blocked
                && (_queues.Messages[slot] > messages || HeldBy(slot) > bytes);
        }

        // A message takes whole blocks: one block more for each is the most that it can take. So
        // does a response that is stored.
        private long HeldBy(int slot)
        {
            long count = _queues.Messages[slot] + _queues.Responses[slot];
            return _queues.Bytes[slot] + count * _store.Pool.BlockSize;
        }

        private bool Fits(int slot, int length)
        {
            return _queues.Messages[slot] < _limits.MaxQueuedMessages
                && _queues.Bytes[slot] + length <= _limits.MaxQueuedBytes;
        }

        private void NoteFull(int slot)
        {
            if (FullSince[slot] != 0)
            {
                return;
            }

            int stamp = _clock.Stamp();
            FullSince[slot] = stamp != 0 ? stamp : 1;
            _connections.IsPlain[slot] = false;
            if (_observer != null)
            {
                _observer.On(BrokerEvent.QueueFull, slot, ReasonCode.QuotaExceeded, null);
            }

            if (_settings.QueueFullPolicy == QueueFullPolicy.Disconnect)
            {
                _clock.Arm(_clock.NowMs + _settings.QueueFullDeadlineMs);
            }
        }

        private void Drop(int limit)
        {
            _counters[limit]++;
            _counters[Counter.PublishDropped]++;
        }
    }
}
