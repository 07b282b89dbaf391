using System;
using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Writes what waits for a connection into a host's buffer, in the client's version.
    /// </summary>
    /// <remarks>
    /// Messages are stored once, without Fixed Header, QoS and flags: these are written here, and
    /// here Packet Identifier, DUP and Topic Alias will be.
    /// </remarks>
    public sealed partial class PacketWriter
    {
        /// <summary>Remaining Lengths below this take one byte or two.</summary>
        private const int MaxPlain = 0x4000;

        /// <summary>Most bytes around a message: Fixed Header, Property Length.</summary>
        private const int MaxHeader = 4;

        /// <summary>In the first byte of a PUBLISH: its QoS.</summary>
        public const int QosBits = 0x06;

        private readonly ConnectionTable _connections;
        private readonly OutboundQueues _queues;
        private readonly MessageStore _store;
        private readonly Clock _clock;
        private readonly long[] _counters;
        private readonly Outgoing _outgoing;
        private readonly int[] _expiryLeftS;
        private readonly ushort[] _idOfCut;
        private readonly int _blockSize;
        private readonly int _plainSize;
        private readonly byte[] _header = new byte[5];
        private byte[] _target;
        private int _at;
        private int _end;
        private int _skip;

        /// <param name="parts">What the parts of the broker share.</param>
        public PacketWriter(BrokerParts parts)
        {
            int slots = parts.Limits.Slots();
            _connections = parts.Connections;
            _queues = parts.Queues;
            _store = parts.Store;
            _clock = parts.Clock;
            _counters = parts.Counters;
            _outgoing = parts.Outgoing;
            _expiryLeftS = new int[slots];
            _idOfCut = _outgoing == null ? null : new ushort[slots];
            _blockSize = _store.Pool.BlockSize;
            _plainSize = _blockSize < MaxPlain - 1 ? _blockSize : MaxPlain - 2;
        }

        /// <summary>Writes as many whole packets as fit; cuts only one that never would.</summary>
        /// <returns>Bytes written; 0 when nothing waits any more.</returns>
        public int Write(int slot, byte[] buffer, int offset, int capacity)
        {
            OutboundQueues queues = _queues;
            MessageStore messages = _store;
            byte[] bytes = messages.Pool.Bytes;
            int[] head = queues.Head, next = queues.Next;
            int at = offset, end = offset + capacity;
            int published = 0, storedBytes = 0, topics = 0, entry;

            // Only messages wait, none of them partly sent, none too large for a client of 5.0.
            bool isV5 = _connections.Version[slot] == ProtocolVersion.V5;
            bool isPlain = queues.Responses[slot] == 0 && queues.Sent[slot] == 0
                && (_outgoing == null || _outgoing.IsPlain(slot))
                && (!isV5 || _connections.ClientPacketSize[slot] >= _plainSize + MaxHeader);
            while ((entry = head[slot]) != OutboundQueues.None)
            {
                int message = queues.Value[entry];
                if (isPlain && messages.PropertiesLength[message] == 0)
                {
                    // The common case: no properties, all in one block. One copy does, or two.
                    int length = messages.Length[message];
                    if (length <= _plainSize && length + MaxHeader <= end - at)
                    {
                        int stored = message * _blockSize;
                        buffer[at++] = queues.Header[entry];
                        if (isV5)
                        {
                            at = PutPlain5(stored, length, buffer, at);
                        }
                        else
                        {
                            if (length >= 0x80)
                            {
                                buffer[at++] = (byte)(length | 0x80);
                                buffer[at++] = (byte)(length >> 7);
                            }
                            else
                            {
                                buffer[at++] = (byte)length;
                            }

                            Array.Copy(bytes, stored, buffer, at, length);
                            at += length;
                        }

                        topics += (bytes[stored] << 8) | bytes[stored + 1];
                        published++;
                        storedBytes += length;
                        head[slot] = next[entry];
                        next[entry] = queues.Freed;
                        queues.Freed = entry;
                        if (--messages.References[message] == 0)
                        {
                            messages.FreeBlock(message);
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
                isPlain = IsPlain(slot, isV5);
            }

            at -= offset;
            long[] counters = _counters;
            counters[Counter.BytesSent] += at;
            queues.Count -= published;
            queues.Messages[slot] -= published;
            queues.Bytes[slot] -= storedBytes;
            counters[Counter.PublishSent] += published;
            counters[Counter.PublishBytesSent] += storedBytes - 2 * published - topics;
            return at;
        }

        /// <summary>The same once more, behind something else.</summary>
        private bool IsPlain(int slot, bool isV5)
        {
            return _queues.Responses[slot] == 0 && _queues.Sent[slot] == 0
                && (_outgoing == null || _outgoing.IsPlain(slot))
                && (!isV5 || _connections.ClientPacketSize[slot] >= _plainSize + MaxHeader);
        }

        /// <summary>Writes what is first in a queue; takes it out once it is whole.</summary>
        /// <returns>Bytes written; -1 when it has to wait for the next buffer.</returns>
        private int WriteEntry(int slot, int entry, byte[] buffer, int at, int end, bool isFirst)
        {
            byte header = _queues.Header[entry];
            int value = _queues.Value[entry];
            if (header >> 4 == PacketType.Publish)
            {
                int tag = _queues.Tag == null ? 0 : _queues.Tag[entry];
                return WriteMessage(slot, header, value, tag, buffer, at, end, isFirst);
            }

            if (header == OutboundQueues.Raw)
            {
                int total = _store.Length[value];
                return Begin(slot, total, buffer, at, end, isFirst)
                    ? End(slot, PutMessage(value, 0, total), total, Counter.MessagesSent)
                    : -1;
            }

            int size = WriteResponse(slot, header, value, buffer, at, end);
            if (size > 0)
            {
                _counters[Counter.MessagesSent]++;
                _queues.RemoveFirst(slot);
            }

            return size;
        }

        private int WriteMessage(int slot, byte header, int message, int tag, byte[] buffer,
            int at, int end, bool isFirst)
        {
            MessageStore store = _store;
            bool isV5 = _connections.Version[slot] == ProtocolVersion.V5;
            int length = store.Length[message];
            tag = isV5 ? tag : 0;
            int properties = store.PropertiesOf(message);
            int tagSize = tag == 0 ? 0 : _outgoing.Identifiers.SizeOf(tag);
            bool hasId = (header & QosBits) != 0;
            int remaining = length + (hasId ? 2 : 0)
                + (isV5 ? FixedHeader.SizeOf(properties + tagSize) + tagSize : -properties);
            int total = 1 + FixedHeader.SizeOf(remaining) + remaining;
            if (_queues.Sent[slot] == 0 && IsUndeliverable(slot, header, message, total))
            {
                _queues.RemoveFirst(slot);
                if (hasId)
                {
                    _outgoing.NoteUnsent(slot);
                }

                return 0;
            }

            if (!Begin(slot, total, buffer, at, end, isFirst))
            {
                return -1;
            }

            int payload = length - properties - 2 - store.TopicLength(message);
            PutPublish(slot, header, message, tag, remaining, isV5);
            if (_queues.Sent[slot] + _at - at == total)
            {
                _counters[Counter.PublishBytesSent] += payload;
            }

            int written = End(slot, _at - at, total, Counter.PublishSent);
            if (hasId && _queues.Sent[slot] == 0)
            {
                _outgoing.NoteSent(slot);
            }

            return written;
        }

        /// <summary>Begins to write a packet, or to go on with it.</summary>
        /// <returns>False when it has to wait for the next buffer.</returns>
        private bool Begin(int slot, int total, byte[] buffer, int at, int end, bool isFirst)
        {
            int sent = _queues.Sent[slot];
            if (end == at || (total - sent > end - at && !isFirst))
            {
                return false;
            }

            _target = buffer;
            _at = at;
            _end = end;
            _skip = sent;
            return true;
        }

        /// <summary>Notes how far a packet was written; takes it out when it is whole.</summary>
        private int End(int slot, int written, int total, int counter)
        {
            int sent = _queues.Sent[slot] + written;
            _queues.Sent[slot] = sent == total ? 0 : sent;
            if (sent == total)
            {
                _counters[counter]++;
                _queues.RemoveFirst(slot);
            }

            return written;
        }

    }
}
