using System.Collections.Generic;

namespace EdgeBroker.Simulator.Bench;

/// <summary>What one scenario gave with one broker.</summary>
internal sealed record BenchResult
{
    /// <summary>The scenario.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>The broker.</summary>
    public string Broker { get; init; } = "";

    /// <summary>Bytes of a payload.</summary>
    public int Payload { get; init; }

    /// <summary>Protocol version, 4 or 5.</summary>
    public int Version { get; init; }

    /// <summary>QoS; 0 where it does not matter.</summary>
    public int Qos { get; init; }

    /// <summary>Round, from 1.</summary>
    public int Round { get; init; }

    /// <summary>The figure that the scenario is about.</summary>
    public double Value { get; init; }

    /// <summary>Its unit.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether more of it is better.</summary>
    public bool IsMoreBetter { get; init; } = true;

    /// <summary>Messages published.</summary>
    public long Sent { get; init; }

    /// <summary>Messages delivered.</summary>
    public long Delivered { get; init; }

    /// <summary>Messages that should have been delivered and were not.</summary>
    public long Lost { get; init; }

    /// <summary>Messages that came twice or after a later one.</summary>
    public long Disorder { get; init; }

    /// <summary>Connections that ended.</summary>
    public int Gone { get; init; }

    /// <summary>Times in microseconds by name: p50, p90, p99, p99.9, max.</summary>
    public IReadOnlyDictionary<string, double> LatencyUs { get; init; } =
        new Dictionary<string, double>();

    /// <summary>Processor time of the load in percent of one processor.</summary>
    public double LoadCpuPercent { get; init; }

    /// <summary>Processor time of the broker for each delivery or connection in microseconds;
    /// null when its process is not known.</summary>
    public double? BrokerCpuUs { get; init; }

    /// <summary>Processor time of an idle broker in percent of one processor, or null.</summary>
    public double? BrokerCpuPercent { get; init; }

    /// <summary>Resident memory of the broker in bytes; null when it is not known.</summary>
    public long? BrokerBytes { get; init; }
}
