using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Makes the inner tables follow the limits that an operator states above those of the board's
    /// profile, so that no one has to know of them.
    /// </summary>
    internal static class LimitsFit
    {
        /// <summary>
        /// Bytes of the largest array: the runtime counts the blocks of 12 bytes of one object in
        /// 16 bits.
        /// </summary>
        public const int MostArrayBytes = 65535 * 12 - 12;

        private const int BlocksPerFilter = 2;

        /// <summary>Adapts limits after the file was read.</summary>
        /// <param name="limits">Stated limits; changed where they would contradict.</param>
        /// <param name="standard">What the board's profile has.</param>
        public static void Adapt(BrokerLimits limits, BrokerLimits standard)
        {
            limits.MaxConnectSize = Least(limits.MaxConnectSize, limits.MaxPacketSize);
            limits.MaxSubscriptionsPerClient =
                Least(limits.MaxSubscriptionsPerClient, limits.MaxSubscriptions);
            limits.MaxQueueEntries = Most(limits.Slots() * 4, limits.MaxQueueEntries
                + Above(limits.MaxQueuedMessages, standard.MaxQueuedMessages));
            limits.MaxQueuedBytes = Most(limits.MaxQueuedBytes, limits.MaxPacketSize);

            limits.TextBlocks += Above(limits.MaxSubscriptions, standard.MaxSubscriptions)
                * BlocksPerFilter;

            int packet = Above(limits.MaxPacketSize, standard.MaxPacketSize);
            limits.InboundBlocks += Blocks(packet, limits.InboundBlockSize);
            limits.MessageBlocks += Blocks(packet
                + Above(limits.MaxRetainedBytes, standard.MaxRetainedBytes)
                + Above(limits.MaxQueuedBytes, standard.MaxQueuedBytes), limits.MessageBlockSize);
        }

        /// <summary>The keyword that asks for more than one array can hold, or null.</summary>
        public static string Oversize(BrokerLimits limits)
        {
            return IsOver(limits.InboundBlocks + limits.Slots(), limits.InboundBlockSize)
                    ? "max_packet_size"
                : IsOver(limits.BlocksForClientIds(), limits.TextBlockSize)
                    ? "max_clientid_length"
                : IsOver(limits.TextBlocks, limits.TextBlockSize) ? "max_subscriptions"
                : IsOver(limits.MessageBlocks, limits.MessageBlockSize)
                    ? "memory_limit (with max_queued_bytes and max_retained_bytes)"
                : null;
        }

        private static bool IsOver(long blocks, int size)
        {
            return blocks * size > MostArrayBytes;
        }

        private static int Blocks(int bytes, int size)
        {
            return (bytes + size - 1) / size;
        }

        private static int Above(int value, int standard)
        {
            return value > standard ? value - standard : 0;
        }

        private static int Least(int a, int b)
        {
            return a < b ? a : b;
        }

        private static int Most(int a, int b)
        {
            return a > b ? a : b;
        }
    }
}
