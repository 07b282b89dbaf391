using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>Limits so wide that no history meets one.</summary>
public static class GenerousLimits
{
    /// <summary>The limits of a broker for some twenty clients.</summary>
    public static BrokerLimits Make() => new()
    {
        MaxConnections = 20,
        ConnectSlots = 4,
        MaxClientIdLength = 100,
        MaxConnectRate = 0,
        MaxConnectSize = 100_000,
        MaxPacketSize = 100_000,
        ReceiveSize = 4096,
        MaxSubscriptions = 2000,
        MaxSubscriptionsPerClient = 1000,
        MaxFilterShapes = 40,
        MaxFiltersPerPacket = 100,
        MaxTopicLength = 1000,
        MaxTopicLevels = 100,
        MaxQueuedMessages = 5000,
        MaxQueuedBytes = 10_000_000,
        MaxQueuedResponses = 100,
        MaxRetainedMessages = 1000,
        MaxRetainedBytes = 10_000_000,
        MaxQueueEntries = 50_000,
        MessageBlocks = 200_000,
        MessageBlockSize = 96,
        InboundBlocks = 10_000,
        InboundBlockSize = 64,
        TextBlocks = 20_000,
        TextBlockSize = 32,
        RouteEntries = 16,
        RouteTopicLength = 32,
        RouteResults = 64,
    };
}
