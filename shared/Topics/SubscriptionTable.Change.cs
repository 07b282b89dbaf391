using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    public sealed partial class SubscriptionTable
    {
        /// <summary>
        /// Most filters in a bucket that a filter under a prefix may join: it leaves room for the
        /// few others that come there by chance.
        /// </summary>
        private const int MaxCovered = 12;

        /// <summary>
        /// Makes a subscription or replaces the options of an existing one; either way it becomes
        /// the first of its subscriber.
        /// </summary>
        /// <param name="subscriber">Whose subscription.</param>
        /// <param name="buffer">Where the checked Topic Filter stands.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="options">Granted QoS and option bits, see SubscriptionOptions.</param>
        /// <returns>Added, Replaced, Full or Crowded.</returns>
        public int Subscribe(int subscriber, byte[] buffer, int offset, int length, byte options)
        {
            if (!Levels.Split(buffer, offset, length))
            {
                return Full;
            }

            int[] records = _records;
            int filter = FindFilter(buffer, offset, length);
            int s = filter == None ? None : FindPair(records[filter * Stride + Text], subscriber);
            if (s != None)
            {
                int at = s * Stride + Traits;
                records[at] = (records[at] & ~OptionBits) | (options & OptionBits);
                UnlinkFromOwner(s);
                LinkToOwner(s, subscriber);
                Generation++;
                Last = s;
                return Replaced;
            }

            if (!_places.MayTake(subscriber, 1)
                || !_blocks.MayTake(subscriber, _texts.BlocksFor(length)))
            {
                return Full;
            }

            return Add(subscriber, filter, buffer, offset, length, options & OptionBits);
        }

        /// <summary>Ends one subscription.</summary>
        /// <returns>False when there was none with exactly this filter.</returns>
        public bool Unsubscribe(int subscriber, byte[] buffer, int offset, int length)
        {
            int s = Find(subscriber, buffer, offset, length);
            if (s == None)
            {
                return false;
            }

            Remove(s);
            Last = s;
            return true;
        }

        /// <summary>Ends all subscriptions of a subscriber.</summary>
        public void RemoveAll(int subscriber)
        {
            int s = FirstOf(subscriber);
            while (s != None)
            {
                int next = NextOf(s);
                Remove(s);
                s = next;
            }
        }

        private int Add(int subscriber, int filter, byte[] buffer, int offset, int length,
            int options)
        {
            int[] records = _records;
            bool isNew = filter == None;
            int shape = isNew ? _shapes.Place() : ShapeOf(filter);
            int key = _shapes.KeyOf(shape, Levels);
            int most = _shapes.IsOwn(shape) ? Hashing.MaxChain : MaxCovered;
            if (isNew && LengthOf(_filterBucket, key, NextFilter) >= most)
            {
                return Crowded;
            }

            int text = isNew
                ? _texts.Store(buffer, offset, length)
                : records[filter * Stride + Text];
            if (text == BlockPool.None)
            {
                return Full;
            }

            int pairKey = PairKey(text, subscriber);
            if (LengthOf(_pairBucket, pairKey, NextPair) >= Hashing.MaxChain)
            {
                if (isNew)
                {
                    _texts.Free(text);
                }

                return Crowded;
            }

            int s = _freed;
            if (s == None)
            {
                s = _untouched++;
            }
            else
            {
                _freed = records[s * Stride + NextOfFilter];
            }

            int record = s * Stride;
            records[record + Key] = key;
            records[record + Text] = text;
            records[record + Owner] = subscriber;
            records[record + Traits] =
                (length << LengthShift) | (shape << ShapeShift) | options;
            if (isNew)
            {
                LinkFilter(s);
            }
            else
            {
                LinkToFilter(s, filter);
            }

            LinkPair(s);
            LinkToOwner(s, subscriber);
            _places.Take(subscriber, 1);
            _blocks.Take(subscriber, _texts.BlocksFor(length));
            Count++;
            Generation++;
            Last = s;
            return Added;
        }

        private void Remove(int s)
        {
            int[] records = _records;
            int record = s * Stride;
            int subscriber = records[record + Owner];
            int next = records[record + NextOfFilter];
            int previous = records[record + PreviousOfFilter];
            if (next != None)
            {
                records[next * Stride + PreviousOfFilter] = previous;
            }

            if (previous != None)
            {
                records[previous * Stride + NextOfFilter] = next;
            }
            else
            {
                ReplaceFilter(s, next);
            }

            UnlinkPair(s);
            UnlinkFromOwner(s);
            int length = (records[record + Traits] >> LengthShift) & LengthBits;
            _places.Return(subscriber, 1);
            _blocks.Return(subscriber, _texts.BlocksFor(length));
            records[record + NextOfFilter] = _freed;
            _freed = s;
            Count--;
            Generation++;
        }

        private int LengthOf(int[] bucket, int key, int nextField)
        {
            int length = 0;
            int s = bucket[Hashing.Index(key, _bucketMask)] - 1;
            while (s != None)
            {
                length++;
                s = _records[s * Stride + nextField];
            }

            return length;
        }
    }
}
