using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>Clients that are to share one broker, as a fleet file has them. docs/plan.md says what
/// each member means.</summary>
public sealed record Fleet
{
    /// <summary>A sentence about it.</summary>
    public string? About { get; init; } = "";

    /// <summary>Clients that are alike.</summary>
    public IReadOnlyList<FleetGroup> Groups { get; init; } = [];

    /// <summary>All clients, one by one.</summary>
    public IReadOnlyList<FleetNode> Nodes() => [.. Groups.SelectMany(
        group => Enumerable.Range(1, group.Count).Select(n => new FleetNode(group, n)))];

    /// <summary>The same fleet with another number of clients in a group.</summary>
    public Fleet With(FleetGroup group, int count) => this with
    {
        Groups = [.. Groups.Select(g => ReferenceEquals(g, group) ? g with { Count = count } : g)],
    };
}
