using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Config;

/// <summary>The keywords of the configuration file that mosquitto does not have.</summary>
internal static class OwnKeywords
{
    private const int DaySeconds = 86_400;
    private const int MostBytes = 2_000_000_000;
    private const int MostPacketBytes = 268_435_455;

    /// <summary>The rows.</summary>
    public static Keyword[] All { get; } =
    [
        Keyword.Number("max_subscriptions", "subscriptions", 1, 10_000_000,
            c => c.Limits.MaxSubscriptions, (c, n) => c.Limits.MaxSubscriptions = n,
            "subscriptions of all clients"),
        Keyword.Number("max_subscriptions_per_client", "subscriptions", 1, 10_000_000,
            c => c.Limits.MaxSubscriptionsPerClient,
            (c, n) => c.Limits.MaxSubscriptionsPerClient = n,
            "subscriptions of one client"),
        Keyword.Number("max_filters_per_packet", "filters", 1, 100_000,
            c => c.Limits.MaxFiltersPerPacket, (c, n) => c.Limits.MaxFiltersPerPacket = n,
            "topic filters in one SUBSCRIBE or UNSUBSCRIBE"),
        Keyword.Number("max_sessions", "sessions", 0, 1_000_000,
            c => c.Limits.MaxSessions, (c, n) => c.Limits.MaxSessions = n,
            "sessions that outlive their connection, of all clients"),
        Keyword.Number("max_topic_length", "bytes", 1, 65_535,
            c => c.Limits.MaxTopicLength, (c, n) => c.Limits.MaxTopicLength = n,
            "longest topic name or topic filter"),
        Keyword.Number("max_topic_levels", "levels", 1, 65_535,
            c => c.Limits.MaxTopicLevels, (c, n) => c.Limits.MaxTopicLevels = n,
            "most levels of a topic name or topic filter"),
        Keyword.Number("max_retained_messages", "messages", 0, 10_000_000,
            c => c.Limits.MaxRetainedMessages, (c, n) => c.Limits.MaxRetainedMessages = n,
            "retained messages"),
        Keyword.Number("max_retained_bytes", "bytes", 0, MostBytes,
            c => c.Limits.MaxRetainedBytes, (c, n) => c.Limits.MaxRetainedBytes = n,
            "bytes of all retained messages"),
        Keyword.Number("max_clientid_length", "bytes", 23, 65_535,
            c => c.Limits.MaxClientIdLength, (c, n) => c.Limits.MaxClientIdLength = n,
            "longest client identifier"),
        Keyword.Number("max_connect_rate", "per second", 0, 1_000_000,
            c => c.Limits.MaxConnectRate, (c, n) => c.Limits.MaxConnectRate = n,
            "CONNECT packets taken; 0 takes any number"),
        Keyword.Number("max_connect_size", "bytes", 64, MostPacketBytes,
            c => c.Limits.MaxConnectSize, (c, n) => c.Limits.MaxConnectSize = n,
            "largest CONNECT: what a stranger can make the broker hold"),
        Keyword.Number("connect_timeout", "seconds", 1, DaySeconds,
            c => c.Settings.ConnectTimeoutMs / 1000,
            (c, n) => c.Settings.ConnectTimeoutMs = n * 1000,
            "time for a new connection to send its CONNECT").TakenOver(),
        Keyword.Number("packet_timeout", "seconds", 1, DaySeconds,
            c => c.Settings.PacketTimeoutMs / 1000,
            (c, n) => c.Settings.PacketTimeoutMs = n * 1000,
            "time for a packet to arrive whole once it has begun").TakenOver(),
        Keyword.Choice("queue_full_policy", ["drop_newest", "drop_oldest", "disconnect"], [],
            "drop_newest", SetPolicy,
            "what happens to a subscriber whose queue is full"),
        Keyword.Number("queue_full_deadline", "seconds", 1, DaySeconds,
            c => c.Settings.QueueFullDeadlineMs / 1000,
            (c, n) => c.Settings.QueueFullDeadlineMs = n * 1000,
            "with queue_full_policy disconnect: how long a queue may stay full").TakenOver(),
        Keyword.Number("slow_grace", "milliseconds", 0, 60_000,
            c => c.Settings.SlowGraceMs, (c, n) => c.Settings.SlowGraceMs = n,
            "how long publishers wait for a subscriber that reads and has fallen behind"),
    ];

    private static void SetPolicy(ServeConfig config, string word)
    {
        config.Settings.QueueFullPolicy = word switch
        {
            "drop_oldest" => QueueFullPolicy.DropOldest,
            "disconnect" => QueueFullPolicy.Disconnect,
            _ => QueueFullPolicy.DropNewest,
        };
    }
}
