using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>Limits and settings of a history: so wide that none is met, or met all the time.
/// </summary>
public static class RandomLimits
{
    /// <summary>Limits that some two hundred clients never meet.</summary>
    public static BrokerLimits Generous() => new()
    {
        MaxConnections = 220,
        ConnectSlots = 10,
        MaxClientIdLength = 1000,
        ClientIdBlocks = 0,
        MaxConnectRate = 0,
        MaxConnectSize = 100_000,
        MaxPacketSize = 100_000,
        ReceiveSize = 4096,
        MaxSubscriptions = 20_000,
        MaxSubscriptionsPerClient = 1000,
        MaxFilterShapes = 40,
        MaxFiltersPerPacket = 100,
        MaxTopicLength = 1000,
        MaxTopicLevels = 100,
        MaxQueuedMessages = 5000,
        MaxQueuedBytes = 50_000_000,
        MaxQueuedResponses = 1000,
        MaxRetainedMessages = 1000,
        MaxRetainedBytes = 50_000_000,
        MaxQueueEntries = 50_000,
        MessageBlocks = 800_000,
        MessageBlockSize = 96,
        InboundBlocks = 100_000,
        InboundBlockSize = 64,
        TextBlocks = 60_000,
        TextBlockSize = 32,
        RouteEntries = 16,
        RouteTopicLength = 32,
        RouteResults = 64,
    };

    /// <summary>Limits that are met all the time.</summary>
    public static BrokerLimits Tight(Random random)
    {
        int size = random.Next(4) switch { 0 => 128, 1 => 256, 2 => 600, _ => 1400 };
        BrokerLimits limits = new()
        {
            MaxConnections = random.Next(2, 9),
            ConnectSlots = random.Next(1, 3),
            MaxClientIdLength = 23,
            MaxConnectRate = random.Next(6) == 0 ? random.Next(1, 5) : 0,
            MaxConnectSize = Math.Min(size, (random.Next(4) == 0 ? 64 : 128) + random.Next(200)),
            MaxPacketSize = size,
            ReceiveSize = random.Next(64, 400),
            MaxSubscriptions = random.Next(2) == 0 ? random.Next(2, 20) : 500,
            MaxSubscriptionsPerClient = random.Next(2) == 0 ? random.Next(1, 6) : 200,
            MaxFilterShapes = random.Next(5, 20),
            MaxFiltersPerPacket = random.Next(4) == 0 ? random.Next(1, 8) : 16,
            MaxTopicLength = random.Next(6) == 0 ? random.Next(8, 20) : 60,
            MaxTopicLevels = random.Next(6) == 0 ? random.Next(1, 4) : 8,
            MaxQueuedMessages = random.Next(2) == 0 ? random.Next(1, 6) : random.Next(6, 40),
            MaxQueuedBytes = size + random.Next(3) * random.Next(1000),
            MaxQueuedResponses = random.Next(4, 9),
            MaxRetainedMessages = random.Next(4) == 0 ? 0 : random.Next(1, 30),
            MaxRetainedBytes = random.Next(200, 6000),
            MessageBlockSize = random.Next(3) switch { 0 => 64, 1 => 256, _ => 32 },
            InboundBlockSize = 16 << random.Next(3),
            TextBlockSize = 16,
            TextBlocks = random.Next(3) == 0 ? random.Next(8, 40) : 2000,
            ClientIdBlocks = random.Next(3) == 0 ? random.Next(2, 8) : 0,
            RouteEntries = random.Next(1, 20),
            RouteTopicLength = random.Next(1, 30),
            RouteResults = random.Next(1, 40),
        };
        limits.MaxQueueEntries = 4 * limits.Slots() + random.Next(2) * random.Next(80);
        limits.MessageBlocks = limits.ReservedBlocks() + size / limits.MessageBlockSize + 2
            + random.Next(3) * random.Next(40);
        limits.InboundBlocks = size / limits.InboundBlockSize + random.Next(2) * random.Next(40);
        return limits;
    }

    /// <summary>What the broker allows and how long it waits.</summary>
    public static BrokerSettings Settings(Random random, bool isTight) => new()
    {
        MaxQos = (byte)(random.Next(4) == 0 ? 0 : 1),
        RetainAvailable = random.Next(4) > 0,
        MaxKeepAliveS = random.Next(3) == 0 ? 30 : 0,
        AllowZeroLengthClientId = random.Next(3) > 0,
        SysIntervalS = random.Next(2) == 0 ? random.Next(1, 10) : 0,
        HashSeed = random.Next(),
        ConnectTimeoutMs = isTight && random.Next(3) == 0 ? random.Next(1, 10_000) : 10_000,
        QueueFullPolicy = (QueueFullPolicy)random.Next(3),
        QueueFullDeadlineMs = 1500,
        SlowGraceMs = random.Next(3) == 0 ? 0 : random.Next(40),
        PacketTimeoutMs = !isTight ? int.MaxValue : random.Next(2) == 0 ? 3000 : 30_000,
        ClosingTimeoutMs = isTight ? random.Next(1, 3000) : 2000,
    };
}
