using EdgeBroker.Boards;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Makes the inner tables follow the limits that an operator states above those of the board's
    /// profile, so that no one has to know of them.
    /// </summary>
    internal static class LimitsFit
    {
        private const int BlocksPerFilter = 2;
        private const int PageSockets = 4;

        // The runtime counts the blocks of 12 bytes of an array with 16 bits. A line of the ledger
        // may be several arrays, but one is most of it.
        private const long MostBytes = 786000;

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

        /// <summary>Leaves the sockets to set-up page and DHCP server that they need.</summary>
        public static void LeaveSockets(BoardProfile board)
        {
            BrokerLimits limits = board.Limits;
            limits.MaxConnections = Least(limits.MaxConnections,
                board.Sockets - 1 - limits.ConnectSlots - PageSockets);
        }

        /// <summary>Says which table the runtime could not have, or null.</summary>
        public static string TooLarge(BrokerLimits limits)
        {
            var lines = new MemoryLedger(limits);
            for (int i = 0; i < lines.Count; i++)
            {
                if (lines.Bytes[i] > MostBytes)
                {
                    return lines.Names[i] + ": " + lines.Bytes[i].ToString()
                        + " bytes; the runtime has at most 786,000 bytes in one piece";
                }
            }

            return null;
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
