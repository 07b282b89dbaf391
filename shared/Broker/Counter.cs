namespace EdgeBroker.Broker
{
    /// <summary>Indexes of the broker's counters; their names stand in SysTopics.</summary>
    public static class Counter
    {
        // A PUBLISH is counted once, as such: each counter costs on the hot path. So the table
        // holds the other packets in the first two, and Of adds up.

        /// <summary>Control Packets received.</summary>
        public const int MessagesReceived = 0;

        /// <summary>Control Packets sent.</summary>
        public const int MessagesSent = 1;

        /// <summary>PUBLISH packets received.</summary>
        public const int PublishReceived = 2;

        /// <summary>PUBLISH packets sent.</summary>
        public const int PublishSent = 3;

        /// <summary>Messages that some subscriber did not get, for whatever limit.</summary>
        public const int PublishDropped = 4;

        /// <summary>Payload bytes of PUBLISH packets received.</summary>
        public const int PublishBytesReceived = 5;

        /// <summary>Payload bytes of PUBLISH packets sent.</summary>
        public const int PublishBytesSent = 6;

        /// <summary>Bytes received.</summary>
        public const int BytesReceived = 7;

        /// <summary>Bytes sent.</summary>
        public const int BytesSent = 8;

        /// <summary>Network Connections accepted since the start.</summary>
        public const int ConnectionsAccepted = 9;

        /// <summary>Most clients connected at once.</summary>
        public const int ClientsMaximum = 10;

        /// <summary>Connections ended for a protocol violation.</summary>
        public const int ProtocolErrors = 11;

        /// <summary>Connections ended because Keep Alive ran out.</summary>
        public const int KeepAliveTimeouts = 12;

        /// <summary>
        /// Connections taken over by a newer one with the same Client Identifier.
        /// </summary>
        public const int Takeovers = 13;

        /// <summary>Messages whose Message Expiry Interval ran out before they were sent.</summary>
        public const int MessagesExpired = 14;

        /// <summary>The first of the counters that belong to limits.</summary>
        public const int FirstLimit = 15;

        /// <summary>Connections refused because all slots are in use.</summary>
        public const int LimitConnections = 15;

        /// <summary>CONNECT packets refused for their rate.</summary>
        public const int LimitConnectRate = 16;

        /// <summary>Connections closed that sent no CONNECT in time.</summary>
        public const int LimitConnectTime = 17;

        /// <summary>Connections closed that left a packet unfinished for too long.</summary>
        public const int LimitPacketTime = 18;

        /// <summary>Packets refused for their size.</summary>
        public const int LimitPacketSize = 19;

        /// <summary>
        /// Client Identifiers refused for their length.
        /// </summary>
        public const int LimitClientId = 20;

        /// <summary>Topic Names and Topic Filters refused for length or number of levels.</summary>
        public const int LimitTopic = 21;

        /// <summary>Subscriptions refused because the table is full.</summary>
        public const int LimitSubscriptions = 22;

        /// <summary>Subscriptions refused because the client has too many.</summary>
        public const int LimitSubscriptionsPerClient = 23;

        /// <summary>Messages dropped because the queue of a client is full.</summary>
        public const int LimitQueue = 24;

        /// <summary>Packets dropped because the queue entries of all clients are used up.</summary>
        public const int LimitQueueEntries = 25;

        /// <summary>Messages dropped because message memory is used up.</summary>
        public const int LimitMessageMemory = 26;

        /// <summary>Messages not retained because of their number or bytes.</summary>
        public const int LimitRetained = 27;

        /// <summary>Messages not sent because they exceed a client's Maximum Packet Size.</summary>
        public const int LimitClientPacketSize = 28;

        /// <summary>Clients disconnected because their queue stayed full.</summary>
        public const int LimitQueueTime = 29;

        /// <summary>
        /// Times that reading from a client paused because it did not take responses.
        /// </summary>
        public const int LimitResponses = 30;

        /// <summary>Connections closed that did not take their last packets in time.</summary>
        public const int LimitClosingTime = 31;

        /// <summary>SUBSCRIBE and UNSUBSCRIBE packets refused for their many filters.</summary>
        public const int LimitFilters = 32;

        /// <summary>Counters in all.</summary>
        public const int Count = 33;

        /// <summary>How often something happened, from the broker's table.</summary>
        public static long Of(long[] counters, int counter)
        {
            return counter <= MessagesSent
                ? counters[counter] + counters[counter + PublishReceived]
                : counters[counter];
        }

        /// <summary>The name of a counter under $SYS/broker/.</summary>
        public static string NameOf(int counter)
        {
            switch (counter)
            {
                case MessagesReceived:
                    return "messages/received";
                case MessagesSent:
                    return "messages/sent";
                case PublishReceived:
                    return "publish/messages/received";
                case PublishSent:
                    return "publish/messages/sent";
                case PublishDropped:
                    return "publish/messages/dropped";
                case PublishBytesReceived:
                    return "publish/bytes/received";
                case PublishBytesSent:
                    return "publish/bytes/sent";
                case BytesReceived:
                    return "bytes/received";
                case BytesSent:
                    return "bytes/sent";
                case ConnectionsAccepted:
                    return "connections/accepted";
                case ClientsMaximum:
                    return "clients/maximum";
                case ProtocolErrors:
                    return "errors/protocol";
                case KeepAliveTimeouts:
                    return "errors/keepalive";
                case Takeovers:
                    return "clients/takeovers";
                case MessagesExpired:
                    return "publish/messages/expired";
                case LimitConnections:
                    return "limits/connections";
                case LimitConnectRate:
                    return "limits/connect-rate";
                case LimitConnectTime:
                    return "limits/connect-time";
                case LimitPacketTime:
                    return "limits/packet-time";
                case LimitPacketSize:
                    return "limits/packet-size";
                case LimitClientId:
                    return "limits/client-id";
                case LimitTopic:
                    return "limits/topic";
                case LimitSubscriptions:
                    return "limits/subscriptions";
                case LimitSubscriptionsPerClient:
                    return "limits/subscriptions-per-client";
                case LimitQueue:
                    return "limits/queue";
                case LimitQueueEntries:
                    return "limits/queue-entries";
                case LimitMessageMemory:
                    return "limits/message-memory";
                case LimitRetained:
                    return "limits/retained";
                case LimitClientPacketSize:
                    return "limits/client-packet-size";
                case LimitQueueTime:
                    return "limits/queue-time";
                case LimitResponses:
                    return "limits/responses";
                case LimitClosingTime:
                    return "limits/closing-time";
                default:
                    return "limits/filters";
            }
        }
    }
}
