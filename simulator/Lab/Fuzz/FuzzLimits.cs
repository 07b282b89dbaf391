using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>Limits and settings that a case meets after a few packets, by its set-up.</summary>
public static class FuzzLimits
{
    /// <summary>Connections that fuzzed clients may have at once.</summary>
    public const int Clients = 5;

    /// <summary>The canaries: a publisher and a subscriber.</summary>
    public const int Canaries = 2;

    /// <summary>Tight limits.</summary>
    /// <param name="setup">0 to 255.</param>
    public static BrokerLimits Limits(int setup)
    {
        int packet = setup % 8 == 7 ? 4096 : 256 + (256 * (setup % 3));
        var limits = new BrokerLimits
        {
            MaxConnections = Clients + Canaries - 1,
            ConnectSlots = 1,
            MaxConnectRate = setup % 3 == 0 ? 4 : 0,
            MaxConnectSize = 128,
            MaxPacketSize = packet,
            ReceiveSize = setup % 8 == 7 ? 4096 : 64 + (32 * (setup % 5)),
            MaxSubscriptions = 14,
            MaxSubscriptionsPerClient = 5,
            MaxFiltersPerPacket = setup % 8 == 7 ? 1000 : 4,
            MaxFilterShapes = 8,
            MaxTopicLength = 40,
            MaxTopicLevels = 5,
            MaxQueuedMessages = 4 + (setup % 20),
            MaxQueuedBytes = packet + (300 * (setup % 6)),
            MaxQueuedResponses = 4,
            MaxRetainedMessages = 4,
            MaxRetainedBytes = 500,
            MessageBlockSize = 32 << (setup % 3),
            InboundBlockSize = 16 << (setup % 3),
            TextBlockSize = 8,
            TextBlocks = 32,
            ClientIdBlocks = setup % 2 == 0 ? 8 : 16,
            RouteEntries = 4,
            RouteTopicLength = 12,
            RouteResults = 8,
        };
        limits.MaxQueueEntries =
            (4 * limits.Slots()) + (setup % 3) + (setup % 4 == 3 ? 40 : 0);
        limits.MessageBlocks = limits.ReservedBlocks() + (packet / limits.MessageBlockSize) + 2
            + (setup % 5) + (60 * (setup % 2));
        limits.InboundBlocks = (packet / limits.InboundBlockSize) + 1 + (setup % 3 * 4);
        return limits;
    }

    /// <summary>Settings in which time matters.</summary>
    /// <param name="setup">0 to 255.</param>
    public static BrokerSettings Settings(int setup) => new()
    {
        QueueFullPolicy = (QueueFullPolicy)(setup % 3),
        SysIntervalS = setup % 2,
        ConnectTimeoutMs = 2000,
        PacketTimeoutMs = setup % 4 < 2 ? 3000 : 60_000,
        QueueFullDeadlineMs = 1500,
        MaxQos = (byte)(setup % 4 == 1 ? 0 : 1),
        RetainAvailable = setup % 5 != 4,
        MaxKeepAliveS = setup % 7 == 6 ? 3 : 0,
        AllowZeroLengthClientId = setup % 11 != 10,
    };
}
