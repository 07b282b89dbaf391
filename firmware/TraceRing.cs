using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Keeps the last verbs of the broker with the first bytes of what came in and went out. All
    /// places are equally large, so the oldest is overwritten at no cost. A Tick says nothing and
    /// gets no place.
    /// </summary>
    public sealed class TraceRing : VerbTap
    {
        /// <summary>Bytes kept of each chunk: a header and the beginning of a topic.</summary>
        public const int HeadBytes = 16;

        /// <summary>Bytes of a place: the head, the time, and kind, slot and count.</summary>
        public const int PlaceBytes = HeadBytes + 8;

        /// <summary>The numbers of the verbs in a recording.</summary>
        public const int Open = 0;

        /// <summary>Bytes from a client.</summary>
        public const int Receive = 1;

        /// <summary>The socket takes no more.</summary>
        public const int Block = 3;

        /// <summary>The connection has gone.</summary>
        public const int Close = 5;

        /// <summary>The broker ends.</summary>
        public const int Shutdown = 6;

        /// <summary>Bytes to a client.</summary>
        public const int Transmit = 7;

        private const int KindBits = 4;
        private const int SlotBits = 8;

        private readonly byte[] _heads;
        private readonly int[] _times;
        private readonly int[] _verbs;
        private readonly int _places;
        private int _at;
        private bool _isFull;

        /// <summary>A connection after whose next output nothing is added, or None.</summary>
        public int Watched = MqttBroker.None;

        /// <summary>Is told then.</summary>
        public TraceDump Owner;

        /// <summary>Whether nothing is added, because it is read.</summary>
        public bool IsFrozen;

        /// <param name="bytes">What the places may take, PlaceBytes or more.</param>
        public TraceRing(int bytes)
        {
            _places = bytes / PlaceBytes;
            _heads = new byte[_places * HeadBytes];
            _times = new int[_places];
            _verbs = new int[_places];
        }

        /// <summary>Verbs that are kept now.</summary>
        public int Count()
        {
            return _isFull ? _places : _at;
        }

        /// <summary>Time of a verb: the low half of the broker's milliseconds.</summary>
        /// <param name="index">0 is the oldest.</param>
        public int TimeOf(int index)
        {
            return _times[Place(index)];
        }

        /// <summary>Which verb it is.</summary>
        public int KindOf(int index)
        {
            return _verbs[Place(index)] & ((1 << KindBits) - 1);
        }

        /// <summary>Its connection; -1 when there was no place for it.</summary>
        public int SlotOf(int index)
        {
            return ((_verbs[Place(index)] >> KindBits) & ((1 << SlotBits) - 1)) - 1;
        }

        /// <summary>Bytes of the chunk.</summary>
        public int CountOf(int index)
        {
            return _verbs[Place(index)] >> (KindBits + SlotBits);
        }

        /// <summary>Copies the first bytes of the chunk.</summary>
        /// <returns>How many, up to HeadBytes.</returns>
        public int ReadHead(int index, byte[] target, int offset)
        {
            int count = CountOf(index);
            count = count < HeadBytes ? count : HeadBytes;
            Array.Copy(_heads, Place(index) * HeadBytes, target, offset, count);
            return count;
        }

        /// <summary>Forgets everything and goes on.</summary>
        public void Clear()
        {
            _at = 0;
            _isFull = false;
            Watched = MqttBroker.None;
            IsFrozen = false;
        }

        /// <inheritdoc/>
        public override void Opened(int slot, int address, long nowMs)
        {
            Add(Open, slot, nowMs);
        }

        /// <inheritdoc/>
        public override void Received(
            int slot, byte[] buffer, int offset, int count, long nowMs)
        {
            if (IsFrozen)
            {
                return;
            }

            // Here and in Transmitted, not in a method: a call costs as much as the rest.
            int at = _at;
            _times[at] = (int)nowMs;
            _verbs[at] = (count << (KindBits + SlotBits)) | ((slot + 1) << KindBits) | Receive;
            Array.Copy(buffer, offset, _heads, at * HeadBytes,
                count < HeadBytes ? count : HeadBytes);
            if (++at == _places)
            {
                at = 0;
                _isFull = true;
            }

            _at = at;
        }

        /// <inheritdoc/>
        public override void Transmitted(
            int slot, byte[] buffer, int offset, int capacity, int count, long nowMs)
        {
            if (IsFrozen)
            {
                return;
            }

            int at = _at;
            _times[at] = (int)nowMs;
            _verbs[at] = (count << (KindBits + SlotBits)) | ((slot + 1) << KindBits) | Transmit;
            Array.Copy(buffer, offset, _heads, at * HeadBytes,
                count < HeadBytes ? count : HeadBytes);
            if (++at == _places)
            {
                at = 0;
                _isFull = true;
            }

            _at = at;
            if (slot == Watched)
            {
                IsFrozen = true;
                Owner.NoteClient();
            }
        }

        /// <inheritdoc/>
        public override void Blocked(int slot, long nowMs)
        {
            Add(Block, slot, nowMs);
        }

        /// <inheritdoc/>
        public override void Ticked(long nowMs)
        {
            // Many in a second, and they would push the packets out.
        }

        /// <inheritdoc/>
        public override void Closed(int slot, long nowMs)
        {
            Add(Close, slot, nowMs);
            IsFrozen |= slot == Watched;
        }

        /// <inheritdoc/>
        public override void ShutDown(long nowMs)
        {
            Add(Shutdown, MqttBroker.None, nowMs);
        }

        private void Add(int kind, int slot, long nowMs)
        {
            if (IsFrozen)
            {
                return;
            }

            _times[_at] = (int)nowMs;
            _verbs[_at] = ((slot + 1) << KindBits) | kind;
            if (++_at == _places)
            {
                _at = 0;
                _isFull = true;
            }
        }

        private int Place(int index)
        {
            int place = (_isFull ? _at : 0) + index;
            return place < _places ? place : place - _places;
        }
    }
}
