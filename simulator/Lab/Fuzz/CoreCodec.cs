using System;
using EdgeBroker.Codec;
using EdgeBroker.Codec.Client;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// The core's codec as one function: a whole packet in, a Reason Code out; and back into bytes
/// what was decoded last.
/// </summary>
internal sealed class CoreCodec
{
    private const int AnyLevels = int.MaxValue;

    private readonly ConnectPacket _connect = new();
    private readonly ConnackPacket _connack = new();
    private readonly PublishPacket _fromClient = new();
    private readonly PublishPacket _fromServer = new() { FromServer = true };
    private readonly SubscribePacket _subscribe = new();
    private readonly SubackPacket _suback = new();
    private readonly ReasonPacket _reason = new();
    private readonly AuthPacket _auth = new();
    private byte _first;
    private byte _version;
    private bool _isToServer;

    /// <summary>Reads a packet as the side would that receives it.</summary>
    /// <returns>Success, or what the packet is refused with.</returns>
    public byte Decode(byte first, byte[] buffer, int offset, int length, byte version, bool up)
    {
        _first = first;
        _version = version;
        _isToServer = up;
        byte type = (byte)(first >> 4);
        byte code = FixedHeader.CheckFlags(first);
        if (code != ReasonCode.Success)
        {
            return code;
        }

        switch (type)
        {
            case PacketType.Connect:
                code = _connect.Decode(buffer, offset, length);
                _version = _connect.Version;
                return code == ReasonCode.Success && _connect.HasWill ? AsMalformed(TopicName.Check(
                    buffer, _connect.WillTopicOffset, _connect.WillTopicLength, AnyLevels)) : code;
            case PacketType.Connack:
                return _connack.Decode(buffer, offset, length, version);
            case PacketType.Publish:
                PublishPacket publish = Publish;
                code = publish.Decode(buffer, offset, length, first, version);
                return code == ReasonCode.Success && publish.TopicLength > 0
                    ? AsMalformed(TopicName.Check(
                        buffer, publish.TopicOffset, publish.TopicLength, AnyLevels))
                    : code;
            case PacketType.Subscribe or PacketType.Unsubscribe:
                code = _subscribe.Decode(buffer, offset, length, first, version);
                return code == ReasonCode.Success && !TopicFilter.AreWellFormed(_subscribe)
                    ? ReasonCode.MalformedPacket
                    : code;
            case PacketType.Suback or PacketType.Unsuback:
                return _suback.Decode(buffer, offset, length, first, version);
            case PacketType.Pingreq or PacketType.Pingresp:
                return PingPacket.Decode(length);
            case PacketType.Auth:
                return _auth.Decode(buffer, offset, length, version);
            default:
                return _reason.Decode(buffer, offset, length, first, version);
        }
    }

    /// <summary>Writes the packet that was decoded last.</summary>
    /// <returns>Its bytes, or -1 when they do not fit.</returns>
    public int Encode(byte[] target, int offset, int capacity)
    {
        byte type = (byte)(_first >> 4);
        switch (type)
        {
            case PacketType.Connect:
                return ConnectEncoder.Encode(_connect, target, offset, capacity);
            case PacketType.Connack:
                return ConnackEncoder.Encode(target, offset, capacity, _version,
                    _connack.SessionPresent, _connack.ReasonCode, _connack.Properties.Buffer,
                    _connack.Properties.Offset, _connack.Properties.Length);
            case PacketType.Publish:
                return PublishEncoder.Encode(Publish, _version,
                    (_first & PublishPacket.DupFlag) != 0, target, offset, capacity);
            case PacketType.Subscribe or PacketType.Unsubscribe:
                return SubscribeEncoder.Encode(_subscribe, _version, target, offset, capacity);
            case PacketType.Suback or PacketType.Unsuback:
                return SubackEncoder.Encode(target, offset, capacity, _version, type,
                    _suback.PacketId, _suback.Codes, _suback.CodesOffset, _suback.CodeCount);
            case PacketType.Pingreq:
                return PingPacket.EncodeRequest(target, offset, capacity);
            case PacketType.Pingresp:
                return PingPacket.EncodeResponse(target, offset, capacity);
            case PacketType.Auth:
                return _auth.Encode(target, offset, capacity);
            case PacketType.Disconnect:
                return DisconnectEncoder.Encode(target, offset, capacity, _reason.ReasonCode,
                    _reason.Properties.Buffer, _reason.Properties.Offset,
                    _reason.Properties.Length);
            default:
                return AckEncoder.Encode(_reason, type, _version, target, offset, capacity);
        }
    }

    private PublishPacket Publish => _isToServer ? _fromClient : _fromServer;

    // What the broker makes of it; see HandlePublish and ConnectRules.
    private static byte AsMalformed(byte code) =>
        code == ReasonCode.Success ? code : ReasonCode.MalformedPacket;
}
