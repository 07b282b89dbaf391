using System;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Everything that takes memory, each with its limit. All of it is allocated when the broker
    /// is constructed. The defaults fit the smallest board: 15 clients, 64 subscriptions and 32
    /// Retained Messages of 64 bytes in less than 32 KB, sockets included. What happens at each
    /// limit is written in docs/limits.md.
    /// </summary>
    public sealed class BrokerLimits
    {
        /// <summary>Network Connections at once, 1 or more.</summary>
        public int MaxConnections = 15;

        /// <summary>Longest Client Identifier in bytes, 23 or more [MQTT-3.1.3-5].</summary>
        public int MaxClientIdLength = 36;

        /// <summary>CONNECT packets accepted per second; 0 means no limit.</summary>
        public int MaxConnectRate = 20;

        /// <summary>Largest CONNECT in bytes: what a stranger can make the broker hold.</summary>
        public int MaxConnectSize = 384;

        /// <summary>Largest Control Packet in either direction in bytes, 64 or more.</summary>
        public int MaxPacketSize = 1024;

        /// <summary>Most bytes that the host hands over in one Receive, 64 or more.</summary>
        public int ReceiveSize = 384;

        /// <summary>Subscriptions of all clients, 1 or more.</summary>
        public int MaxSubscriptions = 64;

        /// <summary>Subscriptions of one client, 1 or more.</summary>
        public int MaxSubscriptionsPerClient = 32;

        /// <summary>Topic Filters in one SUBSCRIBE or UNSUBSCRIBE, 1 or more.</summary>
        public int MaxFiltersPerPacket = 32;

        /// <summary>Distinct Topic Levels in all Topic Filters.</summary>
        public int MaxSubscriptionLevels = 96;

        /// <summary>Longest Topic Name or Topic Filter in bytes, 1 to 65535.</summary>
        public int MaxTopicLength = 128;

        /// <summary>Most Topic Levels of a Topic Name or Topic Filter, 1 or more.</summary>
        public int MaxTopicLevels = 10;

        /// <summary>Application Messages waiting for one client, 1 or more.</summary>
        public int MaxQueuedMessages = 32;

        /// <summary>Bytes of topic, properties and payload waiting for one client.</summary>
        public int MaxQueuedBytes = 2048;

        /// <summary>Packets waiting for all clients together.</summary>
        public int MaxQueueEntries = 96;

        /// <summary>
        /// Responses waiting for one client, from which on nothing more is read from it, 4 or more.
        /// </summary>
        public int MaxQueuedResponses = 8;

        /// <summary>Retained Messages, 0 or more.</summary>
        public int MaxRetainedMessages = 32;

        /// <summary>Bytes of topic, properties and payload of all Retained Messages.</summary>
        public int MaxRetainedBytes = 4096;

        /// <summary>Distinct Topic Levels in the names of all Retained Messages.</summary>
        public int MaxRetainedLevels = 64;

        /// <summary>Bytes of one block of message memory, 32 or more.</summary>
        public int MessageBlockSize = 96;

        /// <summary>
        /// Blocks for messages that wait or are retained and for unfinished packets.
        /// </summary>
        public int MessageBlocks = 54;

        /// <summary>Bytes of one block of text, for Topic Levels and Client Identifiers.</summary>
        public int TextBlockSize = 12;

        /// <summary>Blocks of text for Topic Levels.</summary>
        public int TextBlocks = 160;

        /// <summary>Topic Names whose subscribers are remembered, 1 or more.</summary>
        public int RouteEntries = 16;

        /// <summary>Longest Topic Name in bytes that is remembered with its subscribers.</summary>
        public int RouteTopicLength = 28;

        /// <summary>Subscribers remembered for all Topic Names, at least MaxConnections.</summary>
        public int RouteResults = 48;

        /// <summary>Blocks that only unfinished packets and responses may use.</summary>
        public int ReservedBlocks()
        {
            return (ReceiveSize + MessageBlockSize - 1) / MessageBlockSize + 2;
        }

        /// <summary>Checks the limits against their ranges and against each other.</summary>
        /// <exception cref="ArgumentException">Names the limit that does not fit.</exception>
        public void Validate()
        {
            AtLeast(MaxConnections, 1, "MaxConnections");
            AtLeast(MaxClientIdLength, 23, "MaxClientIdLength");
            AtLeast(MaxConnectRate, 0, "MaxConnectRate");
            AtLeast(MaxConnectSize, 64, "MaxConnectSize");
            AtLeast(MaxPacketSize, 64, "MaxPacketSize");
            AtLeast(MaxPacketSize, MaxConnectSize, "MaxPacketSize (against MaxConnectSize)");
            AtLeast(ReceiveSize, 64, "ReceiveSize");
            AtLeast(MaxSubscriptions, 1, "MaxSubscriptions");
            AtLeast(MaxSubscriptionsPerClient, 1, "MaxSubscriptionsPerClient");
            AtLeast(MaxFiltersPerPacket, 1, "MaxFiltersPerPacket");
            AtLeast(MaxSubscriptionLevels, 1, "MaxSubscriptionLevels");
            AtLeast(MaxTopicLength, 1, "MaxTopicLength");
            AtLeast(65535, MaxTopicLength, "65535 (against MaxTopicLength)");
            AtLeast(MaxTopicLevels, 1, "MaxTopicLevels");
            AtLeast(MaxQueuedMessages, 1, "MaxQueuedMessages");
            AtLeast(MaxQueuedBytes, 64, "MaxQueuedBytes");
            AtLeast(MaxQueuedResponses, 4, "MaxQueuedResponses");
            AtLeast(MaxQueueEntries, MaxConnections * 2, "MaxQueueEntries (2 * MaxConnections)");
            AtLeast(MaxRetainedMessages, 0, "MaxRetainedMessages");
            AtLeast(MaxRetainedBytes, 0, "MaxRetainedBytes");
            AtLeast(MaxRetainedLevels, MaxRetainedMessages, "MaxRetainedLevels");
            AtLeast(MessageBlockSize, 32, "MessageBlockSize");
            AtLeast(MessageBlocks - ReservedBlocks(), MaxPacketSize / MessageBlockSize + 2,
                "MessageBlocks (less those reserved, against MaxPacketSize)");
            AtLeast(int.MaxValue / MessageBlockSize, MessageBlocks, "2 GB (against MessageBlocks)");
            AtLeast(TextBlockSize, 4, "TextBlockSize");
            AtLeast(int.MaxValue / MaxConnections, MaxClientIdLength + TextBlockSize,
                "2 GB (against MaxConnections * MaxClientIdLength)");
            AtLeast(TextBlocks, 8, "TextBlocks");
            AtLeast(int.MaxValue / TextBlockSize, TextBlocks, "2 GB (against TextBlocks)");
            AtLeast(RouteEntries, 1, "RouteEntries");
            AtLeast(RouteTopicLength, 1, "RouteTopicLength");
            AtLeast(RouteResults, MaxConnections, "RouteResults");
        }

        private static void AtLeast(int value, int least, string name)
        {
            if (value < least)
            {
                throw new ArgumentException(name + " is " + value.ToString()
                    + ", at least " + least.ToString() + " needed");
            }
        }
    }
}
