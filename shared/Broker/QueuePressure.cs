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

        private readonly BrokerParts _parts;
        private int _hand;

        /// <param name="parts">What the parts of the broker share.</param>
        public QueuePressure(BrokerParts parts)
        {
            _parts = parts;
            FullSince = new int[parts.Limits.Slots()];
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
            if (_parts.Settings.QueueFullPolicy == QueueFullPolicy.DropOldest)
            {
                while (!Fits(slot, length) && _parts.Queues.DropOldest(slot))
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
                && _parts.Settings.QueueFullPolicy == QueueFullPolicy.Disconnect
                ? _parts.Clock.EndOf(FullSince[slot], _parts.Settings.QueueFullDeadlineMs)
                : long.MaxValue;
        }

        /// <summary>A client has taken messages: half an empty queue is full no more.</summary>
        public void NoteTaken(int slot)
        {
            if (_parts.Queues.Messages[slot] <= _parts.Limits.MaxQueuedMessages / 2
                && _parts.Queues.Bytes[slot] <= _parts.Limits.MaxQueuedBytes / 2)
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
            OutboundQueues queues = _parts.Queues;
            int blocked = queues.Offers.BlockedCount;
            if (blocked == 0)
            {
                return OutboundQueues.None;
            }

            long bytes = limit == Counter.LimitMessageMemory
                ? _parts.Store.BytesForWaiting() / blocked / 2
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
            OutboundQueues queues = _parts.Queues;
            return queues.Offers.State[slot] == Offers.Blocked
                && (queues.Messages[slot] > messages || HeldBy(slot) > bytes);
        }

        // A message takes whole blocks: one block more for each is the most that it can take. So
        // does a response that is stored.
        private long HeldBy(int slot)
        {
            OutboundQueues queues = _parts.Queues;
            long count = queues.Messages[slot] + queues.Responses[slot];
            return queues.Bytes[slot] + count * _parts.Store.Pool.BlockSize;
        }

        private bool Fits(int slot, int length)
        {
            OutboundQueues queues = _parts.Queues;
            return queues.Messages[slot] < _parts.Limits.MaxQueuedMessages
                && queues.Bytes[slot] + length <= _parts.Limits.MaxQueuedBytes;
        }

        private void NoteFull(int slot)
        {
            if (FullSince[slot] != 0)
            {
                return;
            }

            int stamp = _parts.Clock.Stamp();
            FullSince[slot] = stamp != 0 ? stamp : 1;
            _parts.Connections.IsPlain[slot] = false;
            if (_parts.Observer != null)
            {
                _parts.Observer.On(BrokerEvent.QueueFull, slot, ReasonCode.QuotaExceeded, null);
            }

            if (_parts.Settings.QueueFullPolicy == QueueFullPolicy.Disconnect)
            {
                _parts.Clock.Arm(_parts.Clock.NowMs + _parts.Settings.QueueFullDeadlineMs);
            }
        }

        private void Drop(int limit)
        {
            _parts.Counters[limit]++;
            _parts.Counters[Counter.PublishDropped]++;
        }
    }
}
