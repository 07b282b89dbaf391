using System;

namespace EdgeBroker.Memory
{
    /// <summary>
    /// Equal blocks cut from one array and chained into runs of any length. All memory is taken
    /// in the constructor; blocks that were never handed out are never touched.
    /// </summary>
    public sealed class BlockPool
    {
        /// <summary>
        /// The link that ends a chain, and "no block" wherever a block is expected.
        /// </summary>
        public const int None = -1;

        /// <summary>The bytes of all blocks; block b starts at b * BlockSize.</summary>
        public readonly byte[] Bytes;

        /// <summary>The block that follows a block in its chain, or None.</summary>
        public readonly int[] Next;

        /// <summary>Bytes of one block.</summary>
        public readonly int BlockSize;

        /// <summary>Blocks in all.</summary>
        public readonly int BlockCount;

        /// <summary>Blocks not in use.</summary>
        public int FreeCount;

        private int _freed;
        private int _untouched;
        private int _writeBlock;
        private int _writeAt;

        /// <param name="blockSize">Bytes of a block, 1 or more.</param>
        /// <param name="blockCount">Blocks, 0 or more.</param>
        public BlockPool(int blockSize, int blockCount)
        {
            BlockSize = blockSize;
            BlockCount = blockCount;
            FreeCount = blockCount;
            Bytes = new byte[blockSize * blockCount];
            Next = new int[blockCount];
            _freed = None;
        }

        /// <summary>Blocks that a run of bytes needs; an empty run needs one.</summary>
        public int BlocksFor(int length)
        {
            return length <= BlockSize ? 1 : (length + BlockSize - 1) / BlockSize;
        }

        /// <summary>
        /// Takes a chain for a run of bytes, to be filled with Append. Only one chain is filled at
        /// a time.
        /// </summary>
        /// <returns>The first block, or None when too few blocks are free.</returns>
        public int Begin(int length)
        {
            int more = length <= BlockSize ? 1 : (length + BlockSize - 1) / BlockSize;
            if (more > FreeCount)
            {
                return None;
            }

            FreeCount -= more;
            int first = Take();
            int last = first;
            while (--more > 0)
            {
                int block = Take();
                Next[last] = block;
                last = block;
            }

            Next[last] = None;
            _writeBlock = first;
            _writeAt = 0;
            return first;
        }

        /// <summary>Fills the chain begun last with further bytes.</summary>
        public void Append(byte[] source, int offset, int count)
        {
            int room = BlockSize - _writeAt;
            if (count <= room)
            {
                Array.Copy(source, offset, Bytes, _writeBlock * BlockSize + _writeAt, count);
                _writeAt += count;
                return;
            }

            while (count > 0)
            {
                if (room == 0)
                {
                    _writeBlock = Next[_writeBlock];
                    _writeAt = 0;
                    room = BlockSize;
                }

                int part = count < room ? count : room;
                Array.Copy(source, offset, Bytes, _writeBlock * BlockSize + _writeAt, part);
                offset += part;
                count -= part;
                _writeAt += part;
                room -= part;
            }
        }

        /// <summary>Takes a chain and fills it.</summary>
        /// <returns>The first block, or None when too few blocks are free.</returns>
        public int Store(byte[] source, int offset, int count)
        {
            int first = Begin(count);
            if (first != None && count > 0)
            {
                Append(source, offset, count);
            }

            return first;
        }

        /// <summary>Takes one block and fills it. There must be one.</summary>
        /// <returns>The block.</returns>
        public int StoreBlock(byte[] source, int offset, int count)
        {
            int block = Take();
            Next[block] = None;
            FreeCount--;
            Array.Copy(source, offset, Bytes, block * BlockSize, count);
            return block;
        }

        /// <summary>Copies bytes out of a chain.</summary>
        /// <param name="first">First block of the chain.</param>
        /// <param name="from">Bytes to leave out at its start.</param>
        /// <param name="target">Where the bytes go.</param>
        /// <param name="offset">Where in the target.</param>
        /// <param name="count">How many bytes; the chain must hold that many.</param>
        public void Read(int first, int from, byte[] target, int offset, int count)
        {
            int size = BlockSize;
            while (from >= size && count > 0)
            {
                first = Next[first];
                from -= size;
            }

            while (count > 0)
            {
                int part = size - from < count ? size - from : count;
                Array.Copy(Bytes, first * size + from, target, offset, part);
                offset += part;
                count -= part;
                from = 0;
                first = Next[first];
            }
        }

        /// <summary>Overwrites bytes in a chain that holds at least as many.</summary>
        public void Write(int first, int from, byte[] source, int offset, int count)
        {
            int size = BlockSize;
            while (from >= size)
            {
                first = Next[first];
                from -= size;
            }

            while (count > 0)
            {
                int part = size - from < count ? size - from : count;
                Array.Copy(source, offset, Bytes, first * size + from, part);
                offset += part;
                count -= part;
                from = 0;
                first = Next[first];
            }
        }

        /// <summary>Whether a chain starts with exactly these bytes.</summary>
        public bool StartsWith(int first, byte[] other, int offset, int count)
        {
            byte[] bytes = Bytes;
            int size = BlockSize;
            while (count > 0)
            {
                int at = first * size;
                int end = at + (count < size ? count : size);
                count -= end - at;
                while (at < end)
                {
                    if (bytes[at++] != other[offset++])
                    {
                        return false;
                    }
                }

                first = Next[first];
            }

            return true;
        }

        /// <summary>Gives a whole chain back; None is allowed.</summary>
        public void Free(int first)
        {
            for (int block = first; block != None; block = first)
            {
                first = Next[block];
                Next[block] = _freed;
                _freed = block;
                FreeCount++;
            }
        }

        /// <summary>Gives back a chain of one block.</summary>
        public void FreeBlock(int block)
        {
            Next[block] = _freed;
            _freed = block;
            FreeCount++;
        }

        /// <summary>The last block of a chain.</summary>
        public int LastOf(int first)
        {
            while (Next[first] != None)
            {
                first = Next[first];
            }

            return first;
        }

        /// <summary>Bytes of the blocks in use.</summary>
        public long UsedBytes()
        {
            return (long)(BlockCount - FreeCount) * BlockSize;
        }

        private int Take()
        {
            int block = _freed;
            if (block == None)
            {
                return _untouched++;
            }

            _freed = Next[block];
            return block;
        }
    }
}
