using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A message at QoS 1 or 2 goes from a publisher through the core to a subscriber, with all packets
/// that acknowledge it both ways.
/// </summary>
public sealed class QosOperation : Operation
{
    private readonly BrokerRig _rig;
    private readonly int _qos;
    private readonly int _publisher;
    private readonly int _subscriber;
    private readonly byte[] _publish;
    private readonly byte[][] _acknowledgements =
    [
        ClientPackets.Acknowledge(PacketType.Puback),
        ClientPackets.Acknowledge(PacketType.Pubrec),
        ClientPackets.Acknowledge(PacketType.Pubcomp),
    ];

    private readonly byte[] _pubrel = ClientPackets.Acknowledge(PacketType.Pubrel);
    private int _packetId;

    /// <summary>A publisher and a subscriber at that QoS.</summary>
    public QosOperation(int qos, byte version)
    {
        _rig = BrokerRig.WithSessions(version);
        _qos = qos;
        _subscriber = _rig.Subscribe("sub", ClientPackets.Topic, (byte)qos);
        _publisher = _rig.Connect("pub");
        _publish = ClientPackets.Publish(ClientPackets.Topic, false, version, qos);
    }

    /// <inheritdoc/>
    public override void Prepare()
    {
        // The broker counts its Packet Identifiers up, from 1 to 65,535.
        _packetId = _packetId < ushort.MaxValue ? _packetId + 1 : 1;
        foreach (byte[] packet in _acknowledgements)
        {
            packet[2] = (byte)(_packetId >> 8);
            packet[3] = (byte)_packetId;
        }
    }

    /// <inheritdoc/>
    public override void Run()
    {
        // Both get something: the message, and PUBACK or PUBREC.
        _rig.Exchange(_publisher, _publish, 2);
        if (_qos == 1)
        {
            _rig.Exchange(_subscriber, _acknowledgements[0], 0);
            return;
        }

        _rig.Exchange(_publisher, _pubrel, 1);
        _rig.Exchange(_subscriber, _acknowledgements[1], 1);
        _rig.Exchange(_subscriber, _acknowledgements[2], 0);
    }
}
