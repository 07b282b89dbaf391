namespace EdgeBroker.Simulator.Net;

/// <summary>A connection that the broker is done with; the other end may still read.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="UntilMs">When it is closed, whatever the other end does.</param>
internal readonly record struct Lingering(Connection Connection, long UntilMs);
