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

        /// <summary>Sessions that were not kept as long as asked for.</summary>
        public const int LimitSessions = 33;

        /// <summary>Counters in all.</summary>
        public const int Count = 34;

        /// <summary>How often something happened, from the broker's table.</summary>
        public static long Of(long[] counters, int counter)
        {
            return counter <= MessagesSent
                ? counters[counter] + counters[counter + PublishReceived]
                : counters[counter];
        }

        /// <summary>The name of a counter under $SYS/broker/.</summary>
        /// <remarks>
        /// One return: a board's stack frame has a place for each, and 33 of them were the largest
        /// piece of its heap that the broker ever asked for.
        /// </remarks>
        public static string NameOf(int counter)
        {
            return counter switch
            {
                MessagesReceived => "messages/received",
                MessagesSent => "messages/sent",
                PublishReceived => "publish/messages/received",
                PublishSent => "publish/messages/sent",
                PublishDropped => "publish/messages/dropped",
                PublishBytesReceived => "publish/bytes/received",
                PublishBytesSent => "publish/bytes/sent",
                BytesReceived => "bytes/received",
                BytesSent => "bytes/sent",
                ConnectionsAccepted => "connections/accepted",
                ClientsMaximum => "clients/maximum",
                ProtocolErrors => "errors/protocol",
                KeepAliveTimeouts => "errors/keepalive",
                Takeovers => "clients/takeovers",
                MessagesExpired => "publish/messages/expired",
                LimitConnections => "limits/connections",
                LimitConnectRate => "limits/connect-rate",
                LimitConnectTime => "limits/connect-time",
                LimitPacketTime => "limits/packet-time",
                LimitPacketSize => "limits/packet-size",
                LimitClientId => "limits/client-id",
                LimitTopic => "limits/topic",
                LimitSubscriptions => "limits/subscriptions",
                LimitSubscriptionsPerClient => "limits/subscriptions-per-client",
                LimitQueue => "limits/queue",
                LimitQueueEntries => "limits/queue-entries",
                LimitMessageMemory => "limits/message-memory",
                LimitRetained => "limits/retained",
                LimitClientPacketSize => "limits/client-packet-size",
                LimitQueueTime => "limits/queue-time",
                LimitResponses => "limits/responses",
                LimitClosingTime => "limits/closing-time",
                LimitFilters => "limits/filters",
                _ => "limits/sessions",
            };
        }
    }
}
