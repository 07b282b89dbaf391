using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Plans;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>What a fleet file may say. Whatever else it says is refused.</summary>
internal static class FleetRules
{
    /// <summary>Most clients of a fleet: far more than the largest board takes.</summary>
    public const int MostNodes = 1000;

    private const int Word = 65_535;
    private const int LargestPayload = 10_000_000;
    private const double DayS = 86_400;
    private const double MostPerS = 10_000;

    /// <summary>Looks at everything.</summary>
    /// <exception cref="InvalidDataException">A value cannot be; it says which.</exception>
    public static void Check(Fleet fleet)
    {
        Shown(fleet.About ?? "", "about");
        Require(fleet.Groups is { Count: > 0 }, "groups", "is empty; write who is to connect");
        for (int i = 0; i < fleet.Groups.Count; i++)
        {
            CheckGroup(fleet.Groups[i], $"groups[{i}]");
        }

        PlanRules.Within(fleet.Groups.Sum(g => (long)g.Count), 1, MostNodes,
            "the number of clients");
        string? twice = fleet.Nodes().Select(node => node.Id).Where(id => id.Length > 0)
            .GroupBy(id => id).FirstOrDefault(same => same.Count() > 1)?.Key;
        Require(twice == null, "clientId",
            $"\"{twice}\" belongs to two clients; put {FleetNode.NumberMark} into it");
        IGrouping<string, FleetGroup>? same =
            fleet.Groups.GroupBy(g => g.Name).FirstOrDefault(named => named.Count() > 1);
        Require(same == null, "groups", $"has \"{same?.Key}\" twice; give each its own name");
    }

    private static void CheckGroup(FleetGroup? group, string place)
    {
        Require(group != null, place, "is null");
        Require(!string.IsNullOrWhiteSpace(group!.Name), place + ".name",
            "is missing; write what one of them is called, such as \"sensor\"");
        Shown(group.Name, place + ".name");
        PlanRules.Within(group.Count, 0, MostNodes, place + ".count");
        Require(group.Version is 4 or 5, place + ".version",
            $"is {group.Version}; write 4 for MQTT 3.1.1 or 5");
        PlanRules.Within(group.KeepAliveS, 0, Word, place + ".keepAliveS");
        Require(group.Publishes != null, place + ".publishes", "is null; leave it out");
        Require(group.Subscribes != null, place + ".subscribes", "is null; leave it out");
        Text(group.ClientId ?? group.Name, place + ".clientId");
        for (int i = 0; i < group.Publishes!.Count; i++)
        {
            CheckPublication(group.Publishes[i], $"{place}.publishes[{i}]");
        }

        for (int i = 0; i < group.Subscribes!.Count; i++)
        {
            CheckFilter(group.Subscribes[i], $"{place}.subscribes[{i}]");
        }

        if (group.Will != null)
        {
            CheckName(group.Will.Topic, place + ".will.topic");
            PlanRules.Within(group.Will.Bytes, 0, Word, place + ".will.bytes");
        }
    }

    private static void CheckPublication(FleetPublication? what, string place)
    {
        Require(what != null, place, "is null");
        CheckName(what!.Topic, place + ".topic");
        PlanRules.Within(what.Bytes, 0, LargestPayload, place + ".bytes");
        PlanRules.Within(what.Qos, 0, 1, place + ".qos");
        PlanRules.Within(what.EveryS, 0, DayS, place + ".everyS");
        PlanRules.Within(what.PerS, 0, MostPerS, place + ".perS");
        Require(what.EveryS == 0 || what.EveryS >= 1 / MostPerS, place + ".everyS",
            $"is {what.EveryS}; the least is {1 / MostPerS}");
        Require(what.EveryS == 0 || what.PerS == 0, place,
            "has both everyS and perS; write one of them");
    }

    private static void CheckName(string? topic, string place)
    {
        Text(topic, place);
        Require(TopicRules.IsName(topic!), place,
            $"is \"{topic}\", which is no Topic Name: it must have letters and no + or #");
    }

    private static void CheckFilter(string? filter, string place)
    {
        Text(filter, place);
        Require(TopicRules.IsFilter(filter!), place,
            $"is \"{filter}\", which is no Topic Filter: + stands for a whole level, # at the end");
        Require(!TopicRules.IsShared(filter!), place,
            $"is \"{filter}\"; the broker has no Shared Subscriptions");
    }

    private static void Text(string? text, string place)
    {
        Require(text != null && FleetNode.Bytes(text) <= Word, place,
            $"must be text of at most {Word} bytes");
        Shown(text!, place);
    }

    // Neither a terminal nor XML takes the others.
    private static void Shown(string text, string place) =>
        Require(!text.Any(c => char.IsControl(c)
                || (!char.IsSurrogate(c) && !XmlConvert.IsXmlChar(c))),
            place, "has a character that cannot be shown; leave it out");

    private static void Require(bool holds, string place, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"{place} {what}");
        }
    }
}
