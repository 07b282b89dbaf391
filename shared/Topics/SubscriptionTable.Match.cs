using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    public sealed partial class SubscriptionTable
    {
        /// <summary>
        /// Numbers that matching takes for each subscriber: the last match that it was in, and
        /// where its result stands.
        /// </summary>
        public const int ResultStride = 2;

        private readonly int[] _results;

        // What the look-ups of one match found: keys, and where their buckets begin.
        private readonly int[] _foundKey;
        private readonly int[] _foundFirst;
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
            return Levels.Split(buffer, offset, length)
                ? MatchCut(buffer, offset, length, subscribers, options, at)
                : 0;
        }

        /// <summary>Match for a Topic Name that Levels has cut.</summary>
        public int MatchCut(byte[] buffer, int offset, int length,
            int[] subscribers, byte[] options, int at)
        {
            _resultSubscribers = subscribers;
            _resultOptions = options;
            _resultCount = at;
            _match++;
            if (Numbers != null)
            {
                Numbers.Further = 0;
            }

            int found = LookUp();
            int[] records = _records;
            for (int i = 0; i < found; i++)
            {
                // Equal keys prove nothing, and wildcards in front of "$" match nothing: the text
                // decides.
                int key = _foundKey[i];
                int s = _foundFirst[i];
                while (s != None)
                {
                    int record = s * Stride;
                    if (records[record + Key] == key
                        && StoredText.FilterMatches(_texts, records[record + Text],
                            (records[record + Traits] >> LengthShift) & LengthBits,
                            buffer, offset, length)
                        && !Collect(s))
                    {
                        return Full;
                    }

                    s = records[record + NextFilter];
                }
            }

            return _resultCount - at;
        }

        /// <summary>
        /// Looks up the name under every shape that it fits. Apart from the comparisons, so that a
        /// PC waits for the memory of all buckets at once.
        /// </summary>
        private int LookUp()
        {
            int[] shapes = _shapes.Records;
            int[] used = _shapes.Used;
            int levels = Levels.Count;
            int found = 0;
            for (int i = _shapes.UsedCount - 1; i >= 0; i--)
            {
                int shape = used[i];
                int ofShape = shape * FilterShapes.Stride;
                if (shape != FilterShapes.Exact
                    && (levels < shapes[ofShape + FilterShapes.Depth]
                        || levels > shapes[ofShape + FilterShapes.MostLevels]))
                {
                    continue;
                }

                int key = _shapes.KeyOf(shape, Levels);
                _foundKey[found] = key;
                _foundFirst[found++] = _filterBucket[Hashing.Index(key, _bucketMask)] - 1;
            }

            return found;
        }

        private bool Collect(int s)
        {
            int[] records = _records;
            int[] results = _results;
            int[] subscribers = _resultSubscribers;
            byte[] merged = _resultOptions;
            SubscriptionNumbers numbers = Numbers;
            while (s != None)
            {
                int record = s * Stride;
                int subscriber = records[record + Owner];
                int options = records[record + Traits] & OptionBits;
                int result = subscriber * ResultStride;
                if (results[result] == _match)
                {
                    int at = results[result + 1];
                    merged[at] = Merge(merged[at], options);
                    numbers?.Join(at, numbers.Of[s]);
                }
                else
                {
                    if (_resultCount == subscribers.Length)
                    {
                        return false;
                    }

                    results[result] = _match;
                    results[result + 1] = _resultCount;
                    if (numbers != null)
                    {
                        numbers.Found[_resultCount] = numbers.Of[s];
                    }

                    subscribers[_resultCount] = subscriber;
                    merged[_resultCount++] = (byte)options;
                }

                s = records[record + NextOfFilter];
            }

            return true;
        }

        private static byte Merge(int a, int b)
        {
            int qosA = a & SubscriptionOptions.QosMask;
            int qosB = b & SubscriptionOptions.QosMask;
            int retain = (a | b) & SubscriptionOptions.RetainAsPublished;
            int noLocal = a & b & SubscriptionOptions.NoLocal;
            if (retain != 0 && !KeepsOwn(a) && !KeepsOwn(b))
            {
                retain |= SubscriptionOptions.RetainOfOthers; // [MQTT-3.3.1-12]
            }

            return (byte)((qosA > qosB ? qosA : qosB) | retain | noLocal);
        }

        private static bool KeepsOwn(int options)
        {
            const int Mask = SubscriptionOptions.RetainAsPublished | SubscriptionOptions.NoLocal
                | SubscriptionOptions.RetainOfOthers;
            return (options & Mask) == SubscriptionOptions.RetainAsPublished;
        }
    }
}
