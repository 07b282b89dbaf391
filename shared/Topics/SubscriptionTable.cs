using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Who subscribed to what. Subscribers are small numbers of the caller's; filters are checked
    /// by the caller. The cost of a match grows with the levels of the name and with what matches,
    /// not with unrelated subscriptions.
    /// </summary>
    public sealed partial class SubscriptionTable
    {
        /// <summary>Subscribe replaced the options of an existing subscription.</summary>
        public const int Replaced = 0;

        /// <summary>Subscribe made a new subscription.</summary>
        public const int Added = 1;

        /// <summary>Subscribe found no room; nothing has changed.</summary>
        public const int Full = -1;

        private const int None = -1;

        /// <summary>Subscriptions there are now.</summary>
        public int Count;

        /// <summary>
        /// Grows with every change; a match is good as long as it stays the same.
        /// </summary>
        public int Generation;

        private readonly TopicTree _tree;
        private readonly TopicLevels _levels;
        private readonly int[] _subscriber;
        private readonly int[] _node;
        private readonly byte[] _options;
        private readonly int[] _nextOfNode;
        private readonly int[] _previousOfNode;
        private readonly int[] _nextOfSubscriber;
        private readonly int[] _previousOfSubscriber;
        private readonly int[] _nextInBucket;
        private readonly int[] _bucket;
        private readonly int[] _firstOfSubscriber;
        private readonly int[] _countOfSubscriber;
        private readonly int _bucketMask;
        private int _freed;
        private int _untouched;

        /// <param name="maxSubscriptions">Most subscriptions of all subscribers.</param>
        /// <param name="maxSubscribers">Subscribers are numbered below this.</param>
        /// <param name="maxNodes">Most distinct Topic Levels in all filters.</param>
        /// <param name="levels">Scratch for cutting names and filters; may be shared.</param>
        /// <param name="texts">Where the levels' bytes are kept; may be shared.</param>
        public SubscriptionTable(int maxSubscriptions, int maxSubscribers, int maxNodes,
            TopicLevels levels, BlockPool texts)
        {
            int buckets = Hashing.Buckets(maxSubscriptions);
            _tree = new TopicTree(maxNodes, levels.Seed, texts);
            _levels = levels;
            _subscriber = new int[maxSubscriptions];
            _node = new int[maxSubscriptions];
            _options = new byte[maxSubscriptions];
            _nextOfNode = new int[maxSubscriptions];
            _previousOfNode = new int[maxSubscriptions];
            _nextOfSubscriber = new int[maxSubscriptions];
            _previousOfSubscriber = new int[maxSubscriptions];
            _nextInBucket = new int[maxSubscriptions];
            _bucket = new int[buckets];
            _bucketMask = buckets - 1;
            _firstOfSubscriber = new int[maxSubscribers];
            _countOfSubscriber = new int[maxSubscribers];
            _matchOfSubscriber = new int[maxSubscribers];
            _resultOfSubscriber = new int[maxSubscribers];
            _pendingNode = new int[levels.Start.Length + 2];
            _pendingLevel = new int[levels.Start.Length + 2];
            _singleLevelHash = levels.HashOf('+');
            _multiLevelHash = levels.HashOf('#');
            _freed = None;
        }

        /// <summary>Subscriptions that one subscriber has now.</summary>
        public int CountOf(int subscriber)
        {
            return _countOfSubscriber[subscriber];
        }

        /// <summary>Whether any filter starts with this level.</summary>
        public bool HasFirstLevel(byte[] buffer, int offset, int length)
        {
            return _levels.Split(buffer, offset, length)
                && _tree.Find(buffer, _levels) != TopicTree.None;
        }

        /// <summary>Whether a subscriber has this very filter.</summary>
        public bool Has(int subscriber, byte[] buffer, int offset, int length)
        {
            int node = _levels.Split(buffer, offset, length)
                ? _tree.Find(buffer, _levels)
                : TopicTree.None;
            return node != TopicTree.None && Lookup(node, subscriber) != None;
        }

        /// <summary>Makes a subscription or replaces the options of an existing one.</summary>
        /// <param name="subscriber">Whose subscription.</param>
        /// <param name="buffer">Where the checked Topic Filter stands.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="options">Granted QoS and option bits, see SubscriptionOptions.</param>
        /// <returns>Added, Replaced or Full.</returns>
        public int Subscribe(int subscriber, byte[] buffer, int offset, int length, byte options)
        {
            if (!_levels.Split(buffer, offset, length))
            {
                return Full;
            }

            int node = _tree.FindOrAdd(buffer, _levels);
            if (node == TopicTree.None)
            {
                return Full;
            }

            Generation++;
            int s = Lookup(node, subscriber);
            if (s != None)
            {
                _options[s] = options;
                return Replaced;
            }

            s = _freed;
            if (s != None)
            {
                _freed = _nextOfNode[s];
            }
            else if (_untouched < _subscriber.Length)
            {
                s = _untouched++;
            }
            else
            {
                _tree.Prune(node);
                return Full;
            }

            _subscriber[s] = subscriber;
            _node[s] = node;
            _options[s] = options;
            int bucket = Mix(node, subscriber) & _bucketMask;
            _nextInBucket[s] = _bucket[bucket];
            _bucket[bucket] = s + 1;

            int next = _tree.Value[node];
            _nextOfNode[s] = next;
            _previousOfNode[s] = None;
            if (next != None)
            {
                _previousOfNode[next] = s;
            }

            _tree.Value[node] = s;

            // Zero means none here, so that fresh arrays need no filling.
            next = _firstOfSubscriber[subscriber] - 1;
            _nextOfSubscriber[s] = next;
            _previousOfSubscriber[s] = None;
            if (next != None)
            {
                _previousOfSubscriber[next] = s;
            }

            _firstOfSubscriber[subscriber] = s + 1;
            _countOfSubscriber[subscriber]++;
            Count++;
            return Added;
        }

        /// <summary>Ends one subscription.</summary>
        /// <returns>False when there was none with exactly this filter.</returns>
        public bool Unsubscribe(int subscriber, byte[] buffer, int offset, int length)
        {
            int node = _levels.Split(buffer, offset, length)
                ? _tree.Find(buffer, _levels)
                : TopicTree.None;
            int s = node == TopicTree.None ? None : Lookup(node, subscriber);
            if (s == None)
            {
                return false;
            }

            Remove(s);
            return true;
        }

        /// <summary>Ends all subscriptions of a subscriber.</summary>
        public void RemoveAll(int subscriber)
        {
            int s = _firstOfSubscriber[subscriber] - 1;
            while (s != None)
            {
                int next = _nextOfSubscriber[s];
                Remove(s);
                s = next;
            }
        }
    }
}
