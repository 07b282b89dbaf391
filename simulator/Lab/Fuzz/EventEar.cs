using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>Hears of the broker's events for somebody else.</summary>
internal sealed class EventEar : BrokerObserver
{
    /// <summary>Room for a Client Identifier, as a host's log has it.</summary>
    public byte[] Name { get; } = new byte[256];

    /// <summary>Who is told.</summary>
    public Action<BrokerEvent, int, int, string?>? Heard { get; set; }

    /// <inheritdoc/>
    public override void On(BrokerEvent what, int slot, byte reasonCode, string why) =>
        Heard?.Invoke(what, slot, reasonCode, why);
}
