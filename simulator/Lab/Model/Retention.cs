namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>A message that is retained, or was.</summary>
public sealed class Retention(Packet message, long sinceMs, long fromTurn)
{
    /// <summary>As it was published.</summary>
    public Packet Message => message;

    /// <summary>When it was published.</summary>
    public long SinceMs => sinceMs;

    /// <summary>The turn of the broker from which it is retained.</summary>
    public long FromTurn => fromTurn;

    /// <summary>The turn in which it was replaced or removed.</summary>
    public long UntilTurn { get; internal set; } = long.MaxValue;
}
