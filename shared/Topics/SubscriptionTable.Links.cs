using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    public sealed partial class SubscriptionTable
    {
        private int ShapeOf(int s)
        {
            return (_records[s * Stride + Traits] >> ShapeShift) & ShapeBits;
        }

        private int Find(int subscriber, byte[] buffer, int offset, int length)
        {
            int filter = Levels.Split(buffer, offset, length)
                ? FindFilter(buffer, offset, length)
                : None;
            return filter == None ? None : FindPair(_records[filter * Stride + Text], subscriber);
        }

        /// <summary>The first subscription of the filter that Levels has cut.</summary>
        private int FindFilter(byte[] buffer, int offset, int length)
        {
            _shapes.Read(buffer, Levels);
            int shape = _shapes.Find();
            int filter = shape == FilterShapes.None
                ? None
                : FindFilter(shape, buffer, offset, length);

            // When it came, there may have been no room for its shape.
            return filter != None || shape == FilterShapes.Exact
                ? filter
                : FindFilter(_shapes.Cover(), buffer, offset, length);
        }

        private int FindFilter(int shape, byte[] buffer, int offset, int length)
        {
            int[] records = _records;
            int key = _shapes.KeyOf(shape, Levels);
            int s = _filterBucket[Hashing.Index(key, _bucketMask)] - 1;
            while (s != None)
            {
                int record = s * Stride;
                if (records[record + Key] == key
                    && ((records[record + Traits] >> LengthShift) & LengthBits) == length
                    && _texts.StartsWith(records[record + Text], buffer, offset, length))
                {
                    return s;
                }

                s = records[record + NextFilter];
            }

            return None;
        }

        private void LinkFilter(int s)
        {
            int[] records = _records;
            int record = s * Stride;
            int bucket = Hashing.Index(records[record + Key], _bucketMask);
            records[record + NextFilter] = _filterBucket[bucket] - 1;
            records[record + NextOfFilter] = None;
            records[record + PreviousOfFilter] = None;
            _filterBucket[bucket] = s + 1;
            _shapes.Add(ShapeOf(s));
            if (_texts.Bytes[records[record + Text] * _texts.BlockSize] == '$')
            {
                _dollarFilters++;
            }
        }

        private void LinkToFilter(int s, int filter)
        {
            int[] records = _records;
            int next = records[filter * Stride + NextOfFilter];
            records[filter * Stride + NextOfFilter] = s;
            records[s * Stride + NextOfFilter] = next;
            records[s * Stride + PreviousOfFilter] = filter;
            if (next != None)
            {
                records[next * Stride + PreviousOfFilter] = s;
            }
        }

        /// <summary>
        /// Lets the next subscription of a filter stand for it; without one the filter ends.
        /// </summary>
        private void ReplaceFilter(int s, int next)
        {
            int[] records = _records;
            int record = s * Stride;
            int following = records[record + NextFilter];
            int successor = following;
            if (next != None)
            {
                records[next * Stride + NextFilter] = following;
                successor = next;
            }
            else
            {
                if (_texts.Bytes[records[record + Text] * _texts.BlockSize] == '$')
                {
                    _dollarFilters--;
                }

                _shapes.Remove(ShapeOf(s));
                _texts.Free(records[record + Text]);
            }

            Replace(_filterBucket, records[record + Key], NextFilter, s, successor);
        }

        private int PairKey(int text, int subscriber)
        {
            return Levels.Seed + text * -1640531527 + subscriber * 668265263;
        }

        private int FindPair(int text, int subscriber)
        {
            int[] records = _records;
            int s = _pairBucket[Hashing.Index(PairKey(text, subscriber), _bucketMask)] - 1;
            while (s != None && (records[s * Stride + Text] != text
                || records[s * Stride + Owner] != subscriber))
            {
                s = records[s * Stride + NextPair];
            }

            return s;
        }

        private void LinkPair(int s)
        {
            int record = s * Stride;
            int key = PairKey(_records[record + Text], _records[record + Owner]);
            int bucket = Hashing.Index(key, _bucketMask);
            _records[record + NextPair] = _pairBucket[bucket] - 1;
            _pairBucket[bucket] = s + 1;
        }

        private void UnlinkPair(int s)
        {
            int record = s * Stride;
            int key = PairKey(_records[record + Text], _records[record + Owner]);
            Replace(_pairBucket, key, NextPair, s, _records[record + NextPair]);
        }

        /// <summary>Puts another subscription, or None, in the place of one in a bucket.</summary>
        private void Replace(int[] bucket, int key, int nextField, int s, int other)
        {
            int index = Hashing.Index(key, _bucketMask);
            int at = bucket[index] - 1;
            if (at == s)
            {
                bucket[index] = other + 1;
                return;
            }

            while (_records[at * Stride + nextField] != s)
            {
                at = _records[at * Stride + nextField];
            }

            _records[at * Stride + nextField] = other;
        }

        private void LinkToOwner(int s, int subscriber)
        {
            int next = _firstOfOwner[subscriber] - 1;
            _records[s * Stride + NextOfOwner] = next;
            _records[s * Stride + PreviousOfOwner] = None;
            if (next != None)
            {
                _records[next * Stride + PreviousOfOwner] = s;
            }

            _firstOfOwner[subscriber] = s + 1;
        }

        private void UnlinkFromOwner(int s)
        {
            int next = _records[s * Stride + NextOfOwner];
            int previous = _records[s * Stride + PreviousOfOwner];
            if (next != None)
            {
                _records[next * Stride + PreviousOfOwner] = previous;
            }

            if (previous != None)
            {
                _records[previous * Stride + NextOfOwner] = next;
            }
            else
            {
                _firstOfOwner[_records[s * Stride + Owner]] = next + 1;
            }
        }
    }
}
