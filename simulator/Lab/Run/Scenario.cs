using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// Everything that a run depends on. The same scenario gives the same run, byte for byte.
/// </summary>
public sealed record Scenario
{
    /// <summary>The host: "pc", or the name of a board.</summary>
    public required string Subject { get; init; }

    /// <summary>Seed of what the network does by chance.</summary>
    public int NetworkSeed { get; init; }

    /// <summary>Fields of BrokerLimits that differ from the subject's own.</summary>
    public SortedDictionary<string, int> Limits { get; init; } = [];

    /// <summary>Fields of BrokerSettings that differ from the default; times as numbers.</summary>
    public SortedDictionary<string, int> Settings { get; init; } = [];

    /// <summary>Native heap of a board in KB.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int NativeKb { get; init; } = 150;

    /// <summary>Bytes that a connection's send buffer takes; 0 is the subject's own.</summary>
    public int SendBytes { get; init; }

    /// <summary>When the faults end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long FaultsEndMs { get; init; }

    /// <summary>The clients.</summary>
    public required IReadOnlyList<ClientSpec> Clients { get; init; }

    /// <summary>What happens, in the order of time.</summary>
    public required IReadOnlyList<Happening> Events { get; init; }
}
