using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>One client of a fleet.</summary>
public sealed class FleetNode
{
    /// <summary>Stands for the number of a client.</summary>
    public const string NumberMark = "{n}";

    private readonly string _number;

    /// <param name="group">What it has in common with others.</param>
    /// <param name="number">Its number in the group, from 1.</param>
    public FleetNode(FleetGroup group, int number)
    {
        Group = group;
        _number = number.ToString(CultureInfo.InvariantCulture);
        Id = Named(group.ClientId ?? $"{group.Name}-{NumberMark}");
        Publications = [.. group.Publishes.Select(one => one with { Topic = Named(one.Topic) })];
        Filters = [.. group.Subscribes.Select(Named).Distinct()];
        Will = group.Will == null ? null : group.Will with { Topic = Named(group.Will.Topic) };
    }

    /// <summary>What it has in common with others.</summary>
    public FleetGroup Group { get; }

    /// <summary>Its Client Identifier; empty when the broker is to assign one.</summary>
    public string Id { get; }

    /// <summary>What it publishes.</summary>
    public IReadOnlyList<FleetPublication> Publications { get; }

    /// <summary>What it subscribes to, each filter once.</summary>
    public IReadOnlyList<string> Filters { get; }

    /// <summary>Its Will, or null.</summary>
    public FleetWill? Will { get; }

    /// <summary>Bytes of text as MQTT has it.</summary>
    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private string Named(string text) => text.Replace(NumberMark, _number);
}
