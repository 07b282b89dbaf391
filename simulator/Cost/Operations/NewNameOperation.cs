namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A PUBLISH to one subscriber whose Topic Name the core does not remember, because subscriptions
/// have changed: it is checked, cut and matched.
/// </summary>
public sealed class NewNameOperation : Operation
{
    private const string Other = "other";

    private readonly BrokerRig _rig;
    private readonly int _subscriber;
    private readonly int _publisher;
    private readonly byte[] _subscribe;
    private readonly byte[] _unsubscribe;
    private readonly byte[] _packet;

    /// <summary>A publisher and a subscriber.</summary>
    public NewNameOperation(byte version)
    {
        _rig = new BrokerRig(version);
        _subscriber = _rig.Subscribe("sub", "home/+/temp");
        _publisher = _rig.Connect("pub");
        _subscribe = ClientPackets.Subscribe(Other, version);
        _unsubscribe = ClientPackets.Unsubscribe(Other, version);
        _packet = ClientPackets.Publish(ClientPackets.Topic, false, version);
    }

    /// <inheritdoc/>
    public override void Prepare()
    {
        _rig.Exchange(_subscriber, _subscribe, 1);
        _rig.Exchange(_subscriber, _unsubscribe, 1);
    }

    /// <inheritdoc/>
    public override void Run() => _rig.Exchange(_publisher, _packet, 1);
}
