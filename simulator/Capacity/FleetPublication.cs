namespace EdgeBroker.Simulator.Capacity;

/// <summary>What a client publishes again and again; only once when it says no rate.</summary>
public sealed record FleetPublication
{
    /// <summary>Topic Name, with {n} for the client's number.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Bytes of payload.</summary>
    public int Bytes { get; init; }

    /// <summary>Seconds from one message to the next; 0 when PerS says it.</summary>
    public double EveryS { get; init; }

    /// <summary>Messages per second; 0 when EveryS says it.</summary>
    public double PerS { get; init; }

    /// <summary>Whether it is to be retained.</summary>
    public bool Retain { get; init; }

    /// <summary>QoS, 0 or 1.</summary>
    public int Qos { get; init; }

    /// <summary>Messages per second, whichever way it was said.</summary>
    internal double Rate => EveryS > 0 ? 1 / EveryS : PerS;
}
