namespace EdgeBroker.Broker
{
    /// <summary>
    /// Everything that takes memory, each with its limit. All of it is allocated when the broker
    /// is constructed. The defaults fit the smallest board: 15 clients, 64 subscriptions and 32
    /// Retained Messages of 64 bytes in less than 32 KB, sockets included. What happens at each
    /// limit is written in docs/limits.md.
    /// </summary>
    public sealed partial class BrokerLimits
    {
        /// <summary>Clients connected at once, 1 or more.</summary>
        public int MaxConnections = 15;

        /// <summary>
        /// Network Connections beside those of MaxConnections clients, 1 or more: where a CONNECT
        /// is read when all clients are there, so that one who comes back can take over.
        /// </summary>
        public int ConnectSlots = 1;

        /// <summary>Longest Client Identifier in bytes, 23 or more [MQTT-3.1.3-5].</summary>
        public int MaxClientIdLength = 36;

        /// <summary>
        /// CONNECT packets accepted per second, three quarters of them from one address; 0 means
        /// no limit.
        /// </summary>
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

        /// <summary>
        /// Shapes of Topic Filters that are found at once, 5 to 255: how many levels there are and
        /// which of them are wildcards. Filters of further shapes work and cost more.
        /// </summary>
        public int MaxFilterShapes = 12;

        /// <summary>Longest Topic Name or Topic Filter in bytes, 1 to 65535.</summary>
        public int MaxTopicLength = 128;

        /// <summary>Most Topic Levels of a Topic Name or Topic Filter, 1 or more.</summary>
        public int MaxTopicLevels = 10;

        /// <summary>Application Messages waiting for one client, 1 or more.</summary>
        public int MaxQueuedMessages = 32;

        /// <summary>Bytes of topic, properties and payload waiting for one client.</summary>
        public int MaxQueuedBytes = 2048;

        /// <summary>
        /// Packets waiting for all clients together, 4 * Slots() or more; two for each connection
        /// are for responses.
        /// </summary>
        public int MaxQueueEntries = 76;

        /// <summary>
        /// Responses waiting for one client, from which on nothing more is read from it, 4 or more.
        /// </summary>
        public int MaxQueuedResponses = 8;

        /// <summary>Retained Messages, 0 or more.</summary>
        public int MaxRetainedMessages = 32;

        /// <summary>Bytes of topic, properties and payload of all Retained Messages.</summary>
        public int MaxRetainedBytes = 4096;

        /// <summary>Bytes of one block of message memory, 32 or more.</summary>
        public int MessageBlockSize = 96;

        /// <summary>Blocks for messages that wait, are retained, or are Wills.</summary>
        public int MessageBlocks = 50;

        /// <summary>
        /// Bytes of one block for what has arrived and is not handled yet, 16 or more. Each
        /// connection has one for certain.
        /// </summary>
        public int InboundBlockSize = 24;

        /// <summary>
        /// Further blocks, shared by all connections: room for the largest packet or more.
        /// </summary>
        public int InboundBlocks = 42;

        /// <summary>Bytes of one block of text, for Topic Filters and Client Identifiers.</summary>
        public int TextBlockSize = 24;

        /// <summary>
        /// Blocks of text for Topic Filters. 68 are 64 filters of up to 24 bytes, 4 of them of 48.
        /// </summary>
        public int TextBlocks = 68;

        /// <summary>
        /// Blocks of text for Client Identifiers; 0 means room for the longest on each connection.
        /// 22 are 15 identifiers of up to 24 bytes, 7 of them of 36.
        /// </summary>
        public int ClientIdBlocks = 22;

        /// <summary>Topic Names whose subscribers are remembered, 1 or more.</summary>
        public int RouteEntries = 16;

        /// <summary>Longest Topic Name in bytes that is remembered with its subscribers.</summary>
        public int RouteTopicLength = 28;

        /// <summary>
        /// Subscribers remembered for all Topic Names, 1 or more: names times their subscribers.
        /// </summary>
        public int RouteResults = 64;

        /// <summary>
        /// Messages at QoS 1 and 2 that may be on their way to one client, 0 to 65535; 0 for a
        /// broker that sends only at QoS 0 and keeps no sessions.
        /// </summary>
        public int MaxInflight = 0;

        /// <summary>
        /// Messages at QoS 2 that one client may have on their way to the broker: Receive Maximum,
        /// 1 to 65535. Counts with MaxInflight only, like those that follow.
        /// </summary>
        public int ReceiveMaximum = 20;

        /// <summary>Sessions that outlive their connection, 0 or more.</summary>
        public int MaxSessions = 0;

        /// <summary>Shared Subscriptions of all clients, 0 to 60,000; 0 for none.</summary>
        public int MaxSharedSubscriptions = 0;

        /// <summary>Messages that wait in one session behind those on their way.</summary>
        public int MaxSessionMessages = 100;

        /// <summary>Their bytes.</summary>
        public int MaxSessionBytes = 65536;

        /// <summary>Whether sessions are kept apart from connections.</summary>
        public bool HasSessions()
        {
            return MaxInflight > 0;
        }
    }
}
