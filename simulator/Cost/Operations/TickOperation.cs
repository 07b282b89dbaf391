using System;
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// The Tick for the Keep Alive of 15 clients, all of whom have sent something in time.
/// </summary>
public sealed class TickOperation : Operation
{
    private const int Clients = 15;
    private const int InTimeMs = 1000;

    private readonly BrokerRig _rig;
    private readonly int[] _slots = new int[Clients];
    private readonly byte[] _ping = ClientPackets.Empty(PacketType.Pingreq);

    /// <summary>Clients.</summary>
    public TickOperation(byte version)
    {
        _rig = new BrokerRig(version);
        for (int i = 0; i < Clients; i++)
        {
            _slots[i] = _rig.Connect("client" + i.ToString());
        }
    }

    /// <inheritdoc/>
    public override void Prepare()
    {
        _rig.NowMs = _rig.Broker.NextDeadlineMs() - InTimeMs;
        for (int i = 0; i < Clients; i++)
        {
            _rig.Exchange(_slots[i], _ping, 1);
        }
    }

    /// <inheritdoc/>
    public override void Run()
    {
        MqttBroker broker = _rig.Broker;
        _rig.NowMs += InTimeMs;
        broker.Tick(_rig.NowMs);
        if (broker.ConnectedClients != Clients)
        {
            throw new InvalidOperationException("a client was lost");
        }
    }
}
