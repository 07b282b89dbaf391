using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>What the broker told its observer.</summary>
public sealed record Told(BrokerEvent What, int Slot, byte Code, string? Why)
{
    /// <summary>Whether a session or a connection ends by it.</summary>
    public bool IsEnd => What is BrokerEvent.Closed or BrokerEvent.Lost
        or BrokerEvent.Disconnected or BrokerEvent.ConnectRefused;
}
