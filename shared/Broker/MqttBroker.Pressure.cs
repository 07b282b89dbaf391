using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private int _pinnedBlocks;

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
                _needsCare[slot] = true;
                Notify(BrokerEvent.QueueFull, slot, ReasonCode.QuotaExceeded, null);
                if (_settings.QueueFullPolicy == QueueFullPolicy.Disconnect)
                {
                    Arm(_nowMs + _settings.QueueFullDeadlineMs);
                }
            }

            if (_settings.QueueFullPolicy == QueueFullPolicy.DropOldest)
            {
                while (!FitsQueue(slot, length) && DropOldest(slot))
                {
                    Drop(Counter.LimitQueue);
                }

                if (FitsQueue(slot, length))
                {
                    return true;
                }
            }

            Drop(Counter.LimitQueue);
            return false;
        }

        private bool FitsQueue(int slot, int length)
        {
            return _queues.Messages[slot] < _limits.MaxQueuedMessages
                && _queues.Bytes[slot] + length <= _limits.MaxQueuedBytes;
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

            ReleaseEntry(slot, entry);
            queues.Remove(slot, previous);
            return true;
        }

        /// <summary>Begins a message, at the cost of the fullest queues if it must be.</summary>
        private int BeginMessage(int length, int propertiesLength, bool canExpire)
        {
            int message = _messages.Begin(length, propertiesLength, canExpire);
            return message == MessageStore.None && Reclaim(length + MessageStore.TrailerLength)
                ? _messages.Begin(length, propertiesLength, canExpire)
                : message;
        }

        /// <summary>
        /// Message memory is used up: whoever holds most of it loses the older half of its queue,
        /// so that one frozen client cannot take the memory from all others.
        /// </summary>
        /// <returns>Whether a message of the length fits now.</returns>
        private bool Reclaim(int length)
        {
            while (!_messages.HasRoom(length))
            {
                if (!DropHalfOfLongest(_queues.Bytes))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a message may be queued, at the cost of the longest queue.</summary>
        private bool HasRoomForEntry()
        {
            return _queues.Count < _queues.MessageEntries || DropHalfOfLongest(_queues.Messages);
        }

        /// <summary>Drops the older half of the queue that has most by a measure.</summary>
        /// <param name="measure">Messages or bytes of each queue.</param>
        /// <returns>Whether anything was dropped.</returns>
        private bool DropHalfOfLongest(int[] measure)
        {
            int longest = None;
            for (int slot = 0; slot < _untouchedSlot; slot++)
            {
                if ((longest == None || measure[slot] > measure[longest]) && HasDroppable(slot))
                {
                    longest = slot;
                }
            }

            if (longest == None)
            {
                return false;
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

        /// <summary>
        /// Whether one more message may be kept for good, as retained ones and Wills are: they
        /// leave room for the largest packet and for what only passes through.
        /// </summary>
        /// <param name="message">The message.</param>
        /// <param name="instead">The message that it replaces, or None.</param>
        /// <param name="spared">Blocks that are left to others as well.</param>
        private bool CanPin(int message, int instead, int spared)
        {
            BlockPool pool = _messages.Pool;
            int blocks = _pinnedBlocks + _messages.BlocksOf(message)
                - (instead == MessageStore.None ? 0 : _messages.BlocksOf(instead));
            return blocks <= pool.BlockCount - _limits.ReservedBlocks()
                - pool.BlocksFor(_limits.MaxPacketSize) - 2 - spared;
        }

        private void Pin(int message)
        {
            _messages.References[message]++;
            _pinnedBlocks += _messages.BlocksOf(message);
        }

        private void Unpin(int message)
        {
            _pinnedBlocks -= _messages.BlocksOf(message);
            _messages.Release(message);
        }

        /// <summary>Whether a message waits that has not begun to be sent.</summary>
        private bool HasDroppable(int slot)
        {
            int count = _queues.Messages[slot];
            return count > 1 || (count == 1 && (_transmitOffset[slot] == 0
                || _queues.Header[_queues.Head[slot]] >> 4 != PacketType.Publish));
        }

        /// <summary>
        /// Whether one more message to everybody, or the largest one, might not find room.
        /// </summary>
        private bool IsCrowded()
        {
            return _queues.Count + ConnectedClients > _queues.MessageEntries
                || !_messages.HasRoom(_limits.MaxPacketSize);
        }

        /// <summary>
        /// Whether nothing more is read from a client until it has taken responses: it has too
        /// many waiting, or it has one and entries or memory are so short that each gets only one.
        /// </summary>
        private bool IsBehind(int slot)
        {
            return _queues.Responses[slot] >= _limits.MaxQueuedResponses
                || _queues.Count >= _queues.MessageEntries
                || !_messages.HasRoom(_limits.MaxPacketSize);
        }
    }
}
