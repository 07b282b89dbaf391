using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>The queues that Reclaim empties before it gives up.</summary>
        private const int MaxReclaims = 4;

        /// <summary>The queue of a client is full: applies the policy.</summary>
        /// <returns>Whether a message of the length may be queued now.</returns>
        private bool MakeRoom(int slot, int length)
        {
            if (length > _limits.MaxQueuedBytes)
            {
                Drop(Counter.LimitQueue); // It would not fit into an empty queue either.
                return false;
            }

            if (_queueFullMs[slot] == 0)
            {
                _queueFullMs[slot] = _nowMs > 0 ? _nowMs : 1;
                Notify(BrokerEvent.QueueFull, slot, ReasonCode.QuotaExceeded, null);
                if (_settings.QueueFullPolicy == QueueFullPolicy.Disconnect)
                {
                    Arm(_nowMs + _settings.QueueFullDeadlineMs);
                }
            }

            if (_settings.QueueFullPolicy == QueueFullPolicy.DropOldest)
            {
                while (_queues.Messages[slot] >= _limits.MaxQueuedMessages
                    || _queues.Bytes[slot] + length > _limits.MaxQueuedBytes)
                {
                    if (!DropOldest(slot))
                    {
                        break;
                    }

                    Drop(Counter.LimitQueue);
                }

                if (_queues.Messages[slot] < _limits.MaxQueuedMessages
                    && _queues.Bytes[slot] + length <= _limits.MaxQueuedBytes)
                {
                    return true;
                }
            }

            Drop(Counter.LimitQueue);
            return false;
        }

        /// <summary>
        /// Takes the oldest message out of a queue that has not begun to be sent.
        /// </summary>
        private bool DropOldest(int slot)
        {
            OutboundQueues queues = _queues;
            int previous = OutboundQueues.None;
            int entry = queues.Head[slot];
            if (entry != OutboundQueues.None && _transmitOffset[slot] > 0)
            {
                previous = entry;
                entry = queues.Next[entry];
            }

            while (entry != OutboundQueues.None && queues.Header[entry] >> 4 != PacketType.Publish)
            {
                previous = entry;
                entry = queues.Next[entry];
            }

            if (entry == OutboundQueues.None)
            {
                return false;
            }

            int message = queues.Value[entry];
            queues.Messages[slot]--;
            queues.Bytes[slot] -= _messages.Length[message];
            queues.Remove(slot, previous);
            _messages.Release(message);
            return true;
        }

        /// <summary>Begins a message, at the cost of the fullest queues if it must be.</summary>
        private int BeginMessage(int length, int propertiesLength)
        {
            int message = _messages.Begin(length, propertiesLength);
            return message == MessageStore.None && Reclaim(length)
                ? _messages.Begin(length, propertiesLength)
                : message;
        }

        /// <summary>
        /// Message memory is used up: whoever holds most of it loses the older half of its queue,
        /// so that one frozen client cannot take the memory from all others.
        /// </summary>
        /// <returns>Whether a message of the length fits now.</returns>
        private bool Reclaim(int length)
        {
            int rounds = 0;
            while (!_messages.HasRoom(length))
            {
                if (++rounds > MaxReclaims || !DropHalfOfLongest(_queues.Bytes))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Drops the older half of the queue that has most by a measure.</summary>
        /// <param name="measure">Messages or bytes of each queue.</param>
        /// <returns>Whether anything was dropped.</returns>
        private bool DropHalfOfLongest(int[] measure)
        {
            int longest = 0;
            for (int slot = 1; slot < _untouchedSlot; slot++)
            {
                if (measure[slot] > measure[longest])
                {
                    longest = slot;
                }
            }

            int keep = measure[longest] / 2;
            int limit = measure == _queues.Bytes
                ? Counter.LimitMessageMemory
                : Counter.LimitQueueEntries;
            bool hasDropped = false;
            while (measure[longest] > keep && DropOldest(longest))
            {
                Drop(limit);
                hasDropped = true;
            }

            NoteDrained(longest);
            return hasDropped;
        }
    }
}
