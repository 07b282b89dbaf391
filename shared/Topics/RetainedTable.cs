using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Which message is retained under which Topic Name. A message is the first block of a chain
    /// that starts with the name, its length in two bytes before it, so the table keeps no names.
    /// Each message has a place that it keeps until it is removed.
    /// </summary>
    public sealed partial class RetainedTable
    {
        /// <summary>No message.</summary>
        public const int None = -1;

        /// <summary>Messages in the table.</summary>
        public int Count;

        /// <summary>Places looked at by the last Scan.</summary>
        public int StepsUsed;

        private const int LengthBytes = 2;

        // In a signature: the number of levels above eight bits of the hashes of three levels.
        private const int SignedLevels = 3;
        private const int LevelBits = 0xFF;
        private const int CountShift = 24;

        // Zero means none in all four, so that fresh arrays need no filling.
        private readonly int[] _message;
        private readonly int[] _signature;
        private readonly int[] _nextInBucket;
        private readonly int[] _bucket;
        private readonly TopicLevels _levels;
        private readonly BlockPool _messages;
        private readonly int _bucketMask;
        private int _freed;
        private int _untouched;

        /// <param name="maxCount">Most retained messages.</param>
        /// <param name="levels">Scratch for cutting names and filters; may be shared.</param>
        /// <param name="messages">Where the messages are.</param>
        public RetainedTable(int maxCount, TopicLevels levels, BlockPool messages)
        {
            int buckets = Hashing.Buckets(maxCount);
            _message = new int[maxCount];
            _signature = new int[maxCount];
            _nextInBucket = new int[maxCount];
            _bucket = new int[buckets];
            _bucketMask = buckets - 1;
            _levels = levels;
            _messages = messages;
        }

        /// <summary>The message retained under a name, or None.</summary>
        public int Get(byte[] buffer, int offset, int length)
        {
            int place = _levels.Split(buffer, offset, length)
                ? Find(buffer, offset, length)
                : None;
            return place == None ? None : _message[place] - 1;
        }

        /// <summary>Retains a message under its checked name, in place of an earlier one.</summary>
        /// <returns>
        /// False without room, with too many levels, or when too many names have hashes like this
        /// one's; nothing has changed then.
        /// </returns>
        public bool Put(byte[] buffer, int offset, int length, int message)
        {
            if (!_levels.Split(buffer, offset, length))
            {
                return false;
            }

            int place = Find(buffer, offset, length);
            if (place != None)
            {
                _message[place] = message + 1;
                return true;
            }

            int bucket = Hashing.Index(_levels.Sum[_levels.Count], _bucketMask);
            if (Count == _message.Length || IsCrowded(bucket))
            {
                return false;
            }

            place = _freed - 1;
            if (place == None)
            {
                place = _untouched++;
            }
            else
            {
                _freed = _nextInBucket[place];
            }

            _message[place] = message + 1;
            _signature[place] = SignatureOf(_levels.Count);
            _nextInBucket[place] = _bucket[bucket];
            _bucket[bucket] = place + 1;
            Count++;
            return true;
        }

        /// <summary>
        /// Forgets what is retained under a name. The message's blocks must still be there.
        /// </summary>
        /// <returns>False when there was nothing.</returns>
        public bool Remove(byte[] buffer, int offset, int length)
        {
            int place = _levels.Split(buffer, offset, length)
                ? Find(buffer, offset, length)
                : None;
            if (place == None)
            {
                return false;
            }

            int bucket = Hashing.Index(_levels.Sum[_levels.Count], _bucketMask);
            int at = _bucket[bucket] - 1;
            if (at == place)
            {
                _bucket[bucket] = _nextInBucket[place];
            }
            else
            {
                while (_nextInBucket[at] - 1 != place)
                {
                    at = _nextInBucket[at] - 1;
                }

                _nextInBucket[at] = _nextInBucket[place];
            }

            _message[place] = 0;
            _nextInBucket[place] = _freed;
            _freed = place + 1;
            Count--;
            return true;
        }

        /// <summary>Places to look at with At, one after the other.</summary>
        public int Positions()
        {
            return _untouched;
        }

        /// <summary>The message at a place, or None.</summary>
        public int At(int position)
        {
            return _message[position] - 1;
        }

        /// <summary>The place of the name that Levels has cut.</summary>
        private int Find(byte[] buffer, int offset, int length)
        {
            int signature = SignatureOf(_levels.Count);
            int place = _bucket[Hashing.Index(_levels.Sum[_levels.Count], _bucketMask)] - 1;
            while (place != None)
            {
                // A name is a filter that matches nothing but itself.
                if (_signature[place] == signature && IsMatch(place, buffer, offset, length))
                {
                    return place;
                }

                place = _nextInBucket[place] - 1;
            }

            return None;
        }

        private bool IsMatch(int place, byte[] filter, int offset, int length)
        {
            int message = _message[place] - 1;
            int at = message * _messages.BlockSize;
            int nameLength = (_messages.Bytes[at] << 8) | _messages.Bytes[at + 1];
            return StoredText.NameMatches(
                filter, offset, length, _messages, message, LengthBytes, nameLength);
        }

        private bool IsCrowded(int bucket)
        {
            int length = 0;
            int place = _bucket[bucket] - 1;
            while (place != None)
            {
                length++;
                place = _nextInBucket[place] - 1;
            }

            return length >= Hashing.MaxChain;
        }

        private int SignatureOf(int count)
        {
            int signature = count << CountShift;
            for (int level = 0; level < SignedLevels && level < count; level++)
            {
                signature |= PieceOf(level) << (8 * level);
            }

            return signature;
        }

        private int PieceOf(int level)
        {
            return ((_levels.Sum[level + 1] - _levels.Sum[level]) >> 8) & LevelBits;
        }
    }
}
