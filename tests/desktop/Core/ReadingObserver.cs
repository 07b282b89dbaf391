using EdgeBroker.Broker;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>An observer that asks what a host's log asks, at every event.</summary>
internal sealed class ReadingObserver : BrokerObserver
{
    private readonly byte[] _clientId = new byte[256];

    /// <summary>The broker that it listens to.</summary>
    public MqttBroker Broker { get; set; }

    /// <inheritdoc/>
    public override void On(BrokerEvent what, int slot, byte reasonCode, string why)
    {
        Broker.ReadClientId(slot, _clientId);
        Broker.VersionOf(slot);
    }
}
