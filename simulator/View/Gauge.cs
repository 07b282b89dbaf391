namespace EdgeBroker.Simulator.View;

/// <summary>Something that has a limit, and how near it is.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much there is.</param>
/// <param name="Limit">How much there may be.</param>
/// <param name="IsBytes">Whether these are bytes.</param>
public sealed record Gauge(string Name, long Value, long Limit, bool IsBytes = false);
