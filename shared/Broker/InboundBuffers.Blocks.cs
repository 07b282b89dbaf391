using System;
using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class InboundBuffers
    {
        /// <summary>
        /// What a client has to wait with may end in half a packet. It is promised its blocks now,
        /// or is the taster: by the time it is looked at, another one may be.
        /// </summary>
        /// <param name="slot">The client, for whom these bytes were kept last.</param>
        /// <param name="buffer">Holds them.</param>
        /// <param name="at">Where the first packet begins.</param>
        /// <param name="end">Where they end.</param>
        public void PromiseLast(int slot, byte[] buffer, int at, int end)
        {
            int remaining;
            while (end - at > _pool.BlockSize)
            {
                int used = FixedHeader.DecodeRemainingLength(buffer, at + 1, end, out remaining);
                int size = 1 + used + remaining;
                if (used <= 0 || size > end - at)
                {
                    int blocks = _pool.BlocksFor(size) - 1;
                    if (used > 0 && blocks > _promised[slot] && !Promise(slot, blocks, false))
                    {
                        _taster = slot;
                    }

                    break;
                }

                at += size;
            }

            NoteShared();
        }

        private void NoteShared()
        {
            int window = _pool.BlockSize * (_taster == None ? 1 + _shared : 1);
            PlainWindow = window < _receiveSize ? window : _receiveSize;
        }

        private int Available(bool isStranger)
        {
            int available = isStranger ? _shared - _leftByStrangers : _shared;
            return available > 0 ? available : 0;
        }

        private bool CanPromise(int slot, int blocks, bool isStranger)
        {
            int more = blocks - _promised[slot];
            return more <= 0
                || ((_taster == None || _taster == slot) && more <= Available(isStranger));
        }

        private bool Promise(int slot, int blocks, bool isStranger)
        {
            if (!CanPromise(slot, blocks, isStranger))
            {
                return false;
            }

            if (blocks <= _promised[slot])
            {
                _taster = _taster == slot ? None : _taster;
                return true;
            }

            _shared -= blocks - _promised[slot];
            _promised[slot] = blocks;
            _taster = None;
            return true;
        }

        private void Store(int slot, byte[] buffer, int offset, int count)
        {
            int length = Length[slot];
            Length[slot] = length + count;
            if (length == 0)
            {
                _first[slot] = _pool.Store(buffer, offset, count);
                _last[slot] = _pool.LastOf(_first[slot]);
                return;
            }

            // The last block first: what is not whole yet starts at the start of a block.
            int size = _pool.BlockSize;
            int used = length - (_pool.BlocksFor(length) - 1) * size;
            int part = count < size - used ? count : size - used;
            Array.Copy(buffer, offset, _pool.Bytes, _last[slot] * size + used, part);
            if (part < count)
            {
                int chain = _pool.Store(buffer, offset + part, count - part);
                _pool.Next[_last[slot]] = chain;
                _last[slot] = _pool.LastOf(chain);
            }
        }
    }
}
