using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>One deviation that docs/limits.md allows.</summary>
/// <param name="Name">The limit.</param>
/// <param name="What">What it may do.</param>
/// <param name="Count">The counter that must have moved.</param>
/// <param name="Code">The Reason Code that goes with it, or 0.</param>
/// <param name="Page">The part of docs/limits.md that says so.</param>
public sealed record Allowance(string Name, Deviation What, int Count, int Code, string Page)
{
    private const string Strangers = "Connections and strangers";
    private const string Packets = "Packets and topics";
    private const string Subscriptions = "Subscriptions";
    private const string Messages = "Messages";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Allowance> All { get; } =
    [
        new("MaxConnections", Deviation.RefusesConnect, Counter.LimitConnections, 0x89, Strangers),
        new("MaxConnectRate", Deviation.RefusesConnect, Counter.LimitConnectRate, 0x9F, Strangers),
        new("MaxClientIdLength", Deviation.RefusesConnect, Counter.LimitClientId, 0x85, Strangers),
        new("ClientIdBlocks", Deviation.RefusesConnectLate, Counter.LimitClientId, 0x97,
            Strangers),
        new("MaxTopicLength of a Will", Deviation.RefusesConnect, Counter.LimitTopic, 0x97,
            Packets),
        new("MessageBlocks for a Will", Deviation.RefusesConnect, Counter.LimitMessageMemory,
            0x97, Messages),
        new("MessageBlocks for a response", Deviation.EndsForPacket, Counter.LimitMessageMemory,
            0x97, Messages),
        new("MaxTopicLength, MaxTopicLevels", Deviation.EndsForPacket, Counter.LimitTopic, 0x90,
            Packets),
        new("MaxFiltersPerPacket", Deviation.EndsForPacket, Counter.LimitFilters, 0x97, Packets),
        new("MaxPacketSize, MaxConnectSize", Deviation.EndsForHeader, Counter.LimitPacketSize,
            0x95, Packets),
        new("ConnectTimeoutMs", Deviation.EndsMeanwhile, Counter.LimitConnectTime, 0xA0,
            Strangers),
        new("PacketTimeoutMs", Deviation.EndsMeanwhile, Counter.LimitPacketTime, 0x80, Packets),
        new("QueueFullDeadlineMs", Deviation.EndsMeanwhile, Counter.LimitQueueTime, 0x97,
            Messages),
        new("MessageBlocks of the frozen", Deviation.EndsMeanwhile, Counter.LimitMessageMemory,
            0x97, Messages),
        new("MaxTopicLength of a filter", Deviation.RefusesFilter, Counter.LimitTopic, 0x97,
            Packets),
        new("MaxSubscriptionsPerClient", Deviation.RefusesFilter,
            Counter.LimitSubscriptionsPerClient, 0x97, Subscriptions),
        new("MaxSubscriptions, TextBlocks", Deviation.RefusesFilter, Counter.LimitSubscriptions,
            0x97, Subscriptions),
        new("MaxRetainedMessages, MaxRetainedBytes", Deviation.RefusesRetaining,
            Counter.LimitRetained, 0x97, Messages),
        new("MaxQueuedMessages, MaxQueuedBytes", Deviation.DropsMessage, Counter.LimitQueue, 0,
            Messages),
        new("MaxQueueEntries", Deviation.DropsMessage, Counter.LimitQueueEntries, 0, Messages),
        new("MessageBlocks", Deviation.DropsMessage, Counter.LimitMessageMemory, 0, Messages),
        new("ClosingTimeoutMs", Deviation.CutsOff, Counter.LimitClosingTime, 0, Messages),
        new("MessageBlocks of the closing", Deviation.CutsOff, Counter.LimitMessageMemory, 0,
            Messages),
    ];

    /// <summary>The one that an event of the core is a case of, or null.</summary>
    public static Allowance? For(Deviation what, CoreEvent happening) => All.FirstOrDefault(
        a => a.What == what && a.Code == happening.Code && happening.Moved[a.Count] > 0);
}
