using System;
using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>Writes what waits for a connection, as many whole packets as fit.</summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="buffer">Takes the bytes; all of them must reach the client.</param>
        /// <param name="offset">Where to begin.</param>
        /// <param name="capacity">
        /// Room in bytes, 64 or more. Only a packet larger than this is cut.
        /// </param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        /// <returns>Bytes written; 0 when nothing waits any more.</returns>
        public int Transmit(int slot, byte[] buffer, int offset, int capacity, long nowMs)
        {
            _nowMs = nowMs;
            OutboundQueues queues = _queues;
            MessageStore messages = _messages;
            BlockPool pool = messages.Pool;
            bool isV311 = _version[slot] != ProtocolVersion.V5;
            int at = offset;
            int end = offset + capacity;
            int published = 0;
            long payloads = 0;
            int entry;
            while ((entry = queues.Head[slot]) != OutboundQueues.None)
            {
                byte header = queues.Header[entry];
                int message = queues.Value[entry];
                if (isV311 && header >> 4 == PacketType.Publish && _transmitOffset[slot] == 0
                    && pool.Next[message] == BlockPool.None
                    && messages.ExpiryOffset[message] == MessageStore.None)
                {
                    // The common case: a 3.1.1 client and all in one block. One copy does.
                    int remaining = messages.Length[message] - messages.PropertiesLength[message];
                    if (1 + FixedHeader.SizeOf(remaining) + remaining <= end - at)
                    {
                        buffer[at] = header;
                        at = FixedHeader.WriteRemainingLength(buffer, at + 1, remaining);
                        Array.Copy(pool.Bytes, message * pool.BlockSize, buffer, at, remaining);
                        at += remaining;
                        published++;
                        payloads += remaining - 2 - messages.TopicLength(message);
                        queues.Remove(slot, OutboundQueues.None);
                        queues.Messages[slot]--;
                        queues.Bytes[slot] -= messages.Length[message];
                        messages.Release(message);
                        continue;
                    }
                }

                int written = WriteEntry(slot, entry, buffer, at, end, at == offset);
                if (written < 0)
                {
                    break;
                }

                at += written;
            }

            Counters[Counter.MessagesSent] += published;
            Counters[Counter.PublishSent] += published;
            Counters[Counter.PublishBytesSent] += payloads;
            Counters[Counter.BytesSent] += at - offset;
            AfterTransmit(slot);
            return at - offset;
        }

        /// <summary>A queue that was full and is half empty counts as full no more.</summary>
        private void NoteDrained(int slot)
        {
            if (_queueFullMs[slot] > 0 && _queues.Messages[slot] <= _limits.MaxQueuedMessages / 2
                && _queues.Bytes[slot] <= _limits.MaxQueuedBytes / 2)
            {
                _queueFullMs[slot] = 0;
            }
        }

        private void AfterTransmit(int slot)
        {
            NoteDrained(slot);
            if (_isPaused[slot] && _queues.Responses[slot] <= _limits.MaxQueuedResponses / 2)
            {
                Resume(slot);
            }
        }
    }
}
