using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// A tree of Topic Levels in parallel arrays. A child is found by hash, so the cost of a step
    /// does not grow with the number of its siblings. Each node carries one value of its owner.
    /// </summary>
    public sealed partial class TopicTree
    {
        /// <summary>No node, and the value of a node that carries none.</summary>
        public const int None = -1;

        /// <summary>The node above all first levels.</summary>
        public const int Root = 0;

        /// <summary>The owner's value of each node, or None.</summary>
        public readonly int[] Value;

        /// <summary>The node above each node.</summary>
        public readonly int[] Parent;

        /// <summary>One of each node's children, or None.</summary>
        public readonly int[] FirstChild;

        /// <summary>The next child of the same parent, or None.</summary>
        public readonly int[] NextSibling;

        /// <summary>Nodes in use, without the root.</summary>
        public int Count;

        private readonly int[] _previousSibling;
        private readonly int[] _nextInBucket;
        private readonly int[] _bucket;
        private readonly int[] _text;
        private readonly byte[] _end = new byte[1];
        private readonly BlockPool _texts;
        private readonly int _bucketMask;
        private readonly int _seed;
        private int _freed;
        private int _untouched;

        /// <param name="maxNodes">Most nodes, without the root.</param>
        /// <param name="seed">Start of the levels' hashes, that of TopicLevels.</param>
        /// <param name="texts">Where the bytes of the levels are kept; may be shared.</param>
        public TopicTree(int maxNodes, int seed, BlockPool texts)
        {
            int nodes = maxNodes + 1;
            int buckets = Hashing.Buckets(nodes / 2);
            Value = new int[nodes];
            Parent = new int[nodes];
            FirstChild = new int[nodes];
            NextSibling = new int[nodes];
            _previousSibling = new int[nodes];
            _nextInBucket = new int[nodes];
            _text = new int[nodes];
            _bucket = new int[buckets];
            _bucketMask = buckets - 1;
            _seed = seed;
            _texts = texts;
            _freed = None;
            _untouched = 1;
            Value[Root] = None;
            Parent[Root] = None;
            FirstChild[Root] = None;
            NextSibling[Root] = None;
        }

        /// <summary>Finds the child of a node that stands for a level.</summary>
        /// <returns>The child, or None.</returns>
        public int Child(int parent, byte[] buffer, int offset, int length, int levelHash)
        {
            // Zero is the empty bucket, so that fresh arrays need no filling.
            int hash = levelHash ^ (parent * -1640531527);
            int node = _bucket[(hash ^ (hash >> 15)) & _bucketMask] - 1;
            while (node >= 0)
            {
                if (Parent[node] == parent && IsText(_text[node], buffer, offset, length))
                {
                    return node;
                }

                node = _nextInBucket[node] - 1;
            }

            return None;
        }

        /// <summary>Adds a child that is not there yet.</summary>
        /// <returns>The new node, or None when nodes or text blocks have run out.</returns>
        public int AddChild(int parent, byte[] buffer, int offset, int length, int levelHash)
        {
            bool isFull = _freed == None && _untouched == Value.Length;
            int text = isFull ? BlockPool.None : _texts.Begin(length + 1);
            if (text == BlockPool.None)
            {
                return None;
            }

            // A level has no U+0000 [MQTT-4.7.3-2], so one ends it and no length need be kept.
            _texts.Append(buffer, offset, length);
            _texts.Append(_end, 0, 1);

            int node = _freed;
            if (node == None)
            {
                node = _untouched++;
            }
            else
            {
                _freed = NextSibling[node];
            }

            int hash = levelHash ^ (parent * -1640531527);
            int bucket = (hash ^ (hash >> 15)) & _bucketMask;
            Value[node] = None;
            Parent[node] = parent;
            FirstChild[node] = None;
            _text[node] = text;
            _nextInBucket[node] = _bucket[bucket];
            _bucket[bucket] = node + 1;

            int sibling = FirstChild[parent];
            NextSibling[node] = sibling;
            _previousSibling[node] = None;
            if (sibling != None)
            {
                _previousSibling[sibling] = node;
            }

            FirstChild[parent] = node;
            Count++;
            return node;
        }

        /// <summary>Finds the node of a whole name or filter.</summary>
        /// <returns>The node, or None.</returns>
        public int Find(byte[] buffer, TopicLevels levels)
        {
            int node = Root;
            for (int i = 0; i < levels.Count && node != None; i++)
            {
                node = Child(node, buffer, levels.Start[i], levels.Length[i], levels.Hash[i]);
            }

            return node;
        }

        /// <summary>Finds the node of a whole name or filter, adding what is missing.</summary>
        /// <returns>The node, or None when there is no room; nothing is left behind then.</returns>
        public int FindOrAdd(byte[] buffer, TopicLevels levels)
        {
            int node = Root;
            for (int i = 0; i < levels.Count; i++)
            {
                int start = levels.Start[i];
                int length = levels.Length[i];
                int hash = levels.Hash[i];
                int child = Child(node, buffer, start, length, hash);
                if (child == None)
                {
                    child = AddChild(node, buffer, start, length, hash);
                    if (child == None)
                    {
                        Prune(node);
                        return None;
                    }
                }

                node = child;
            }

            return node;
        }
    }
}
