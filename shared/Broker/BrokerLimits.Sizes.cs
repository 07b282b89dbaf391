using System;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    // What follows from the limits, and what they have to be.
    public sealed partial class BrokerLimits
    {
        /// <summary>Connections that there can be, strangers included.</summary>
        public int Slots()
        {
            return MaxConnections + ConnectSlots;
        }

        /// <summary>Bytes of the largest response: CONNACK, DISCONNECT or SUBACK.</summary>
        public int MaxResponse()
        {
            int acknowledgement = MaxFiltersPerPacket + 8;
            int connack = Responses.Overhead + MaxClientIdLength;
            return acknowledgement > connack ? acknowledgement : connack;
        }

        /// <summary>Bytes of the buffer for a response, or for a Topic Filter.</summary>
        public int ResponseSize()
        {
            return MaxResponse() > MaxTopicLength ? MaxResponse() : MaxTopicLength;
        }

        /// <summary>Bytes of the buffer for names, properties and figures under $SYS.</summary>
        public int ScratchSize()
        {
            int named = MaxTopicLength > MaxClientIdLength ? MaxTopicLength : MaxClientIdLength;
            int figures = 2 * SysFigures.MaxText + 20;
            int size = Responses.Overhead + named;
            return size > figures ? size : figures;
        }

        /// <summary>Blocks of message memory that are left to responses.</summary>
        public int ReservedBlocks()
        {
            return (MaxResponse() + MessageBlockSize - 1) / MessageBlockSize + 1;
        }

        /// <summary>Blocks of text for Client Identifiers, see ClientIdBlocks.</summary>
        public int BlocksForClientIds()
        {
            int most = (MaxClientIdLength + TextBlockSize - 1) / TextBlockSize;
            return ClientIdBlocks > 0 ? ClientIdBlocks : Slots() * most;
        }

        /// <summary>Checks the limits against their ranges and against each other.</summary>
        /// <exception cref="ArgumentException">Names the limit that does not fit.</exception>
        public void Validate()
        {
            AtLeast(MaxConnections, 1, "MaxConnections");
            AtLeast(ConnectSlots, 1, "ConnectSlots");
            AtLeast(MaxClientIdLength, 23, "MaxClientIdLength");
            AtLeast(65535, MaxClientIdLength, "65535 (against MaxClientIdLength)");
            AtLeast(MaxConnectRate, 0, "MaxConnectRate");
            AtLeast(MaxConnectSize, 64, "MaxConnectSize");
            AtLeast(MaxPacketSize, 64, "MaxPacketSize");
            AtLeast(MaxPacketSize, MaxConnectSize, "MaxPacketSize (against MaxConnectSize)");
            AtLeast(ReceiveSize, 64, "ReceiveSize");
            AtLeast(MaxSubscriptions, 1, "MaxSubscriptions");
            AtLeast(int.MaxValue / SubscriptionTable.Stride, MaxSubscriptions,
                "2 GB (against MaxSubscriptions)");
            AtLeast(MaxSubscriptionsPerClient, 1, "MaxSubscriptionsPerClient");
            AtLeast(MaxFiltersPerPacket, 1, "MaxFiltersPerPacket");
            AtLeast(MaxFilterShapes, 5, "MaxFilterShapes");
            AtLeast(255, MaxFilterShapes, "255 (against MaxFilterShapes)");
            AtLeast(MaxTopicLength, 1, "MaxTopicLength");
            AtLeast(65535, MaxTopicLength, "65535 (against MaxTopicLength)");
            AtLeast(MaxTopicLevels, 1, "MaxTopicLevels");
            AtLeast(MaxQueuedMessages, 1, "MaxQueuedMessages");
            AtLeast(MaxQueuedBytes, MaxPacketSize, "MaxQueuedBytes (against MaxPacketSize)");
            AtLeast(MaxQueuedResponses, 4, "MaxQueuedResponses");
            AtLeast(MaxQueueEntries, Slots() * 4, "MaxQueueEntries (4 * Slots())");
            AtLeast(MaxQueueEntries, HasSessions() ? (Slots() + MaxSessions) * 4 : 0,
                "MaxQueueEntries (4 * (Slots() + MaxSessions))");
            AtLeast(MaxRetainedMessages, 0, "MaxRetainedMessages");
            AtLeast(MaxRetainedBytes, 0, "MaxRetainedBytes");
            AtLeast(MaxInflight, 0, "MaxInflight");
            AtLeast(65535, MaxInflight, "65535 (against MaxInflight)");
            AtLeast(ReceiveMaximum, 1, "ReceiveMaximum");
            AtLeast(65535, ReceiveMaximum, "65535 (against ReceiveMaximum)");
            AtLeast(MaxSessions, 0, "MaxSessions");
            AtLeast(int.MaxValue / (Slots() + MaxSessions), MaxInflight,
                "2 GB (against MaxInflight)");
            AtLeast(int.MaxValue / (Slots() + MaxSessions), ReceiveMaximum,
                "2 GB (against ReceiveMaximum)");
            AtLeast(MaxSharedSubscriptions, 0, "MaxSharedSubscriptions");
            AtLeast(60000, MaxSharedSubscriptions, "60000 (against MaxSharedSubscriptions)");
            AtLeast(MaxSessionMessages, 0, "MaxSessionMessages");
            AtLeast(MaxSessionBytes, 0, "MaxSessionBytes");
            AtLeast(MessageBlockSize, 32, "MessageBlockSize");
            AtLeast(MessageBlocks - ReservedBlocks(), MaxPacketSize / MessageBlockSize + 2,
                "MessageBlocks (less ReservedBlocks(), against MaxPacketSize)");
            AtLeast(InboundBlockSize, 16, "InboundBlockSize");
            AtLeast(InboundBlocks, MaxPacketSize / InboundBlockSize,
                "InboundBlocks (against MaxPacketSize)");
            AtLeast(int.MaxValue / InboundBlockSize - Slots(), InboundBlocks,
                "2 GB (against InboundBlocks)");
            AtLeast(int.MaxValue / MessageBlockSize, MessageBlocks, "2 GB (against MessageBlocks)");
            AtLeast(TextBlockSize, 4, "TextBlockSize");
            AtLeast(ClientIdBlocks, 0, "ClientIdBlocks");
            AtLeast(ClientIdBlocks > 0 ? int.MaxValue : int.MaxValue / Slots(),
                MaxClientIdLength + TextBlockSize, "2 GB (against Slots() * MaxClientIdLength)");
            AtLeast(int.MaxValue / TextBlockSize, ClientIdBlocks, "2 GB (against ClientIdBlocks)");
            AtLeast(TextBlocks, 8, "TextBlocks");
            AtLeast(ClientIdBlocks, 0, "ClientIdBlocks");
            AtLeast(int.MaxValue / TextBlockSize, TextBlocks, "2 GB (against TextBlocks)");
            AtLeast(RouteEntries, 1, "RouteEntries");
            AtLeast(RouteTopicLength, 1, "RouteTopicLength");
            AtLeast(RouteResults, 1, "RouteResults");
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
