using System;

namespace EdgeBroker.Broker
{
    public sealed partial class InboundBuffers
    {
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
