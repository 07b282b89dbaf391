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

        /// <summary>Adds a subscription or replaces its options.</summary>
        public void Set(int subscriber, byte[] filter, byte options)
        {
            int i = Find(subscriber, filter);
            i = i < 0 ? Count++ : i;
            _subscriber[i] = subscriber;
            _filter[i] = filter;
            _options[i] = options;
        }

        /// <summary>Takes out the subscription at a place; -1 does nothing.</summary>
        public void Remove(int i)
        {
            if (i >= 0)
            {
                Count--;
                _subscriber[i] = _subscriber[Count];
                _filter[i] = _filter[Count];
                _options[i] = _options[Count];
            }
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
    }
}
