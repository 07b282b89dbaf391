using System;
using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>Remaining Lengths below this take one byte or two.</summary>
        private const int MaxPlain = 0x4000;

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
            int[] head = queues.Head;
            int[] references = messages.References;
            bool isV311 = _version[slot] != ProtocolVersion.V5;
            int at = offset;
            int end = offset + capacity;
            int published = 0, storedBytes = 0, payloads = 0, entry;
            while ((entry = head[slot]) != OutboundQueues.None)
            {
                byte header = queues.Header[entry];
                int message = queues.Value[entry];
                if (isV311 && header >> 4 == PacketType.Publish && pool.Next[message] < 0
                    && messages.PropertiesLength[message] == 0 && _transmitOffset[slot] == 0)
                {
                    // The common case: 3.1.1, no properties, all in one block. One copy does.
                    int remaining = messages.Length[message];
                    if (remaining < MaxPlain && remaining + 3 <= end - at)
                    {
                        buffer[at++] = header;
                        if (remaining >= 0x80)
                        {
                            buffer[at++] = (byte)(remaining | 0x80);
                            buffer[at++] = (byte)(remaining >> 7);
                        }
                        else
                        {
                            buffer[at++] = (byte)remaining;
                        }

                        Array.Copy(pool.Bytes, message * pool.BlockSize, buffer, at, remaining);
                        payloads += remaining - 2 - ((buffer[at] << 8) | buffer[at + 1]);
                        at += remaining;
                        published++;
                        storedBytes += remaining;
                        head[slot] = queues.Next[entry];
                        queues.Give(entry);
                        if (--references[message] == 0)
                        {
                            messages.Free(message);
                        }

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

            long[] counters = Counters;
            counters[Counter.BytesSent] += at - offset;
            if (published > 0)
            {
                queues.Messages[slot] -= published;
                queues.Bytes[slot] -= storedBytes;
                counters[Counter.MessagesSent] += published;
                counters[Counter.PublishSent] += published;
                counters[Counter.PublishBytesSent] += payloads;
            }

            if (_needsCare[slot])
            {
                AfterTransmit(slot, at > offset);
            }

            return at - offset;
        }

        /// <summary>Looks after what is rare: responses, $SYS, a full queue, a pause.</summary>
        private void AfterTransmit(int slot, bool hasWritten)
        {
            if (hasWritten)
            {
                _respondedMs[slot] = _nowMs; // It takes something, so its responses will come.
            }

            if (_sysReplay[slot] > 0 && !HasOutput(slot))
            {
                ReplaySys(slot);
            }

            if (_queueFullMs[slot] > 0)
            {
                NoteDrained(slot);
            }

            if (_isPaused[slot] && _queues.Responses[slot] <= _limits.MaxQueuedResponses / 2)
            {
                Resume(slot);
            }

            _needsCare[slot] = _queues.Responses[slot] > 0 || _sysReplay[slot] > 0
                || _queueFullMs[slot] > 0 || _isPaused[slot];
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
    }
}
