using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>Limits that are met all the time, except for those of subscriptions.</summary>
internal static class DeliveryLimits
{
    /// <summary>Limits and settings of a run.</summary>
    public static (BrokerLimits, BrokerSettings) Make(Random random, bool hasRetained)
    {
        int size = random.Next(3) switch { 0 => 256, 1 => 600, _ => 1400 };
        BrokerLimits limits = new()
        {
            MaxConnections = random.Next(2, 8),
            ConnectSlots = random.Next(1, 3),
            MaxClientIdLength = 23,
            MaxConnectRate = 0,
            MaxConnectSize = 256,
            MaxPacketSize = size,
            ReceiveSize = random.Next(64, 400),
            MaxSubscriptions = 500,
            MaxSubscriptionsPerClient = 200,
            MaxFilterShapes = random.Next(5, 20),
            MaxTopicLength = 60,
            MaxTopicLevels = 8,
            MaxQueuedMessages = random.Next(2) == 0 ? random.Next(1, 6) : random.Next(6, 40),
            MaxQueuedBytes = size + random.Next(3) * random.Next(1000),
            MaxQueuedResponses = random.Next(4, 9),
            MaxRetainedMessages = hasRetained ? random.Next(1, 30) : 0,
            MaxRetainedBytes = random.Next(200, 6000),
            MessageBlockSize = random.Next(3) switch { 0 => 64, 1 => 256, _ => 32 },
            InboundBlockSize = 16 << random.Next(3),
            TextBlockSize = 16,
            TextBlocks = 2000,
            RouteEntries = random.Next(1, 20),
            RouteTopicLength = random.Next(1, 30),
            RouteResults = random.Next(1, 40),
        };
        limits.MaxQueueEntries = 4 * limits.Slots() + random.Next(2) * random.Next(80);
        limits.MessageBlocks = limits.ReservedBlocks() + size / limits.MessageBlockSize + 2
            + random.Next(3) * random.Next(40);
        limits.InboundBlocks = size / limits.InboundBlockSize + random.Next(2) * random.Next(40);
        BrokerSettings settings = new()
        {
            QueueFullPolicy = (QueueFullPolicy)random.Next(3),
            SysIntervalS = 0,
            QueueFullDeadlineMs = 1500,
            SlowGraceMs = random.Next(3) == 0 ? 0 : random.Next(40),
            PacketTimeoutMs = random.Next(2) == 0 ? 3000 : 30_000,
            HashSeed = random.Next(),
        };
        return (limits, settings);
    }

    /// <summary>Makes limits so wide that none is met.</summary>
    public static void MakeRoomy(BrokerLimits limits, BrokerSettings settings)
    {
        limits.MaxQueuedMessages = 20_000;
        limits.MaxQueuedBytes = 4_000_000;
        limits.MaxQueueEntries = 200_000;
        limits.MaxRetainedMessages = 4000;
        limits.MaxRetainedBytes = 4_000_000;
        limits.MessageBlocks = 10_000_000 / limits.MessageBlockSize;
        limits.InboundBlocks = 400_000 / limits.InboundBlockSize;
        settings.PacketTimeoutMs = int.MaxValue;
    }
}
