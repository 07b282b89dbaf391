using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Who subscribed to what. Subscribers are small numbers of the caller's; filters are checked
    /// by the caller. Filters are found by hash: a match asks once for each shape of filters there
    /// is (see FilterShapes), however many filters there are.
    /// </summary>
    public sealed partial class SubscriptionTable
    {
        /// <summary>Subscribe replaced the options of an existing subscription.</summary>
        public const int Replaced = 0;

        /// <summary>Subscribe made a new subscription.</summary>
        public const int Added = 1;

        /// <summary>
        /// Subscribe found no room, or none but what is kept for others; nothing has changed.
        /// </summary>
        public const int Full = -1;

        /// <summary>
        /// Subscribe found too many filters with hashes like this one's; nothing has changed.
        /// </summary>
        public const int Crowded = -2;

        /// <summary>Subscriptions there are now.</summary>
        public int Count;

        /// <summary>
        /// Grows with every change; a match is good as long as it stays the same.
        /// </summary>
        public int Generation;

        /// <summary>
        /// The subscription that Subscribe made or replaced, or that Unsubscribe ended, last. Its
        /// options can be asked for until the next change.
        /// </summary>
        public int Last;

        /// <summary>Subscribers are numbered below this.</summary>
        public readonly int MaxSubscribers;

        /// <summary>Subscription Identifiers; null where there are none.</summary>
        public SubscriptionNumbers Numbers;

        /// <summary>Cuts names and filters.</summary>
        public readonly TopicLevels Levels;

        /// <summary>Numbers that a subscription takes.</summary>
        public const int Stride = 10;

        private const int None = -1;

        // A record for each subscription: in one array, for a match touches most of it at once.
        // Key and NextFilter count in the first subscription of a filter only: it stands for the
        // filter, so there is no table of filters.
        private const int Key = 0;
        private const int NextFilter = 1;
        private const int Text = 2;
        private const int Traits = 3;
        private const int Owner = 4;
        private const int NextOfFilter = 5;
        private const int PreviousOfFilter = 6;
        private const int NextOfOwner = 7;
        private const int PreviousOfOwner = 8;
        private const int NextPair = 9;

        // In Traits: options with the mark, the filter's shape and the filter's length.
        private const int MarkBit = 0x80;
        private const int OptionBits = 0x7F;
        private const int ShapeShift = 8;
        private const int ShapeBits = 0xFF;
        private const int LengthShift = 16;
        private const int LengthBits = 0xFFFF;

        private readonly BlockPool _texts;
        private readonly FilterShapes _shapes;
        private readonly FairShare _places;
        private readonly FairShare _blocks;
        private readonly int[] _records;
        private readonly int[] _filterBucket;
        private readonly int[] _pairBucket;
        private readonly int[] _firstOfOwner;
        private readonly int _bucketMask;
        private int _dollarFilters;
        private int _freed;
        private int _untouched;

        /// <param name="maxSubscriptions">Most subscriptions of all subscribers.</param>
        /// <param name="maxSubscribers">Subscribers are numbered below this.</param>
        /// <param name="sharers">Subscribers that there are at once, who share the table.</param>
        /// <param name="maxShapes">Most shapes of filters, see FilterShapes.</param>
        /// <param name="levels">Scratch for cutting names and filters; may be shared.</param>
        /// <param name="texts">Where the filters are kept; nobody else uses it.</param>
        public SubscriptionTable(int maxSubscriptions, int maxSubscribers, int sharers,
            int maxShapes, TopicLevels levels, BlockPool texts)
        {
            int buckets = Hashing.Buckets(maxSubscriptions / 2);
            MaxSubscribers = maxSubscribers;
            Levels = levels;
            _texts = texts;
            _shapes = new FilterShapes(maxShapes);
            _places = new FairShare(maxSubscriptions, sharers, maxSubscribers);
            _blocks = new FairShare(texts.BlockCount, sharers, maxSubscribers);
            _records = new int[maxSubscriptions * Stride];
            _filterBucket = new int[buckets];
            _pairBucket = new int[buckets];
            _bucketMask = buckets - 1;
            _firstOfOwner = new int[maxSubscribers];
            _results = new int[maxSubscribers * ResultStride];
            _foundKey = new int[_shapes.Used.Length];
            _foundFirst = new int[_shapes.Used.Length];
            _freed = None;
        }

        /// <summary>Subscriptions that one subscriber has now.</summary>
        public int CountOf(int subscriber)
        {
            return _places.Held[subscriber];
        }

        /// <summary>Whether any filter starts with "$", as those of $SYS do.</summary>
        public bool HasDollarFilters()
        {
            return _dollarFilters > 0;
        }

        /// <summary>Whether a subscriber has this very filter.</summary>
        public bool Has(int subscriber, byte[] buffer, int offset, int length)
        {
            return Find(subscriber, buffer, offset, length) != None;
        }

        /// <summary>
        /// A subscriber's first subscription, or -1: the one that was made or replaced last.
        /// </summary>
        public int FirstOf(int subscriber)
        {
            // Zero means none here, so that fresh arrays need no filling.
            return _firstOfOwner[subscriber] - 1;
        }

        /// <summary>The same subscriber's next subscription, an older one, or -1.</summary>
        public int NextOf(int subscription)
        {
            return _records[subscription * Stride + NextOfOwner];
        }

        /// <summary>Copies the filter of a subscription.</summary>
        /// <param name="subscription">The subscription.</param>
        /// <param name="target">Takes the filter, from its start.</param>
        /// <returns>The filter's length in bytes.</returns>
        public int ReadFilter(int subscription, byte[] target)
        {
            int record = subscription * Stride;
            int length = (_records[record + Traits] >> LengthShift) & LengthBits;
            _texts.Read(_records[record + Text], 0, target, 0, length);
            return length;
        }

        /// <summary>Granted QoS and option bits of a subscription, without the mark.</summary>
        public byte OptionsOf(int subscription)
        {
            return (byte)(_records[subscription * Stride + Traits] & OptionBits);
        }

        /// <summary>
        /// Whether the caller has marked a subscription; a new one is not marked, a replaced one
        /// keeps its mark.
        /// </summary>
        public bool IsMarked(int subscription)
        {
            return (_records[subscription * Stride + Traits] & MarkBit) != 0;
        }

        /// <summary>Marks a subscription, or not, for whatever the caller needs it.</summary>
        public void SetMark(int subscription, bool isMarked)
        {
            int at = subscription * Stride + Traits;
            _records[at] = isMarked ? _records[at] | MarkBit : _records[at] & ~MarkBit;
        }
    }
}
