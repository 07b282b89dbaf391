using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// What has arrived and cannot be handled yet: packets that are not whole, and packets that
    /// wait until queues have been offered or responses have been taken.
    /// </summary>
    /// <remarks>
    /// It has memory of its own: messages and unfinished packets take nothing from each other.
    /// Each connection has one block for certain. The other blocks are shared: they are promised
    /// for a whole packet at once, and at most one connection, the taster, holds some of them
    /// without such a promise. So a packet that was promised its blocks always comes to its end,
    /// and two unfinished packets never wait for each other.
    /// </remarks>
    public sealed partial class InboundBuffers
    {
        private const int None = -1;
        /// <summary>Strangers together may have this part of the shared blocks.</summary>
        private const int StrangersShare = 8;

        /// <summary>Bytes kept for each connection.</summary>
        public readonly int[] Length;

        /// <summary>Bytes of each unfinished packet; 0 while its length is not known.</summary>
        public readonly int[] Need;

        /// <summary>Whether what is kept has still to be looked at.</summary>
        public readonly bool[] IsPaused;

        /// <summary>The window of a client for whom nothing is kept.</summary>
        public int PlainWindow;

        /// <summary>Clients whose unfinished packet finds no memory now.</summary>
        public int Waiting;

        private readonly BlockPool _pool;
        private readonly int[] _first;
        private readonly int[] _last;
        private readonly int[] _from;
        private readonly int[] _promised;
        private readonly bool[] _isStranger;
        private readonly int _leftByStrangers;
        private readonly int _receiveSize;
        private int _shared;
        private int _taster;

        /// <param name="limits">
        /// Gives the connections, the blocks, and the largest CONNECT and packet.
        /// </param>
        public InboundBuffers(BrokerLimits limits)
        {
            int slots = limits.Slots();
            int shared = limits.InboundBlocks;
            _pool = new BlockPool(limits.InboundBlockSize, slots + shared);
            Length = new int[slots];
            Need = new int[slots];
            IsPaused = new bool[slots];
            _first = new int[slots];
            _last = new int[slots];
            _from = new int[slots];
            _promised = new int[slots];
            _isStranger = new bool[slots];
            int connect = _pool.BlocksFor(limits.MaxConnectSize);
            int most = shared / StrangersShare > connect ? shared / StrangersShare : connect;
            _leftByStrangers = shared > most ? shared - most : 0;
            _receiveSize = limits.ReceiveSize;
            _shared = shared;
            _taster = None;
            NoteShared();
        }

        /// <summary>Bytes in use, in whole blocks.</summary>
        public long UsedBytes()
        {
            return _pool.UsedBytes();
        }

        /// <summary>
        /// Whether the unfinished packet of a client waits for memory. A stranger may wait as
        /// well, but nobody has less time for its sake.
        /// </summary>
        public bool IsWaiting(int slot)
        {
            return Need[slot] > 0 && !_isStranger[slot]
                && _promised[slot] < _pool.BlocksFor(Need[slot]) - 1;
        }

        /// <summary>Whether a connection holds blocks that others may want.</summary>
        public bool HoldsShared(int slot)
        {
            return _promised[slot] > 0;
        }

        /// <summary>Bytes that can be taken now: whatever they are, they fit.</summary>
        public int Window(int slot, bool isStranger)
        {
            if (IsPaused[slot])
            {
                return 0;
            }

            int blocks = Need[slot] == 0 ? 1 : _pool.BlocksFor(Need[slot]);
            if (!CanPromise(slot, blocks - 1, isStranger))
            {
                return 0;
            }

            // What comes behind the packet may have to be kept with it. A stranger gets no more
            // than its CONNECT was promised: it is never the taster, whom all others wait for.
            int more = _taster == None && !isStranger
                ? Available(isStranger) - (blocks - 1 - _promised[slot])
                : 0;
            return _pool.BlockSize * (blocks + more) - Length[slot];
        }

        /// <summary>Keeps bytes that cannot be handled yet.</summary>
        /// <param name="slot">The connection.</param>
        /// <param name="buffer">Holds them.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="count">1 or more, within what Window allowed.</param>
        /// <param name="need">
        /// Bytes of the unfinished packet that starts what is kept; 0 when that is not known.
        /// </param>
        /// <param name="isStranger">Whether no CONNECT was accepted from it yet.</param>
        public void Keep(int slot, byte[] buffer, int offset, int count, int need,
            bool isStranger)
        {
            bool wasWaiting = IsWaiting(slot);
            _isStranger[slot] = isStranger;
            int total = Length[slot] + count;
            Need[slot] = need;
            int blocks = _pool.BlocksFor(need > total ? need : total) - 1;
            if (!Promise(slot, blocks, isStranger))
            {
                blocks = _pool.BlocksFor(total) - 1;
                _taster = blocks > 0 ? slot : _taster == slot ? None : _taster;
            }

            _shared -= blocks - _promised[slot];
            _promised[slot] = blocks;
            Waiting += (IsWaiting(slot) ? 1 : 0) - (wasWaiting ? 1 : 0);
            Store(slot, buffer, offset, count);
            NoteShared();
        }

        /// <summary>Promises a packet that waits its blocks, if they are there.</summary>
        public void Claim(int slot)
        {
            if (IsWaiting(slot) && Promise(slot, _pool.BlocksFor(Need[slot]) - 1, false))
            {
                Waiting--;
                NoteShared();
            }
        }

        /// <summary>Copies the first of the kept bytes; returns how many there were.</summary>
        public int Peek(int slot, byte[] target, int count)
        {
            count = count < Length[slot] ? count : Length[slot];
            _pool.Read(_first[slot], _from[slot], target, 0, count);
            return count;
        }

        /// <summary>Forgets the first of the kept bytes; with the last one a pause ends.</summary>
        public void Skip(int slot, int count)
        {
            if (count == Length[slot])
            {
                Clear(slot);
                return;
            }

            int size = _pool.BlockSize;
            int from = _from[slot] + count;
            for (; from >= size; from -= size)
            {
                int block = _first[slot];
                _first[slot] = _pool.Next[block];
                _pool.Next[block] = BlockPool.None;
                _pool.Free(block);
            }

            Length[slot] -= count;
            _from[slot] = from;
        }

        /// <summary>
        /// Forgets what is kept, which is to be kept anew at once: what was promised stays so.
        /// </summary>
        public void Restart(int slot)
        {
            Waiting -= IsWaiting(slot) ? 1 : 0;
            _pool.Free(_first[slot]);
            Length[slot] = 0;
            Need[slot] = 0;
            _from[slot] = 0;
            IsPaused[slot] = false;
        }

        /// <summary>Forgets what is kept for a connection and gives its blocks back.</summary>
        public void Clear(int slot)
        {
            if (Length[slot] > 0)
            {
                Waiting -= IsWaiting(slot) ? 1 : 0;
                _pool.Free(_first[slot]);
                _shared += _promised[slot];
                _promised[slot] = 0;
                Length[slot] = 0;
                _taster = _taster == slot ? None : _taster;
                NoteShared();
            }

            Need[slot] = 0;
            _from[slot] = 0;
            IsPaused[slot] = false;
        }
    }
}
