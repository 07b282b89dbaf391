using System;
using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class PacketWriter
    {
        /// <summary>
        /// Writes what comes behind the first byte of a PUBLISH in 5.0, for a message of one block
        /// without properties.
        /// </summary>
        /// <returns>Where it ends.</returns>
        private int PutPlain5(int stored, int length, byte[] buffer, int at)
        {
            byte[] bytes = _store.Pool.Bytes;
            int topic = ((bytes[stored] << 8) | bytes[stored + 1]) + 2;
            int remaining = length + 1;
            if (remaining >= 0x80)
            {
                buffer[at++] = (byte)(remaining | 0x80);
                buffer[at++] = (byte)(remaining >> 7);
            }
            else
            {
                buffer[at++] = (byte)remaining;
            }

            Array.Copy(bytes, stored, buffer, at, topic);
            at += topic;
            buffer[at++] = 0;
            Array.Copy(bytes, stored + topic, buffer, at, length - topic);
            return at + length - topic;
        }

        /// <summary>Whether a message is not to be sent to a client, counted if so.</summary>
        private bool IsUndeliverable(int slot, byte header, int message, int size)
        {
            if (size > _connections.ClientPacketSize[slot])
            {
                _counters[Counter.LimitClientPacketSize]++; // [MQTT-3.1.2-25]
                _counters[Counter.PublishDropped]++;
                return true;
            }

            // One that was sent already is sent again: its flow has begun.
            if ((header & PublishPacket.DupFlag) == 0 && _store.IsExpired(message, _clock.NowMs))
            {
                _counters[Counter.MessagesExpired]++; // [MQTT-3.3.2-5]
                return true;
            }

            return false;
        }

        /// <summary>Writes a PUBLISH piece by piece, without the bytes to be skipped.</summary>
        private void PutPublish(
            int slot, byte header, int message, int tag, int remaining, bool isV5)
        {
            MessageStore messages = _store;
            int properties = messages.PropertiesOf(message);
            int topic = 2 + messages.TopicLength(message);
            int payloadEnd = messages.Length[message] - properties;
            _header[0] = header;
            Put(_header, FixedHeader.WriteRemainingLength(_header, 1, remaining));
            PutMessage(message, 0, topic);
            if ((header & QosBits) != 0)
            {
                // A packet that is cut keeps its identifier, even if its session has gone on.
                if (_queues.Sent[slot] == 0)
                {
                    _idOfCut[slot] = (ushort)_outgoing.NextId(slot);
                }

                int id = _idOfCut[slot];
                _header[0] = (byte)(id >> 8);
                _header[1] = (byte)id;
                Put(_header, 2);
            }

            if (isV5)
            {
                int tagSize = tag == 0 ? 0 : _outgoing.Identifiers.SizeOf(tag);
                Put(_header,
                    FixedHeader.WriteRemainingLength(_header, 0, properties + tagSize));
                if (tag > 0)
                {
                    Put(_header, SubscriptionIdentifiers.Write(tag, _header));
                }
                else if (tag < 0)
                {
                    PutMessage(~tag, 0, tagSize);
                }

                PutProperties(slot, message, payloadEnd, properties);
            }

            PutMessage(message, topic, payloadEnd - topic);
        }

        private void PutProperties(int slot, int message, int from, int length)
        {
            if (!_store.CanExpire(message))
            {
                PutMessage(message, from, length);
                return;
            }

            // [MQTT-3.3.2-6]: less the time that the message has been waiting. A packet that is
            // cut keeps the value that it began with.
            if (_queues.Sent[slot] == 0)
            {
                _expiryLeftS[slot] = (int)_store.ExpiryLeftS(message, _clock.NowMs);
            }

            int left = _expiryLeftS[slot];
            int expiry = _store.ExpiryOffset(message);
            PutMessage(message, from, expiry - from);
            _header[0] = (byte)(left >> 24);
            _header[1] = (byte)(left >> 16);
            _header[2] = (byte)(left >> 8);
            _header[3] = (byte)left;
            Put(_header, 4);
            PutMessage(message, expiry + 4, from + length - expiry - 4);
        }

        private int WriteResponse(int slot, byte header, int value, byte[] buffer, int at, int end)
        {
            if (end - at < 6)
            {
                return -1;
            }

            int type = header >> 4;
            int reason = value >> 16;
            int size = 2;
            if (type != PacketType.Pingresp)
            {
                buffer[at + 2] = (byte)(value >> 8);
                buffer[at + 3] = (byte)value;
                size = 4;
                bool isV5 = _connections.Version[slot] == ProtocolVersion.V5;
                bool isSuback = type == PacketType.Suback;
                if (isSuback || type == PacketType.Unsuback)
                {
                    if (isV5)
                    {
                        buffer[at + size++] = 0; // Property Length
                    }

                    reason = isV5 || reason < ReasonCode.UnspecifiedError
                        ? reason
                        : ReasonCode.UnspecifiedError; // section 3.9.3 of MQTT 3.1.1
                    if (isV5 || isSuback)
                    {
                        buffer[at + size++] = (byte)reason;
                    }
                }
                else if (reason != 0)
                {
                    buffer[at + size++] = (byte)reason; // section 3.4.2.1: 0x00 is left out
                }
            }

            buffer[at] = header;
            buffer[at + 1] = (byte)(size - 2);
            return size;
        }

        private void Put(byte[] source, int count)
        {
            int skip = _skip < count ? _skip : count;
            _skip -= skip;
            count -= skip;
            int part = count < _end - _at ? count : _end - _at;
            if (part > 0)
            {
                Array.Copy(source, skip, _target, _at, part);
                _at += part;
            }
        }

        /// <returns>Bytes written.</returns>
        private int PutMessage(int message, int from, int count)
        {
            int skip = _skip < count ? _skip : count;
            _skip -= skip;
            count -= skip;
            int part = count < _end - _at ? count : _end - _at;
            if (part > 0)
            {
                _store.Pool.Read(message, from + skip, _target, _at, part);
                _at += part;
                return part;
            }

            return 0;
        }
    }
}
