using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>The simplest subscription table there is, for comparison.</summary>
    public sealed class SubscriptionList
    {
        /// <summary>Subscriptions in the list.</summary>
        public int Count;

        private readonly int[] _subscriber;
        private readonly byte[][] _filter;
        private readonly byte[] _options;

        /// <param name="size">Most subscriptions.</param>
        public SubscriptionList(int size)
        {
            _subscriber = new int[size];
            _filter = new byte[size][];
            _options = new byte[size];
        }

        /// <summary>Where a subscription stands, or -1.</summary>
        public int Find(int subscriber, byte[] filter)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_subscriber[i] == subscriber && Text.Of(_filter[i]) == Text.Of(filter))
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Adds a subscription, or puts it at the end with new options.</summary>
        public void Set(int subscriber, byte[] filter, byte options)
        {
            Remove(Find(subscriber, filter));
            _subscriber[Count] = subscriber;
            _filter[Count] = filter;
            _options[Count++] = options;
        }

        /// <summary>Takes out the subscription at a place; -1 does nothing.</summary>
        public void Remove(int i)
        {
            if (i >= 0)
            {
                Count--;
                for (; i < Count; i++)
                {
                    _subscriber[i] = _subscriber[i + 1];
                    _filter[i] = _filter[i + 1];
                    _options[i] = _options[i + 1];
                }
            }
        }

        /// <summary>The newest subscription of a subscriber below a place, or -1.</summary>
        public int Newest(int subscriber, int below)
        {
            do
            {
                below--;
            }
            while (below >= 0 && _subscriber[below] != subscriber);

            return below;
        }

        /// <summary>The filter of a subscription.</summary>
        public byte[] FilterAt(int i)
        {
            return _filter[i];
        }

        /// <summary>The options of a subscription.</summary>
        public byte OptionsAt(int i)
        {
            return _options[i];
        }

        /// <summary>
        /// Whether a subscriber may have some more by the rule of fair shares, worked out anew.
        /// </summary>
        /// <param name="subscriber">Who asks.</param>
        /// <param name="length">The new filter's length; it takes blocks.</param>
        /// <param name="blockSize">Bytes of a block; 0 to count subscriptions.</param>
        /// <param name="total">What there is.</param>
        /// <param name="subscribers">Who shares it.</param>
        public bool IsFair(int subscriber, int length, int blockSize, int total, int subscribers)
        {
            int guarantee = total / (2 * subscribers);
            int amount = Cost(length, blockSize);
            int free = total;
            int unclaimed = 0;
            int own = 0;
            for (int holder = 0; holder < subscribers; holder++)
            {
                int held = 0;
                for (int i = 0; i < Count; i++)
                {
                    held += _subscriber[i] == holder ? Cost(_filter[i].Length, blockSize) : 0;
                }

                free -= held;
                own = holder == subscriber ? held : own;
                unclaimed += holder == subscriber || held > guarantee ? 0 : guarantee - held;
            }

            return own + amount <= guarantee || free - amount >= unclaimed;
        }

        /// <summary>Takes out all subscriptions of one subscriber.</summary>
        public void RemoveAll(int subscriber)
        {
            for (int i = Count - 1; i >= 0; i--)
            {
                if (_subscriber[i] == subscriber)
                {
                    Remove(i);
                }
            }
        }

        /// <summary>
        /// The merged options of a subscriber for a name; -1 when nothing matches.
        /// </summary>
        public int OptionsFor(int subscriber, byte[] name)
        {
            int qos = -1;
            int any = 0;
            int all = 0xFF;
            for (int i = 0; i < Count; i++)
            {
                byte[] filter = _filter[i];
                if (_subscriber[i] == subscriber && TopicFilter.Matches(
                    filter, 0, filter.Length, name, 0, name.Length))
                {
                    int options = _options[i];
                    int own = options & SubscriptionOptions.QosMask;
                    qos = own > qos ? own : qos;
                    any |= options & SubscriptionOptions.RetainAsPublished;
                    all &= options & SubscriptionOptions.NoLocal;
                }
            }

            return qos < 0 ? -1 : qos | any | all;
        }

        private static int Cost(int length, int blockSize)
        {
            return blockSize == 0 ? 1 : (length + blockSize - 1) / blockSize;
        }
    }
}
