namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A client comes back to its session, gets CONNACK and the messages that it has not acknowledged,
/// as many as its window has, and goes without a word.
/// </summary>
public sealed class ResumeOperation : Operation
{
    private const string Name = "sub";

    private readonly BrokerRig _rig;
    private readonly byte[] _connect;

    /// <summary>A session with messages on their way.</summary>
    public ResumeOperation(byte version)
    {
        _rig = BrokerRig.WithSessions(version);
        _connect = ClientPackets.Resume(Name, version);
        int slot = _rig.Broker.Open(0, _rig.NowMs);
        _rig.Exchange(slot, _connect, 1);
        _rig.Exchange(slot, ClientPackets.Subscribe(ClientPackets.Topic, version, 1), 1);
        int publisher = _rig.Connect("pub");
        byte[] publish = ClientPackets.Publish(ClientPackets.Topic, false, version, 1);
        for (int i = 0; i < BrokerRig.Window; i++)
        {
            _rig.Exchange(publisher, publish, 2);
        }

        _rig.Broker.Close(slot, _rig.NowMs);
    }

    /// <inheritdoc/>
    public override void Run()
    {
        int slot = _rig.Broker.Open(0, _rig.NowMs);
        _rig.Exchange(slot, _connect, 1);
        _rig.Broker.Close(slot, _rig.NowMs);
    }
}
