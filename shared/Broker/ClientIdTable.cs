using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    /// <summary>Which connection has which Client Identifier.</summary>
    public sealed class ClientIdTable
    {
        /// <summary>No connection.</summary>
        public const int None = -1;

        private readonly BlockPool _texts;
        private readonly int[] _text;
        private readonly int[] _length;
        private readonly int[] _hash;
        private readonly int[] _nextInBucket;
        private readonly int[] _bucket;
        private readonly int _bucketMask;
        private readonly int _seed;

        /// <param name="connections">Connections are numbered below this.</param>
        /// <param name="seed">Start of the hashes; unknown to clients.</param>
        /// <param name="limits">
        /// Gives the longest identifier, and how text is cut: there is room for the longest one on
        /// each connection, which subscriptions cannot take away.
        /// </param>
        public ClientIdTable(int connections, int seed, BrokerLimits limits)
        {
            int buckets = Hashing.Buckets(connections);
            int size = limits.TextBlockSize;
            int blocks = (limits.MaxClientIdLength + size - 1) / size;
            _texts = new BlockPool(size, connections * blocks);
            _text = new int[connections];
            _length = new int[connections];
            _hash = new int[connections];
            _nextInBucket = new int[connections];
            _bucket = new int[buckets];
            _bucketMask = buckets - 1;
            _seed = seed;
        }

        /// <summary>The connection that has an identifier, or None.</summary>
        public int Find(byte[] buffer, int offset, int length)
        {
            int hash = Hashing.Of(buffer, offset, length, _seed);
            int slot = _bucket[(hash ^ (hash >> 15)) & _bucketMask] - 1;
            while (slot != None && (_hash[slot] != hash || _length[slot] != length
                || !_texts.StartsWith(_text[slot], buffer, offset, length)))
            {
                slot = _nextInBucket[slot] - 1;
            }

            return slot;
        }

        /// <summary>Gives a connection an identifier that no other one has.</summary>
        /// <param name="slot">The connection.</param>
        /// <param name="buffer">Where the identifier stands.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length, at most MaxClientIdLength.</param>
        public void Add(int slot, byte[] buffer, int offset, int length)
        {
            int text = _texts.Store(buffer, offset, length);
            int hash = Hashing.Of(buffer, offset, length, _seed);
            int bucket = (hash ^ (hash >> 15)) & _bucketMask;
            _text[slot] = text;
            _length[slot] = length;
            _hash[slot] = hash;
            _nextInBucket[slot] = _bucket[bucket];
            _bucket[bucket] = slot + 1;
        }

        /// <summary>Frees a connection's identifier for others; the text stays readable.</summary>
        public void Unlink(int slot)
        {
            int bucket = (_hash[slot] ^ (_hash[slot] >> 15)) & _bucketMask;
            int at = _bucket[bucket] - 1;
            if (at == slot)
            {
                _bucket[bucket] = _nextInBucket[slot];
                return;
            }

            while (_nextInBucket[at] - 1 != slot)
            {
                at = _nextInBucket[at] - 1;
            }

            _nextInBucket[at] = _nextInBucket[slot];
        }

        /// <summary>Forgets the text of an unlinked identifier.</summary>
        public void Forget(int slot)
        {
            if (_length[slot] > 0)
            {
                _texts.Free(_text[slot]);
                _length[slot] = 0;
            }
        }

        /// <summary>Bytes of a connection's identifier; 0 when it has none.</summary>
        public int LengthOf(int slot)
        {
            return _length[slot];
        }

        /// <summary>Copies a connection's identifier.</summary>
        public void Read(int slot, byte[] target, int offset)
        {
            _texts.Read(_text[slot], 0, target, offset, _length[slot]);
        }
    }
}
