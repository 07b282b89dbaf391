namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A client subscribes to one name that has a Retained Message, and gets SUBACK and the message.
/// </summary>
public sealed class ReplayOperation : Operation
{
    private readonly BrokerRig _rig;
    private readonly int _slot;
    private readonly byte[] _subscribe;

    /// <summary>A client, and a message that is retained.</summary>
    public ReplayOperation(byte version)
    {
        _rig = new BrokerRig(version);
        int publisher = _rig.Connect("pub");
        _rig.Exchange(
            publisher, ClientPackets.Publish(ClientPackets.Topic, true, version), 0);
        _slot = _rig.Connect("sub");
        _subscribe = ClientPackets.Subscribe(ClientPackets.Topic, version);
    }

    /// <inheritdoc/>
    public override void Run() => _rig.Exchange(_slot, _subscribe, 1);
}
