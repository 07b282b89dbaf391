using System;
using EdgeBroker.Codec;
using EdgeBroker.Codec.Client;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// What one client sees: checks that the broker's bytes are whole, valid Control Packets in an
/// order that the specification allows.
/// </summary>
internal sealed class ClientView
{
    private readonly byte[] _buffer = new byte[16384];
    private readonly PublishPacket _publish = new() { FromServer = true };
    private readonly ConnackPacket _connack = new();
    private readonly SubackPacket _suback = new();
    private readonly ReasonPacket _reason = new();
    private int _length;
    private bool _isConnected;
    private bool _isOver;

    /// <summary>Whether this client never reads.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Packets seen.</summary>
    public int Packets { get; private set; }

    /// <summary>Takes bytes that the broker has sent to a client of a protocol version.</summary>
    public void Take(byte[] source, int offset, int count, byte version)
    {
        Array.Copy(source, offset, _buffer, _length, count);
        _length += count;
        int at = 0;
        while (at < _length)
        {
            int used = FixedHeader.DecodeRemainingLength(
                _buffer, at + 1, _length, out int remaining);
            if (used == 0 || at + 1 + used + remaining > _length)
            {
                break;
            }

            Require(used > 0, "Remaining Length");
            Look(_buffer[at], at + 1 + used, remaining, version);
            at += 1 + used + remaining;
        }

        Array.Copy(_buffer, at, _buffer, 0, _length - at);
        _length -= at;
    }

    private void Look(byte first, int offset, int length, byte version)
    {
        Packets++;
        Require(!_isOver, "a packet behind DISCONNECT or a refusal");
        int type = first >> 4;
        Require(_isConnected != (type == PacketType.Connack), "CONNACK once and first");
        if (type != PacketType.Publish)
        {
            Require(FixedHeader.CheckFlags(first) == ReasonCode.Success, "flags");
        }

        byte code;
        switch (type)
        {
            case PacketType.Connack:
                code = _connack.Decode(_buffer, offset, length, version);
                _isConnected = true;
                _isOver = _connack.ReasonCode != ReasonCode.Success;
                break;
            case PacketType.Publish:
                code = _publish.Decode(_buffer, offset, length, first, version);
                Require(code != ReasonCode.Success || _publish.Qos == 0, "QoS");
                Require(code != ReasonCode.Success || Topics.TopicName.Check(_buffer,
                    _publish.TopicOffset, _publish.TopicLength, 1000) == 0, "Topic Name");
                break;
            case PacketType.Suback:
            case PacketType.Unsuback:
                code = _suback.Decode(_buffer, offset, length, first, version);
                break;
            case PacketType.Pingresp:
                code = PingPacket.Decode(length);
                break;
            case PacketType.Puback:
            case PacketType.Pubrel:
            case PacketType.Pubcomp:
                code = _reason.Decode(_buffer, offset, length, first, version);
                break;
            case PacketType.Disconnect:
                Require(version == ProtocolVersion.V5, "DISCONNECT to a 3.1.1 client");
                code = _reason.Decode(_buffer, offset, length, first, version);
                _isOver = true;
                break;
            default:
                throw new InvalidOperationException($"packet type {type}");
        }

        Require(code == ReasonCode.Success, $"packet {first:x2} is refused with {code:x2}");
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException("the client saw something wrong: " + what);
        }
    }
}
