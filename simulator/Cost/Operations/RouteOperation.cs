namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A PUBLISH goes through the core: from Receive to the last Transmit. Its Topic Name is that of
/// the PUBLISH before.
/// </summary>
public sealed class RouteOperation : Operation
{
    private readonly BrokerRig _rig;
    private readonly int _subscribers;
    private readonly int _publisher;
    private readonly byte[] _packet;

    /// <summary>A publisher and its subscribers.</summary>
    public RouteOperation(int subscribers, byte version)
    {
        _rig = new BrokerRig(version);
        _subscribers = subscribers;
        for (int i = 0; i < subscribers; i++)
        {
            _rig.Subscribe("sub" + i.ToString(), ClientPackets.Topic);
        }

        _publisher = _rig.Connect("pub");
        _packet = ClientPackets.Publish(ClientPackets.Topic, false, version);
    }

    /// <inheritdoc/>
    public override void Run() => _rig.Exchange(_publisher, _packet, _subscribers);
}
