using System;
using System.Collections.Generic;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Plans;

/// <summary>Random limits that are met all the time.</summary>
internal static class TightLimits
{
    /// <summary>Draws limits for so many clients.</summary>
    public static SortedDictionary<string, int> Draw(Random random, int clients)
    {
        int size = random.Next(3) switch { 0 => 256, 1 => 600, _ => 1400 };
        var limits = new BrokerLimits
        {
            MaxConnections = clients,
            ConnectSlots = random.Next(1, 4),
            MaxClientIdLength = 23,

            // Those that the broker assigns take two.
            ClientIdBlocks = 2 * (clients + 4),
            MaxConnectRate = 0,
            MaxConnectSize = 256,
            MaxPacketSize = size,
            ReceiveSize = random.Next(64, 400),
            MaxSubscriptions = clients * random.Next(2, 12),
            MaxSubscriptionsPerClient = random.Next(2, 20),
            MaxFilterShapes = random.Next(5, 20),
            MaxTopicLength = 60,
            MaxTopicLevels = 8,
            MaxQueuedMessages = random.Next(2) == 0 ? random.Next(1, 6) : random.Next(6, 40),
            MaxQueuedBytes = size + (random.Next(3) * random.Next(1000)),
            MaxQueuedResponses = random.Next(4, 9),
            MaxRetainedMessages = random.Next(3) == 0 ? 0 : random.Next(1, 30),
            MaxRetainedBytes = random.Next(200, 6000),
            MessageBlockSize = random.Next(3) switch { 0 => 64, 1 => 256, _ => 32 },
            InboundBlockSize = 16 << random.Next(3),
            TextBlockSize = 16,
            TextBlocks = clients * 20,
            RouteEntries = random.Next(1, 20),
            RouteTopicLength = random.Next(1, 30),
            RouteResults = random.Next(1, 40),
        };
        limits.MaxSubscriptionsPerClient =
            Math.Min(limits.MaxSubscriptionsPerClient, limits.MaxSubscriptions);
        limits.MaxQueueEntries = (4 * limits.Slots()) + (random.Next(2) * random.Next(80));
        limits.MessageBlocks = limits.ReservedBlocks() + (size / limits.MessageBlockSize) + 2
            + (random.Next(3) * random.Next(40));
        limits.InboundBlocks = (size / limits.InboundBlockSize) + (random.Next(2) * 40);
        return Figures(limits);
    }

    private static SortedDictionary<string, int> Figures(BrokerLimits limits)
    {
        var figures = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (System.Reflection.FieldInfo field in typeof(BrokerLimits).GetFields())
        {
            if (field.FieldType == typeof(int) && !field.IsStatic)
            {
                figures.Add(field.Name, (int)field.GetValue(limits)!);
            }
        }

        return figures;
    }
}
