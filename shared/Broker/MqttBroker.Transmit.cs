using System;
using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private readonly byte[] _header = new byte[5];
        private readonly byte[] _expiry = new byte[4];
        private byte[] _target;
        private int _at;
        private int _end;
        private int _skip;

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
            bool isV5 = _version[slot] == ProtocolVersion.V5;
            int at = offset;
            int end = offset + capacity;
            int sent = 0;
            long payloads = 0;
            int published = 0;
            int entry = queues.Head[slot];
            while (entry != OutboundQueues.None)
            {
                byte header = queues.Header[entry];
                int value = queues.Value[entry];
                if (header >> 4 != PacketType.Publish)
                {
                    int written = WriteResponse(slot, entry, buffer, at, end);
                    if (written == 0)
                    {
                        break;
                    }

                    at += written;
                    if (_transmitOffset[slot] > 0)
                    {
                        break;
                    }
                }
                else
                {
                    int properties = messages.PropertiesLength[value];
                    int body = messages.Length[value] - (isV5 ? 0 : properties);
                    int sizeOfProperties = properties < 0x80 ? 1 : FixedHeader.SizeOf(properties);
                    int remaining = isV5 ? body + sizeOfProperties : body;
                    int size = 1 + FixedHeader.SizeOf(remaining) + remaining;
                    bool isSimple = messages.ExpiryOffset[value] == MessageStore.None
                        && size <= end - at && _transmitOffset[slot] == 0
                        && size <= _clientPacketSize[slot];
                    if (isSimple && !isV5 && pool.Next[value] == BlockPool.None)
                    {
                        // The common case of 3.1.1: everything is in one block, one copy.
                        buffer[at] = header;
                        at = FixedHeader.WriteRemainingLength(buffer, at + 1, remaining);
                        Array.Copy(pool.Bytes, value * pool.BlockSize, buffer, at, remaining);
                        at += remaining;
                    }
                    else if (_transmitOffset[slot] == 0 && IsUndeliverable(slot, value, size))
                    {
                        queues.Messages[slot]--;
                        queues.Bytes[slot] -= messages.Length[value];
                        messages.Release(value);
                        queues.Remove(slot, OutboundQueues.None);
                        entry = queues.Head[slot];
                        continue;
                    }
                    else
                    {
                        if (size > end - at && at > offset)
                        {
                            break;
                        }

                        at = WritePublish(slot, header, value, remaining, buffer, at, end);
                        if (_transmitOffset[slot] > 0)
                        {
                            break;
                        }
                    }

                    published++;
                    payloads += messages.Length[value] - properties - 2
                        - messages.TopicLength(value);
                    queues.Messages[slot]--;
                    queues.Bytes[slot] -= messages.Length[value];
                    messages.Release(value);
                    queues.Remove(slot, OutboundQueues.None);
                }

                sent++;
                entry = queues.Head[slot];
            }

            Counters[Counter.MessagesSent] += sent;
            Counters[Counter.PublishSent] += published;
            Counters[Counter.PublishBytesSent] += payloads;
            Counters[Counter.BytesSent] += at - offset;
            AfterTransmit(slot);
            return at - offset;
        }

        private void AfterTransmit(int slot)
        {
            if (_queueFullMs[slot] > 0 && _queues.Messages[slot] <= _limits.MaxQueuedMessages / 2
                && _queues.Bytes[slot] <= _limits.MaxQueuedBytes / 2)
            {
                _queueFullMs[slot] = 0;
            }

            if (_isPaused[slot] && _queues.Responses[slot] <= _limits.MaxQueuedResponses / 2)
            {
                Resume(slot);
            }
        }

        /// <summary>Whether a message is not to be sent to a client, counted if so.</summary>
        private bool IsUndeliverable(int slot, int message, int size)
        {
            if (size > _clientPacketSize[slot])
            {
                Drop(Counter.LimitClientPacketSize); // [MQTT-3.1.2-25]
                return true;
            }

            if (_messages.IsExpired(message, _nowMs))
            {
                Counters[Counter.MessagesExpired]++; // [MQTT-3.3.2-5]
                return true;
            }

            return false;
        }

        /// <summary>
        /// Writes a PUBLISH piece by piece, from where the last call ended. What does not fit is
        /// left for the next call, with the offset in _transmitOffset.
        /// </summary>
        private int WritePublish(int slot, byte header, int message, int remaining,
            byte[] buffer, int at, int end)
        {
            MessageStore messages = _messages;
            int properties = messages.PropertiesLength[message];
            int topic = 2 + messages.TopicLength(message);
            int payloadEnd = messages.Length[message] - properties;
            int start = at;
            _target = buffer;
            _at = at;
            _end = end;
            _skip = _transmitOffset[slot];

            _header[0] = header;
            int length = FixedHeader.WriteRemainingLength(_header, 1, remaining);
            Put(_header, 0, length);
            PutMessage(message, 0, topic);
            if (_version[slot] == ProtocolVersion.V5)
            {
                length = FixedHeader.WriteRemainingLength(_header, 0, properties);
                Put(_header, 0, length);
                int expiry = messages.ExpiryOffset[message];
                if (expiry == MessageStore.None)
                {
                    PutMessage(message, payloadEnd, properties);
                }
                else
                {
                    // [MQTT-3.3.2-6]: less the time that the message has been waiting.
                    long left = messages.ExpiryLeftS(message, _nowMs);
                    _expiry[0] = (byte)(left >> 24);
                    _expiry[1] = (byte)(left >> 16);
                    _expiry[2] = (byte)(left >> 8);
                    _expiry[3] = (byte)left;
                    PutMessage(message, payloadEnd, expiry - payloadEnd);
                    Put(_expiry, 0, 4);
                    PutMessage(message, expiry + 4, messages.Length[message] - expiry - 4);
                }
            }

            PutMessage(message, topic, payloadEnd - topic);
            int total = 1 + FixedHeader.SizeOf(remaining) + remaining;
            int done = _transmitOffset[slot] + _at - start;
            _transmitOffset[slot] = done == total ? 0 : done;
            return _at;
        }

        /// <summary>Writes a response; 0 bytes when it has to wait for the next buffer.</summary>
        private int WriteResponse(int slot, int entry, byte[] buffer, int at, int end)
        {
            OutboundQueues queues = _queues;
            byte header = queues.Header[entry];
            int value = queues.Value[entry];
            if (header == OutboundQueues.Raw)
            {
                int left = _messages.Length[value] - _transmitOffset[slot];
                int count = left < end - at ? left : end - at;
                _messages.Pool.Read(value, _transmitOffset[slot], buffer, at, count);
                _transmitOffset[slot] = count < left ? _transmitOffset[slot] + count : 0;
                if (count == left)
                {
                    ReleaseEntry(slot, entry);
                    queues.Remove(slot, OutboundQueues.None);
                }

                return count;
            }

            if (end - at < 5)
            {
                return 0;
            }

            int size = 2;
            if (header >> 4 != PacketType.Pingresp)
            {
                int reason = value >> 16;
                buffer[at + 2] = (byte)(value >> 8);
                buffer[at + 3] = (byte)value;
                buffer[at + 4] = (byte)reason;
                size = reason == 0 ? 4 : 5; // [MQTT-3.4.2-1]
            }

            buffer[at] = header;
            buffer[at + 1] = (byte)(size - 2);
            ReleaseEntry(slot, entry);
            queues.Remove(slot, OutboundQueues.None);
            return size;
        }

        private void Put(byte[] source, int offset, int count)
        {
            int skip = _skip < count ? _skip : count;
            _skip -= skip;
            count -= skip;
            int part = count < _end - _at ? count : _end - _at;
            if (part > 0)
            {
                Array.Copy(source, offset + skip, _target, _at, part);
                _at += part;
            }
        }

        private void PutMessage(int message, int from, int count)
        {
            int skip = _skip < count ? _skip : count;
            _skip -= skip;
            count -= skip;
            int part = count < _end - _at ? count : _end - _at;
            if (part > 0)
            {
                _messages.Pool.Read(message, from + skip, _target, _at, part);
                _at += part;
            }
        }
    }
}
