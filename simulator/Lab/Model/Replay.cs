namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>A SUBSCRIBE that asked for what is retained.</summary>
/// <param name="Filter">Its Topic Filter.</param>
/// <param name="Turn">The turn of the broker in which it came.</param>
public sealed record Replay(string Filter, long Turn)
{
    /// <summary>Whether the subscription has ended since.</summary>
    public bool IsOver { get; internal set; }
}
