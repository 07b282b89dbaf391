using System.Collections.Generic;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>Clients that are alike but for their number, which stands where {n} is.</summary>
public sealed record FleetGroup
{
    /// <summary>What one of them is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many there are.</summary>
    public int Count { get; init; } = 1;

    /// <summary>4 for MQTT 3.1.1, 5 for 5.0.</summary>
    public int Version { get; init; } = 4;

    /// <summary>Client Identifier; null for the group's name with the number. Without letters the
    /// broker assigns one.</summary>
    public string? ClientId { get; init; }

    /// <summary>Keep Alive in seconds; 0 for none.</summary>
    public int KeepAliveS { get; init; } = 60;

    /// <summary>What each publishes.</summary>
    public IReadOnlyList<FleetPublication> Publishes { get; init; } = [];

    /// <summary>Topic Filters that each subscribes to.</summary>
    public IReadOnlyList<string> Subscribes { get; init; } = [];

    /// <summary>Its Will, or null.</summary>
    public FleetWill? Will { get; init; }
}
