using System.Text;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    /// <summary>Which connection has which Client Identifier.</summary>
    public sealed class ClientIdTable
    {
        /// <summary>No connection.</summary>
        public const int None = -1;

        /// <summary>Hex digits of an assigned identifier, behind the prefix.</summary>
        private const int Digits = 16;

        private readonly BlockPool _texts;
        private readonly SecretNumbers _numbers;
        private readonly int[] _text;
        private readonly int[] _length;
        private readonly int[] _nextInBucket;
        private readonly int[] _bucket;
        private readonly int _seed;

        /// <param name="connections">Connections are numbered below this.</param>
        /// <param name="settings">Gives the secrets of hashes and of assigned identifiers.</param>
        /// <param name="limits">Gives the room for text.</param>
        public ClientIdTable(int connections, BrokerSettings settings, BrokerLimits limits)
        {
            _texts = new BlockPool(limits.TextBlockSize, limits.BlocksForClientIds());
            _numbers = new SecretNumbers(settings.ClientIdKey0, settings.ClientIdKey1);
            _text = new int[connections];
            _length = new int[connections];
            _nextInBucket = new int[connections];
            _bucket = new int[Hashing.Buckets(connections)];
            _seed = settings.HashSeed;
        }

        /// <summary>The connection that has an identifier, or None.</summary>
        public int Find(byte[] buffer, int offset, int length)
        {
            int slot = _bucket[BucketOf(Hashing.Of(buffer, offset, length, _seed))] - 1;
            while (slot != None && (_length[slot] != length
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
        /// <returns>
        /// False when there is no room for its text, or too many others have a hash like it.
        /// </returns>
        public bool Add(int slot, byte[] buffer, int offset, int length)
        {
            int bucket = BucketOf(Hashing.Of(buffer, offset, length, _seed));
            int others = 0;
            for (int at = _bucket[bucket] - 1; at != None; at = _nextInBucket[at] - 1)
            {
                others++;
            }

            int text = others < Hashing.MaxChain
                ? _texts.Store(buffer, offset, length)
                : BlockPool.None;
            if (text == BlockPool.None)
            {
                return false;
            }

            _text[slot] = text;
            _length[slot] = length;
            _nextInBucket[slot] = _bucket[bucket];
            _bucket[bucket] = slot + 1;
            return true;
        }

        /// <summary>Gives a connection an identifier that nobody can foresee.</summary>
        /// <param name="slot">The connection.</param>
        /// <param name="prefix">What it starts with.</param>
        /// <param name="scratch">Takes the identifier for the time of the call.</param>
        /// <returns>False without room.</returns>
        public bool Assign(int slot, string prefix, byte[] scratch)
        {
            int start = Encoding.UTF8.GetBytes(prefix, 0, prefix.Length, scratch, 0);
            int length = start + Digits;
            do
            {
                long number = _numbers.Next();
                for (int i = length - 1; i >= start; i--)
                {
                    int digit = (int)(number & 15);
                    scratch[i] = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
                    number >>= 4;
                }
            }
            while (Find(scratch, 0, length) != None);

            return Add(slot, scratch, 0, length);
        }

        /// <summary>Frees a connection's identifier for others; the text stays readable.</summary>
        public void Unlink(int slot)
        {
            // Only this needs the hash once more, so it is not kept.
            int bucket = BucketOf(Hashing.Of(_texts, _text[slot], _length[slot], _seed));
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
            return slot == None ? 0 : _length[slot];
        }

        /// <summary>Copies a connection's identifier.</summary>
        public void Read(int slot, byte[] target, int offset)
        {
            if (slot != None)
            {
                _texts.Read(_text[slot], 0, target, offset, _length[slot]);
            }
        }

        private int BucketOf(int hash)
        {
            return Hashing.Index(hash, _bucket.Length - 1);
        }
    }
}
