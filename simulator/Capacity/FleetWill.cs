namespace EdgeBroker.Simulator.Capacity;

/// <summary>The Will of a client.</summary>
public sealed record FleetWill
{
    /// <summary>Topic Name, with {n} for the client's number.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Bytes of payload.</summary>
    public int Bytes { get; init; }

    /// <summary>Whether it is to be retained.</summary>
    public bool Retain { get; init; }
}
