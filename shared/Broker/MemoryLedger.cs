using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// What the broker's tables take, line by line, before any of it is allocated. Counted as a
    /// board counts: heap blocks of 12 bytes, one of them ahead of each array. On a PC the headers
    /// differ by a few bytes per array.
    /// </summary>
    public sealed class MemoryLedger
    {
        /// <summary>Bytes of a heap block of the board's runtime (32 bit).</summary>
        public const int HeapBlock = 12;

        private const int MaxLines = 20;

        /// <summary>Names of the lines.</summary>
        public readonly string[] Names;

        /// <summary>Bytes of the lines.</summary>
        public readonly long[] Bytes;

        /// <summary>Lines in use.</summary>
        public int Count;

        /// <summary>Counts the tables of a broker.</summary>
        public MemoryLedger(BrokerLimits limits)
        {
            Names = new string[MaxLines];
            Bytes = new long[MaxLines];

            int slots = limits.Slots();
            int holders = slots + (limits.HasSessions() ? limits.MaxSessions : 0);
            int owners = holders + (limits.HasSessions() ? limits.MaxSharedSubscriptions : 0);
            int levels = limits.MaxTopicLevels + 1;
            int subscriptions = limits.MaxSubscriptions;
            int buckets = Hashing.Buckets(subscriptions / 2);
            int retained = limits.MaxRetainedMessages;

            Add("connections", Ints(slots, 19) + Ints(holders, 3) + Bools(slots, 7));
            Add("client identifiers", Ints(holders, 3) + Ints(Hashing.Buckets(holders), 1)
                + Pool(limits.TextBlockSize, limits.BlocksForClientIds()));
            Add("unfinished packets", Ints(slots, 6)
                + Pool(limits.InboundBlockSize, slots + limits.InboundBlocks));
            Add("message memory", Pool(limits.MessageBlockSize, limits.MessageBlocks)
                + Ints(limits.MessageBlocks, 3));
            Add("outbound queues", Ints(limits.MaxQueueEntries, 2)
                + Bools(limits.MaxQueueEntries, 1));
            Add("subscriptions", Ints(subscriptions * SubscriptionTable.Stride, 1)
                + Ints(buckets, 2) + Ints(owners, 3)
                + Ints(owners * SubscriptionTable.ResultStride, 1)
                + Ints(limits.MaxFilterShapes * FilterShapes.Stride, 1)
                + Ints(limits.MaxFilterShapes, 3));
            if (limits.HasSessions())
            {
                int places = slots + limits.MaxSessions;
                int flight = places * limits.MaxInflight;
                int results = RouteResultsOf(limits);
                int shared = limits.MaxSharedSubscriptions + 1;
                Add("sessions", Ints(slots, 1) + Ints(places, 21) + Bools(places, 1)
                    + Shorts(slots) + Shorts(places)
                    + Shorts((long)places * limits.ReceiveMaximum));
                Add("messages on their way", Shorts(flight) * 2 + Ints(flight, 2)
                    + Bools(flight, 3) + Ints(limits.MaxQueueEntries, 1)
                    + Shorts(limits.MaxQueueEntries));
                Add("subscription identifiers", Ints(subscriptions, 3) + Ints(results, 1));
                Add("shared subscriptions", Ints(shared, 12) + Bools(shared, 1)
                    + Ints(Hashing.Buckets(shared), 1) + Pool(limits.TextBlockSize, shared * 2));
            }

            Add("text of filters", Pool(limits.TextBlockSize, limits.TextBlocks));
            Add("retained messages", Ints(retained, 3) + Ints(Hashing.Buckets(retained), 1));
            Add("routes", Routes(limits));
            Add("packet buffers", Raw(limits.MaxPacketSize) + Raw(limits.MaxFiltersPerPacket)
                + Raw(limits.ResponseSize()) + Raw(limits.ScratchSize()));
            Add("objects", FixedBytes + Ints(levels, 2));
        }

        /// <summary>
        /// The broker's objects and small arrays, whatever the limits are: 38 objects with their
        /// fields, and the counters.
        /// </summary>
        public const int FixedBytes = 6744;

        /// <summary>Adds a line of the host's.</summary>
        public void Add(string name, long bytes)
        {
            Names[Count] = name;
            Bytes[Count++] = bytes;
        }

        /// <summary>Bytes of all lines.</summary>
        public long TotalBytes()
        {
            long total = 0;
            for (int i = 0; i < Count; i++)
            {
                total += Bytes[i];
            }

            return total;
        }

        /// <summary>Bytes of an array with its header, rounded up to heap blocks.</summary>
        public static long Raw(long bytes)
        {
            return (bytes + HeapBlock + HeapBlock - 1) / HeapBlock * HeapBlock;
        }

        private static long Ints(long length, int arrays)
        {
            return arrays * Raw(length * 4L);
        }

        // Those behind are for the subscribers of one match.
        private static int RouteResultsOf(BrokerLimits limits)
        {
            return limits.RouteResults + limits.Slots() + (limits.HasSessions()
                ? limits.MaxSessions + limits.MaxSharedSubscriptions
                : 0);
        }

        private static long Shorts(long length)
        {
            return Raw(length * 2);
        }

        private static long Longs(int length, int arrays)
        {
            return arrays * Raw(length * 8L);
        }

        private static long Bools(int length, int arrays)
        {
            return arrays * Raw(length);
        }

        private static long Pool(int blockSize, int blocks)
        {
            return Raw((long)blockSize * blocks) + Ints(blocks, 1);
        }

        private static long Routes(BrokerLimits limits)
        {
            int size = Hashing.Buckets(limits.RouteEntries);
            int results = RouteResultsOf(limits);
            return Longs(size * ((limits.RouteTopicLength + 7) / 8), 1)
                + Ints((size + 1) * RouteCache.LinkStride, 1) + Ints(size, 1) + Ints(size + 1, 3)
                + Ints(results, 1) + Bools(results, 1);
        }
    }
}
