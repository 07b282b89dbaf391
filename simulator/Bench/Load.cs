using System.Threading;

namespace EdgeBroker.Simulator.Bench;

/// <summary>How much a scenario asks of a broker.</summary>
internal sealed record Load
{
    /// <summary>Protocol version, 4 or 5.</summary>
    public int Version { get; init; } = 4;

    /// <summary>QoS of messages and subscriptions.</summary>
    public int Qos { get; init; }

    /// <summary>Messages at QoS 1 or 2 that a publisher has not got acknowledged at most: as many
    /// as mosquitto's and paho's clients have.</summary>
    public int Inflight { get; init; } = 20;

    /// <summary>Bytes of a payload.</summary>
    public int Payload { get; init; } = 64;

    /// <summary>Clients on the side of which there are many; 0 for those of the scenario.</summary>
    public int Clients { get; init; }

    /// <summary>Seconds that are measured.</summary>
    public double Seconds { get; init; } = 3;

    /// <summary>Seconds before that.</summary>
    public double WarmUpS { get; init; } = 1;

    /// <summary>Messages under way at most; 0 for as many as the sockets take, null for those of
    /// the scenario.</summary>
    public int? Window { get; init; }

    /// <summary>Messages per second, sent at their times whatever comes back; 0 for a window.
    /// </summary>
    public double Rate { get; init; }

    /// <summary>Ends it early.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>Messages that a publisher sends in one go at most.</summary>
    public int Batch { get; init; } = 64;
}
