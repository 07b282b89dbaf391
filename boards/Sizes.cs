using EdgeBroker.Broker;

namespace EdgeBroker.Boards
{
    /// <summary>The three sizes of limits that boards share.</summary>
    internal static class Sizes
    {
        /// <summary>About 20 KB, for 8 sockets and the heap of an ESP32-C3.</summary>
        public static void Smallest(BrokerLimits limits)
        {
            limits.MaxConnections = 6;
            limits.MaxPacketSize = 640;
            limits.MaxSubscriptions = 28;
            limits.MaxSubscriptionsPerClient = 16;
            limits.MaxFilterShapes = 8;
            limits.MaxRetainedMessages = 20;
            limits.MaxRetainedBytes = 2560;
            limits.MaxQueueEntries = 48;
            limits.MessageBlocks = 32;
            limits.InboundBlocks = 27;
            limits.TextBlocks = 34;
            limits.ClientIdBlocks = 12;
            limits.RouteEntries = 8;
            limits.RouteTopicLength = 24;
            limits.RouteResults = 32;
        }

        /// <summary>About 42 KB: longer queues and topics, packets of 2 KB.</summary>
        public static void Medium(BrokerLimits limits)
        {
            limits.MaxPacketSize = 2048;
            limits.MaxClientIdLength = 64;
            limits.ReceiveSize = 512;
            limits.MaxQueuedMessages = 48;
            limits.MaxQueuedBytes = 4096;
            limits.MaxQueueEntries = 128;
            limits.MaxRetainedBytes = 6144;
            limits.MessageBlockSize = 128;
            limits.MessageBlocks = 100;
            limits.InboundBlockSize = 64;
            limits.InboundBlocks = 32;
            limits.ClientIdBlocks = 0;
            limits.TextBlocks = 112;
            limits.RouteEntries = 32;
        }

        /// <summary>About 222 KB, for boards with PSRAM. No array is over 80 KB.</summary>
        public static void Large(BrokerLimits limits)
        {
            limits.MaxPacketSize = 16 * 1024;
            limits.MaxConnectSize = 1024;
            limits.MaxClientIdLength = 128;
            limits.ReceiveSize = 1024;
            limits.MaxSubscriptions = 512;
            limits.MaxSubscriptionsPerClient = 128;
            limits.MaxTopicLength = 256;
            limits.MaxTopicLevels = 16;
            limits.MaxQueuedMessages = 200;
            limits.MaxQueuedBytes = 32 * 1024;
            limits.MaxQueueEntries = 1500;
            limits.MaxRetainedMessages = 256;
            limits.MaxRetainedBytes = 32 * 1024;
            limits.MessageBlockSize = 256;
            limits.MessageBlocks = 310;
            limits.InboundBlockSize = 256;
            limits.InboundBlocks = 96;
            limits.ClientIdBlocks = 0;
            limits.MaxFilterShapes = 32;
            limits.TextBlocks = 1024;
            limits.RouteEntries = 128;
            limits.RouteTopicLength = 48;
            limits.RouteResults = 512;
        }
    }
}
