using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A client comes and goes: Open, CONNECT, CONNACK, DISCONNECT, Close.
/// </summary>
public sealed class ConnectOperation : Operation
{
    private readonly BrokerRig _rig;
    private readonly byte[] _connect;
    private readonly byte[] _disconnect = ClientPackets.Empty(PacketType.Disconnect);

    /// <summary>A broker with another client.</summary>
    public ConnectOperation(byte version)
    {
        _rig = new BrokerRig(version);
        _rig.Connect("other");
        _connect = ClientPackets.Connect("kitchen-sensor", version);
    }

    /// <inheritdoc/>
    public override void Run()
    {
        MqttBroker broker = _rig.Broker;
        int slot = broker.Open(0, _rig.NowMs);
        _rig.Exchange(slot, _connect, 1);
        _rig.Exchange(slot, _disconnect, 0);
        broker.Close(slot, _rig.NowMs);
    }
}
