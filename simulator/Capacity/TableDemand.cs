using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>What a fleet takes of the broker's tables. Each rule is one of the core's.</summary>
internal sealed class TableDemand(IReadOnlyList<FleetNode> nodes, BrokerLimits limits)
{
    private const int LengthBytes = 2;
    private const int AssignedBytes = 21;
    private const int WillShare = 5;
    private const string Refused = "CONNECT is refused";
    private const string FilterRefused = "the filter is refused";
    private const string NotRetained = "the message is not retained";

    /// <summary>All of them.</summary>
    public IEnumerable<Resource> Resources() =>
        [.. Identities(), .. Sizes(), .. Subscriptions(), .. Retained()];

    private IEnumerable<Resource> Identities()
    {
        int[] lengths = [.. nodes.Select(IdBytes)];
        yield return new Resource("Client Identifier", lengths.Max(), limits.MaxClientIdLength,
            "bytes", Refused);
        yield return new Resource("text of identifiers", lengths.Sum(TextBlocks),
            limits.BlocksForClientIds(), "blocks", Refused);
        yield return new Resource("CONNECT", nodes.Max(ConnectBytes), limits.MaxConnectSize,
            "bytes", "the connection is closed");
    }

    private IEnumerable<Resource> Sizes()
    {
        string[] names =
        [
            .. nodes.SelectMany(n => n.Publications).Select(p => p.Topic),
            .. nodes.SelectMany(n => n.Filters),
            .. nodes.Select(n => n.Will?.Topic).OfType<string>(),
        ];
        yield return new Resource("packet",
            nodes.SelectMany(n => n.Publications.Select(p => PacketBytes(n, p))).Append(0).Max(),
            limits.MaxPacketSize, "bytes", "the connection is closed");
        yield return new Resource("topic length",
            names.Select(FleetNode.Bytes).Append(0).Max(), limits.MaxTopicLength, "bytes",
            "the topic is refused");
        yield return new Resource("topic levels",
            names.Select(name => name.Split('/').Length).Append(0).Max(),
            limits.MaxTopicLevels, "", "the topic is refused");
    }

    private IEnumerable<Resource> Subscriptions()
    {
        yield return new Resource("subscriptions", Shared(limits.MaxSubscriptions,
            nodes.Select(n => n.Filters.Count)), limits.MaxSubscriptions, "", FilterRefused);
        yield return new Resource("filters of one client",
            nodes.Max(n => n.Filters.Count), limits.MaxSubscriptionsPerClient, "", FilterRefused);
        yield return new Resource("text of filters", Shared(limits.TextBlocks,
            nodes.Select(n => n.Filters.Sum(f => TextBlocks(FleetNode.Bytes(f))))),
            limits.TextBlocks, "blocks", FilterRefused);
        var shapes = new ShapeCount(limits);
        foreach (string filter in nodes.SelectMany(n => n.Filters).Distinct())
        {
            shapes.Add(filter);
        }

        yield return new Resource("shapes of filters", shapes.Shapes, shapes.MostShapes, "",
            "matching costs more")
        {
            IsHard = false,
        };
        yield return new Resource("filters beyond shapes", shapes.CoveredWithOthers,
            ShapeCount.MostCovered, "", FilterRefused)
        {
            Least = shapes.LargestCovered,
        };
    }

    /// <summary>Half of a table is kept for those who hold less than half of an even share.
    /// </summary>
    private int Shared(int total, IEnumerable<int> held)
    {
        int kept = total / 2 / limits.MaxConnections;
        int absent = Math.Max(0, limits.MaxConnections - nodes.Count);
        return held.Sum(one => Math.Max(one, kept)) + (absent * kept);
    }

    // Of each topic the longest message. Wills count as well as what they may become.
    private IEnumerable<Resource> Retained()
    {
        int[] retained =
        [
            .. nodes.SelectMany(n => n.Publications.Where(p => p.Retain && p.Bytes > 0)
                    .Select(p => (p.Topic, Bytes: StoredBytes(p.Topic, p.Bytes))))
                .Concat(Wills().Where(will => will.Retain)
                    .Select(will => (will.Topic, Bytes: StoredBytes(will.Topic, will.Bytes))))
                .GroupBy(message => message.Topic)
                .Select(same => same.Max(message => message.Bytes)),
        ];
        yield return new Resource("Retained Messages", retained.Length,
            limits.MaxRetainedMessages, "", NotRetained);
        yield return new Resource("retained bytes", retained.Sum(bytes => (long)bytes),
            limits.MaxRetainedBytes, "bytes", NotRetained);

        // The largest packet and the longest response always find room beside them.
        int spared = retained.Length > 0 ? limits.MaxConnections / WillShare : 0;
        long pinned = retained.Sum(bytes => (long)MessageBlocks(bytes))
            + Wills().Sum(will => MessageBlocks(StoredBytes(will.Topic, will.Bytes)));
        int passing = MessageBlocks(limits.MaxPacketSize + MessageStore.TrailerLength);
        yield return new Resource("retained and Wills", pinned + spared,
            limits.MessageBlocks - limits.ReservedBlocks() - passing, "blocks", NotRetained);
    }

    private IEnumerable<FleetWill> Wills() =>
        nodes.Select(n => n.Will).OfType<FleetWill>().Where(w => !SysName(w.Topic));

    private int TextBlocks(int bytes) => Blocks(bytes, limits.TextBlockSize);

    private int MessageBlocks(int bytes) => Blocks(bytes, limits.MessageBlockSize);

    private static int Blocks(int bytes, int size) => Math.Max(1, (bytes + size - 1) / size);

    private static bool SysName(string topic) => topic.StartsWith("$SYS/");

    private static int IdBytes(FleetNode node) =>
        node.Id.Length > 0 ? FleetNode.Bytes(node.Id) : AssignedBytes;

    private static int StoredBytes(string topic, int payload) =>
        LengthBytes + FleetNode.Bytes(topic) + payload;

    /// <summary>Bytes of a PUBLISH as its publisher sends it.</summary>
    internal static int PacketBytes(FleetNode node, FleetPublication what) => WithHeader(
        StoredBytes(what.Topic, what.Bytes) + (what.Qos > 0 ? LengthBytes : 0)
        + (node.Group.Version == 5 ? 1 : 0));

    private static int ConnectBytes(FleetNode node)
    {
        const int FixedPart = 10;
        int properties = node.Group.Version == 5 ? 1 : 0;
        int will = node.Will == null ? 0
            : properties + StoredBytes(node.Will.Topic, node.Will.Bytes) + LengthBytes;
        return WithHeader(
            FixedPart + properties + LengthBytes + FleetNode.Bytes(node.Id) + will);
    }

    /// <summary>Bytes of a packet with its Fixed Header.</summary>
    internal static int WithHeader(int remaining)
    {
        int bytes = 2;
        for (int left = remaining >> 7; left > 0; left >>= 7)
        {
            bytes++;
        }

        return bytes + remaining;
    }
}
