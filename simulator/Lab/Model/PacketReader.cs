using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Reads packets of either direction, plainly and without the broker's own codec. It is strict:
/// what a well-formed packet cannot contain is an InvalidDataException. State is not its business.
/// </summary>
public sealed partial class PacketReader
{
    private static readonly UTF8Encoding _utf8 = new(false, true);

    private readonly List<byte> _bytes = [];
    private readonly List<Violation> _violations = [];
    private byte[] _body = [];
    private int _at;

    /// <summary>5 or 4; a CONNECT that is read sets it.</summary>
    public int Version { get; set; } = 4;

    /// <summary>Whether what is read comes from clients.</summary>
    public bool IsToServer { get; set; }

    /// <summary>Whether names, filters and identifiers are judged too; a broker does that apart
    /// from reading.</summary>
    public bool JudgesNames { get; init; }

    /// <summary>What is wrong with the last packet, in the order of its bytes.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The last packet, also when it is refused for what can be overlooked; null when its
    /// fields could not all be found.</summary>
    public Packet? Last { get; private set; }

    /// <summary>Bytes of a packet that is not whole yet.</summary>
    public int Pending => _bytes.Count;

    /// <summary>Takes bytes of the stream.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    /// <summary>The next packet, or null while it is not whole.</summary>
    /// <exception cref="InvalidDataException">It is malformed; the next can be read.</exception>
    public Packet? Next()
    {
        Last = null;
        int size = FixedHeaderSize.Of(CollectionsMarshal.AsSpan(_bytes), out int head);
        if (size == FixedHeaderSize.Malformed)
        {
            _violations.Clear();
            Require(false, "the Remaining Length has more than four bytes");
        }

        if (size == FixedHeaderSize.Unknown || _bytes.Count < size)
        {
            return null;
        }

        byte first = _bytes[0];
        _body = [.. _bytes.GetRange(head, size - head)];
        _bytes.RemoveRange(0, size);
        _at = 0;
        _violations.Clear();
        Packet packet = Read((PacketKind)(first >> 4), first & 15) with { Version = Version };
        Require(_at == _body.Length, "bytes behind the packet");
        Last = packet;
        return _violations.Count == 0 ? packet : throw Refusal();
    }

    private Packet Read(PacketKind kind, int flags)
    {
        Require(kind > 0, "packet type 0");
        Require(kind == PacketKind.Publish || flags == (kind is PacketKind.Subscribe
            or PacketKind.Unsubscribe or PacketKind.Pubrel ? 2 : 0), "flags [MQTT-2.1.3-1]");
        switch (kind)
        {
            case PacketKind.Connect:
                return ReadConnect();
            case PacketKind.Connack:
                return ReadConnack();
            case PacketKind.Publish:
                return ReadPublish(flags);
            case PacketKind.Subscribe or PacketKind.Unsubscribe:
                return new Packet(kind)
                {
                    PacketId = ReadId(),
                    Properties = ReadProperties(kind),
                    Filters = ReadFilters(kind == PacketKind.Subscribe),
                };
            case PacketKind.Suback or PacketKind.Unsuback:
                return ReadCodes(kind);
            case PacketKind.Pingreq or PacketKind.Pingresp:
                return new Packet(kind);
            default:
                return ReadCode(kind);
        }
    }

    private Packet ReadPublish(int flags)
    {
        int qos = (flags >> 1) & 3;
        bool isDup = (flags & 8) != 0;
        Note(qos < 3, "QoS 3 [MQTT-3.3.1-4]", 0x81);
        Note(qos > 0 || !isDup, "DUP at QoS 0 [MQTT-3.3.1-2]", 0x81, 0x82);
        var packet = new Packet(PacketKind.Publish)
        {
            Qos = qos,
            Retain = (flags & 1) != 0,
            Dup = isDup,
            Topic = Text(),
            PacketId = qos > 0 ? ReadId() : 0,
            Properties = ReadProperties(PacketKind.Publish),
            Payload = Rest(),
        };
        Note(!JudgesNames || TopicRules.IsName(packet.Topic)
            || (packet.Topic.Length == 0 && packet.Has(Property.TopicAlias)),
            "no Topic Name [MQTT-3.3.2-2] [MQTT-4.7.3-1]", 0x81, 0x82, 0x90);
        return packet;
    }

    private Packet ReadCodes(PacketKind kind)
    {
        var packet = new Packet(kind)
        {
            PacketId = ReadId(),
            Properties = ReadProperties(kind),
            Codes = Array.ConvertAll(Rest(), code => (int)code),
        };
        bool isEmpty = Version == 4 && kind == PacketKind.Unsuback;
        Note(isEmpty == (packet.Codes.Count == 0), "the number of codes", 0x81, 0x82);
        Note(packet.Codes.All(code => PacketRules.MayHold(kind, Version, code)),
            "a Reason Code of another packet [MQTT-3.9.3-2] [MQTT-3.11.3-2]", 0x81, 0x82);
        return packet;
    }

    private Packet ReadCode(PacketKind kind)
    {
        Note(kind != PacketKind.Auth || Version == 5, "AUTH in 3.1.1", 0x81, 0x82);
        bool hasId = kind is not (PacketKind.Disconnect or PacketKind.Auth);
        int id = hasId ? ReadId() : 0;
        bool hasCode = Version == 5 && _at < _body.Length;
        int code = hasCode ? (int)Number(1) : 0;
        Note(PacketRules.MayHold(kind, Version, code), "a Reason Code of another packet "
            + "[MQTT-3.4.2-1] [MQTT-3.14.2-1]", 0x81, 0x82);

        // Sections 3.4.2.2.1 and 3.14.2.2.1: the Property Length may be missing; not in AUTH.
        bool hasProperties = hasCode && (_at < _body.Length || kind == PacketKind.Auth);
        var packet = new Packet(kind)
        {
            PacketId = id,
            Code = code,
            Properties = hasProperties ? ReadProperties(kind) : [],
        };
        Note(kind != PacketKind.Auth || !hasCode || packet.Has(Property.AuthenticationMethod),
            "AUTH without a method (section 3.15.2.2.2)", 0x82);
        return packet;
    }

    private List<(string, int)> ReadFilters(bool hasOptions)
    {
        var filters = new List<(string, int)>();
        while (_at < _body.Length)
        {
            string filter = Text();
            int options = hasOptions ? (int)Number(1) : 0;
            filters.Add((filter, options));
            Note(!JudgesNames || TopicRules.IsFilter(filter),
                "no Topic Filter [MQTT-4.7.1-1] [MQTT-4.7.3-1]", 0x81, 0x82, 0x8F);
            Note(Version == 5 ? options < 0x40 : options < 3,
                "reserved Subscription Options [MQTT-3.8.3-5]", 0x81);
            Note((options & 3) < 3 && (options & 0x30) < 0x30,
                "QoS or Retain Handling 3 (section 3.8.3.1)", 0x81, 0x82);
            Note(!JudgesNames || (options & 4) == 0 || !TopicRules.IsShared(filter),
                "No Local on a Shared Subscription [MQTT-3.8.3-4]", 0x82);
        }

        Note(filters.Count > 0, "no Topic Filter [MQTT-3.8.3-2] [MQTT-3.10.3-2]", 0x81, 0x82);
        return filters;
    }
}
