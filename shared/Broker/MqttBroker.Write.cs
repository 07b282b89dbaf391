using System;
using EdgeBroker.Codec;

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

        /// <summary>Writes what is first in a queue; takes it out once it is whole.</summary>
        /// <returns>Bytes written; -1 when it has to wait for the next buffer.</returns>
        private int WriteEntry(int slot, int entry, byte[] buffer, int at, int end, bool isFirst)
        {
            byte header = _queues.Header[entry];
            int value = _queues.Value[entry];
            if (end == at)
            {
                return -1;
            }

            int written;
            if (header >> 4 == PacketType.Publish)
            {
                bool isV5 = _version[slot] == ProtocolVersion.V5;
                int properties = _messages.PropertiesOf(value);
                int remaining = _messages.Length[value]
                    - (isV5 ? -FixedHeader.SizeOf(properties) : properties);
                int size = 1 + FixedHeader.SizeOf(remaining) + remaining;
                if (_transmitOffset[slot] == 0)
                {
                    if (IsUndeliverable(slot, value, size))
                    {
                        RemoveFirst(slot, entry);
                        return 0;
                    }

                    if (size > end - at && !isFirst)
                    {
                        return -1;
                    }
                }

                written = WritePublish(slot, header, value, remaining, buffer, at, end);
                if (_transmitOffset[slot] == 0)
                {
                    Counters[Counter.PublishSent]++;
                    Counters[Counter.PublishBytesSent] += _messages.Length[value] - properties - 2
                        - _messages.TopicLength(value);
                }
            }
            else
            {
                written = header == OutboundQueues.Raw
                    ? WriteRaw(slot, value, buffer, at, end, isFirst)
                    : WriteAck(header, value, buffer, at, end);
            }

            if (written >= 0 && _transmitOffset[slot] == 0)
            {
                Counters[Counter.MessagesSent]++;
                RemoveFirst(slot, entry);
            }

            return written;
        }

        private void RemoveFirst(int slot, int entry)
        {
            ReleaseEntry(slot, entry);
            _queues.Remove(slot, OutboundQueues.None);
        }

        /// <summary>
        /// Writes a PUBLISH piece by piece, from where the last call ended. What does not fit is
        /// left for the next call, with the offset in _transmitOffset.
        /// </summary>
        private int WritePublish(int slot, byte header, int message, int remaining,
            byte[] buffer, int at, int end)
        {
            MessageStore messages = _messages;
            int properties = messages.PropertiesOf(message);
            int topic = 2 + messages.TopicLength(message);
            int payloadEnd = messages.Length[message] - properties;
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
                if (!messages.CanExpire(message))
                {
                    PutMessage(message, payloadEnd, properties);
                }
                else
                {
                    // [MQTT-3.3.2-6]: less the time that the message has been waiting.
                    // A packet that is cut keeps the value that it began with.
                    if (_transmitOffset[slot] == 0)
                    {
                        _begunMs[slot] = _nowMs;
                    }

                    int expiry = messages.ExpiryOffset(message);
                    long left = messages.ExpiryLeftS(message, _begunMs[slot]);
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
            int done = _transmitOffset[slot] + _at - at;
            _transmitOffset[slot] = done == total ? 0 : done;
            return _at - at;
        }

        private int WriteRaw(int slot, int message, byte[] buffer, int at, int end, bool isFirst)
        {
            int left = _messages.Length[message] - _transmitOffset[slot];
            if (left > end - at && !isFirst)
            {
                return -1;
            }

            int count = left < end - at ? left : end - at;
            _messages.Pool.Read(message, _transmitOffset[slot], buffer, at, count);
            _transmitOffset[slot] = count < left ? _transmitOffset[slot] + count : 0;
            return count;
        }

        private static int WriteAck(byte header, int value, byte[] buffer, int at, int end)
        {
            if (end - at < 5)
            {
                return -1;
            }

            int size = 2;
            if (header >> 4 != PacketType.Pingresp)
            {
                int reason = value >> 16;
                buffer[at + 2] = (byte)(value >> 8);
                buffer[at + 3] = (byte)value;
                buffer[at + 4] = (byte)reason;
                size = reason == 0 ? 4 : 5; // section 3.4.2.1: 0x00 is left out
            }

            buffer[at] = header;
            buffer[at + 1] = (byte)(size - 2);
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
