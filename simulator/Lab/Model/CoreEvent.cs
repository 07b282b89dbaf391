using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>An event that the core told of within one verb.</summary>
/// <param name="Packet">How many packets the verb had begun to handle.</param>
/// <param name="What">What happened.</param>
/// <param name="Slot">The connection.</param>
/// <param name="Code">Reason Code.</param>
/// <param name="Moved">By how much each counter had moved since the event before.</param>
/// <param name="Filter">Of a refused subscription the Topic Filter.</param>
/// <param name="Queued">Messages that wait for the connection.</param>
public sealed record CoreEvent(
    int Packet, BrokerEvent What, int Slot, int Code, long[] Moved, string? Filter, int Queued)
{
    /// <summary>Whether a connection ends with it.</summary>
    public bool IsEnd => What is BrokerEvent.Closed or BrokerEvent.ConnectRefused
        or BrokerEvent.Disconnected;

    /// <summary>Whether the specification is the reason, and no limit.</summary>
    public bool IsByProtocol => Moved[Counter.ProtocolErrors] > 0
        || Moved[Counter.Takeovers] > 0 || Moved[Counter.KeepAliveTimeouts] > 0
        || What == BrokerEvent.Disconnected;
}
