using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>A client sends PINGREQ and gets PINGRESP.</summary>
public sealed class PingOperation : Operation
{
    private readonly BrokerRig _rig;
    private readonly int _slot;
    private readonly byte[] _packet = ClientPackets.Empty(PacketType.Pingreq);

    /// <summary>A client.</summary>
    public PingOperation(byte version)
    {
        _rig = new BrokerRig(version);
        _slot = _rig.Connect("client");
    }

    /// <inheritdoc/>
    public override void Run() => _rig.Exchange(_slot, _packet, 1);
}
