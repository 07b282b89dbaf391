using System;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>A PUBLISH is taken apart, without looking at the bytes of its Topic Name.</summary>
public sealed class ParseOperation : Operation
{
    private readonly byte _version;
    private readonly byte[] _packet;
    private readonly PublishPacket _parsed = new();

    /// <summary>A packet to parse.</summary>
    public ParseOperation(byte version)
    {
        _version = version;
        _packet = ClientPackets.Publish(ClientPackets.Topic, false, version);
    }

    /// <inheritdoc/>
    public override void Run()
    {
        byte[] packet = _packet;
        int used = FixedHeader.DecodeRemainingLength(packet, 1, packet.Length, out int length);
        if (_parsed.Decode(packet, 1 + used, length, packet[0], _version) != ReasonCode.Success)
        {
            throw new InvalidOperationException("the packet is well-formed and was refused");
        }
    }
}
