using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    public sealed partial class RouteCache
    {
        /// <summary>
        /// Routes are driven out for one new name in so many only. Names that come again and again
        /// get in soon; topics that never come again, or more of them in turn than there is room
        /// for, do not drive out everything all the time.
        /// </summary>
        private const int DrivesOutOneIn = 16;

        /// <summary>Numbers that a link takes.</summary>
        public const int LinkStride = 3;

        // Routes come and go in one order: entry n & _mask belongs to the route of number n, and
        // those from _oldest on are there. Their results follow one another in the same order.
        // So what is older than _oldest is gone without being taken out of any list.
        private readonly int _mask;

        // The number of the newest route of each bucket. Numbers stand here one too high: zero is
        // none, so that fresh arrays need no filling.
        private readonly int[] _bucket;

        // Of an entry: the number of the next older route of its bucket, its hash, and the route
        // that came after it last time: sensors publish their topics in turn.
        private const int Older = 0;
        private const int Hash = 1;
        private const int Following = 2;
        private readonly int[] _links;
        private int _oldest;
        private int _live;
        private int _used;
        private int _dice;

        private void Empty()
        {
            _oldest += _live;
            _live = 0;
            _used = 0;
        }

        private int Find(int hash, byte[] buffer, int offset, int length)
        {
            int[] links = _links;
            int number = _bucket[Hashing.Index(hash, _mask)] - 1;
            int age = number - _oldest;
            while (age >= 0 && age < _live)
            {
                int entry = number & _mask;
                if (links[entry * LinkStride + Hash] == hash && _textLength[entry] == length
                    && IsText(entry, buffer, offset, length))
                {
                    return entry;
                }

                number = links[entry * LinkStride + Older] - 1;
                age = number - _oldest;
            }

            return None;
        }

        /// <summary>Whether to remember a route, which may drive out others.</summary>
        private bool IsWorthIt(int hash, int count)
        {
            if (count > _results)
            {
                return false;
            }

            bool isFree = _live <= _mask && !(_used + count > _results
                ? IsOldestIn(_used, _results + 1) || IsOldestIn(0, count)
                : IsOldestIn(_used, _used + count));
            if (!isFree)
            {
                // By chance: what recurs in step with a counter would never get in.
                _dice = _dice * 1103515245 + 12345;
                if (((_dice >> 16) & (DrivesOutOneIn - 1)) != 0)
                {
                    return false;
                }
            }

            return !IsCrowded(Hashing.Index(hash, _mask));
        }

        private bool IsCrowded(int bucket)
        {
            int length = 0;
            int number = _bucket[bucket] - 1;
            while (number - _oldest >= 0 && number - _oldest < _live)
            {
                length++;
                number = _links[(number & _mask) * LinkStride + Older] - 1;
            }

            return length >= Hashing.MaxChain;
        }

        /// <summary>Makes room for a route and its results, which drives out the oldest.</summary>
        private int Append(int hash, int count)
        {
            if (_live > _mask)
            {
                DropOldest();
            }

            if (_used + count > _results)
            {
                while (IsOldestIn(_used, _results + 1))
                {
                    DropOldest();
                }

                _used = 0;
            }

            while (IsOldestIn(_used, _used + count))
            {
                DropOldest();
            }

            int number = _oldest + _live++;
            int entry = number & _mask;
            int bucket = Hashing.Index(hash, _mask);
            _links[entry * LinkStride + Hash] = hash;
            _links[entry * LinkStride + Older] = _bucket[bucket];
            _bucket[bucket] = number + 1;
            First[entry] = _used;
            Count[entry] = count;
            _used += count;
            return entry;
        }

        private bool IsOldestIn(int from, int end)
        {
            int first = First[_oldest & _mask];
            return _live > 0 && first >= from && first < end;
        }

        private void DropOldest()
        {
            _oldest++;
            _live--;
        }
    }
}
