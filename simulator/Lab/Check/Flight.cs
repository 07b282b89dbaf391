using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>A PUBLISH at QoS 1 or 2 that the broker has sent and whose flow is not over.</summary>
/// <param name="first">The packet as it was sent first.</param>
internal sealed class Flight(Packet first)
{
    /// <summary>The packet as it was sent first.</summary>
    public Packet First => first;

    /// <summary>The number of the connection that it was sent on last.</summary>
    public int SentOn { get; set; }

    /// <summary>Whether PUBREC has come.</summary>
    public bool IsReleased { get; set; }

    /// <summary>The number of the connection that PUBREL is due or was sent on last.</summary>
    public int ReleasedOn { get; set; }

    /// <inheritdoc/>
    public override string ToString() => (IsReleased ? "released " : "") + first;
}
