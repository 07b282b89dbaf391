using EdgeBroker.Codec;

namespace EdgeBroker.Topics
{
    public sealed partial class SubscriptionTable
    {
        private static readonly byte[] _wildcards = { (byte)'+', (byte)'#' };

        private readonly int[] _pendingNode;
        private readonly int[] _pendingLevel;
        private readonly int[] _matchOfSubscriber;
        private readonly int[] _resultOfSubscriber;
        private readonly int _singleLevelHash;
        private readonly int _multiLevelHash;
        private int _match;
        private int[] _resultSubscribers;
        private byte[] _resultOptions;
        private int _resultCount;

        /// <summary>
        /// Finds the subscribers of a checked Topic Name, each once: with the highest QoS of its
        /// matching subscriptions [MQTT-3.3.4-2], No Local only if all of them ask for it.
        /// </summary>
        /// <param name="buffer">Where the Topic Name stands.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="subscribers">Takes the subscribers.</param>
        /// <param name="options">Takes their options.</param>
        /// <param name="at">Where in both arrays the results begin.</param>
        /// <returns>The number of subscribers, or Full when the arrays are too short.</returns>
        public int Match(byte[] buffer, int offset, int length,
            int[] subscribers, byte[] options, int at)
        {
            TopicLevels levels = _levels;
            if (!levels.Split(buffer, offset, length))
            {
                return 0;
            }

            _resultSubscribers = subscribers;
            _resultOptions = options;
            _resultCount = at;
            _match++;
            bool isDollar = buffer[offset] == '$';
            TopicTree tree = _tree;
            int[] pendingNode = _pendingNode;
            int[] pendingLevel = _pendingLevel;
            pendingNode[0] = TopicTree.Root;
            pendingLevel[0] = 0;
            int pending = 1;
            while (pending > 0)
            {
                pending--;
                int node = pendingNode[pending];
                int level = pendingLevel[pending];
                if (tree.FirstChild[node] != None && (level > 0 || !isDollar)) // [MQTT-4.7.2-1]
                {
                    int child = tree.Child(node, _wildcards, 1, 1, _multiLevelHash);
                    if (child != TopicTree.None && !Collect(child))
                    {
                        return Full;
                    }

                    child = level == levels.Count
                        ? TopicTree.None
                        : tree.Child(node, _wildcards, 0, 1, _singleLevelHash);
                    if (child != TopicTree.None)
                    {
                        pendingNode[pending] = child;
                        pendingLevel[pending++] = level + 1;
                    }
                }

                if (level == levels.Count)
                {
                    if (!Collect(node))
                    {
                        return Full;
                    }
                }
                else
                {
                    int child = tree.Child(node, buffer, levels.Start[level],
                        levels.Length[level], levels.Hash[level]);
                    if (child != TopicTree.None)
                    {
                        pendingNode[pending] = child;
                        pendingLevel[pending++] = level + 1;
                    }
                }
            }

            return _resultCount - at;
        }

        private bool Collect(int node)
        {
            int[] subscribers = _resultSubscribers;
            byte[] results = _resultOptions;
            for (int s = _tree.Value[node]; s != None; s = _nextOfNode[s])
            {
                int subscriber = _subscriber[s];
                byte options = _options[s];
                if (_matchOfSubscriber[subscriber] == _match)
                {
                    int at = _resultOfSubscriber[subscriber];
                    results[at] = Merge(results[at], options);
                    continue;
                }

                if (_resultCount == subscribers.Length)
                {
                    return false;
                }

                _matchOfSubscriber[subscriber] = _match;
                _resultOfSubscriber[subscriber] = _resultCount;
                subscribers[_resultCount] = subscriber;
                results[_resultCount++] = options;
            }

            return true;
        }

        private static byte Merge(byte a, byte b)
        {
            int qosA = a & SubscriptionOptions.QosMask;
            int qosB = b & SubscriptionOptions.QosMask;
            int retain = (a | b) & SubscriptionOptions.RetainAsPublished;
            int noLocal = a & b & SubscriptionOptions.NoLocal;
            return (byte)((qosA > qosB ? qosA : qosB) | retain | noLocal);
        }
    }
}
