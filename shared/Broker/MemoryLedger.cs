using EdgeBroker.Memory;

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

        private const int MaxLines = 16;

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

            int slots = limits.MaxConnections;
            int levels = limits.MaxTopicLevels;
            int codes = limits.MaxFiltersPerPacket;

            int idBlocks = slots * ((limits.MaxClientIdLength + limits.TextBlockSize - 1)
                / limits.TextBlockSize);
            Add("connections", Ints(slots, 11) + Bools(slots, 9) + Longs(slots, 6));
            Add("client identifiers", Ints(slots, 4) + Ints(Hashing.Buckets(slots), 1)
                + Raw((long)idBlocks * limits.TextBlockSize) + Ints(idBlocks, 1));
            Add("message memory", Raw((long)limits.MessageBlockSize * limits.MessageBlocks)
                + Ints(limits.MessageBlocks, 4));
            Add("outbound queues", Ints(slots, 5) + Ints(limits.MaxQueueEntries, 2)
                + Bools(limits.MaxQueueEntries, 1));
            Add("subscriptions", Ints(limits.MaxSubscriptions, 7)
                + Bools(limits.MaxSubscriptions, 1)
                + Ints(Hashing.Buckets(limits.MaxSubscriptions), 1)
                + Ints(slots, 4) + Ints(levels + 2, 2) + Tree(limits.MaxSubscriptionLevels));
            Add("retained messages", Tree(limits.MaxRetainedLevels) + Ints(levels, 1));
            Add("text of topics and names", Raw((long)limits.TextBlockSize * limits.TextBlocks)
                + Ints(limits.TextBlocks, 1));
            Add("routes", Routes(limits));
            Add("packet buffers", Raw(limits.MaxPacketSize > limits.ReceiveSize
                    ? limits.MaxPacketSize
                    : limits.ReceiveSize) + Raw(codes)
                + Raw(MqttBroker.ScratchExtra + limits.MaxTopicLength)
                + Raw(MqttBroker.ScratchExtra + codes));
            Add("objects", FixedBytes + Ints(levels, 3));
        }

        /// <summary>
        /// The broker's objects and small arrays, whatever the limits are: 21 objects with their
        /// fields, and the counters.
        /// </summary>
        public const int FixedBytes = 6400;

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

        private static long Ints(int length, int arrays)
        {
            return arrays * Raw(length * 4L);
        }

        private static long Longs(int length, int arrays)
        {
            return arrays * Raw(length * 8L);
        }

        private static long Bools(int length, int arrays)
        {
            return arrays * Raw(length);
        }

        private static long Tree(int nodes)
        {
            return Ints(nodes + 1, 7) + Ints(Hashing.Buckets((nodes + 1) / 2), 1);
        }

        private static long Routes(BrokerLimits limits)
        {
            int size = 4;
            while (size < limits.RouteEntries)
            {
                size <<= 1;
            }

            return Longs(size * ((limits.RouteTopicLength + 7) / 8), 1) + Ints(size, 3)
                + Ints(size + 1, 2)
                + Ints(limits.RouteResults, 1) + Bools(limits.RouteResults, 1);
        }
    }
}
