namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>What waits to be sent to a client.</summary>
/// <param name="Packet">The packet, in its client's version.</param>
/// <param name="Message">The message that it carries, as it was published; else the packet.</param>
/// <param name="SinceMs">When its message was published.</param>
/// <param name="Turn">The turn of the broker in which it was queued.</param>
public sealed record Outgoing(Packet Packet, Packet Message, long SinceMs, long Turn);
