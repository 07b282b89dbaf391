using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    public sealed partial class RouteCache
    {
        /// <summary>
        /// One name in so many is remembered at once, lest two whose hashes share a place in _seen
        /// keep each other out for ever.
        /// </summary>
        private const int AlwaysOneIn = 16;

        // Routes come and go in one order: entry n & _mask belongs to the route of number n, and
        // those from _oldest on are there. Their results follow one another in the same order.
        // So what is older than _oldest is gone without being taken out of any list.
        private readonly int _mask;
        private readonly int[] _newest;
        private readonly int[] _older;
        private readonly int[] _seen;
        private int _oldest;
        private int _live;
        private int _used;

        private void Empty()
        {
            _oldest += _live;
            _live = 0;
            _used = 0;
        }

        private int Find(int hash, byte[] buffer, int offset, int length)
        {
            // Zero is the empty bucket, so that fresh arrays need no filling.
            int number = _newest[Hashing.Index(hash, _mask)] - 1;
            int age = number - _oldest;
            while (age >= 0 && age < _live)
            {
                int entry = number & _mask;
                if (_hash[entry] == hash && _textLength[entry] == length
                    && IsText(entry, buffer, offset, length))
                {
                    return entry;
                }

                number = _older[entry] - 1;
                age = number - _oldest;
            }

            return None;
        }

        /// <summary>
        /// Whether to remember a route: not at once when others must go for it, as topics that
        /// never come again would drive out those that do.
        /// </summary>
        private bool IsWorthIt(int hash, int count)
        {
            if (count > _results)
            {
                return false;
            }

            bool wraps = _used + count > _results;
            bool isFree = _live <= _mask && !(wraps
                ? IsOldestIn(_used, _results + 1) || IsOldestIn(0, count)
                : IsOldestIn(_used, _used + count));
            int index = Hashing.Index(hash, _mask);
            if (isFree || _seen[index] == hash || (Matches & (AlwaysOneIn - 1)) == 0)
            {
                return !IsCrowded(index);
            }

            _seen[index] = hash;
            return false;
        }

        private bool IsCrowded(int index)
        {
            int length = 0;
            int number = _newest[index] - 1;
            while (number - _oldest >= 0 && number - _oldest < _live)
            {
                length++;
                number = _older[number & _mask] - 1;
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
            int index = Hashing.Index(hash, _mask);
            _hash[entry] = hash;
            _older[entry] = _newest[index];
            _newest[index] = number + 1;
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
