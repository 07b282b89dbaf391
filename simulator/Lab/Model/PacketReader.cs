using System;
using System.Collections.Generic;
using System.IO;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Reads packets of either direction, plainly and without the broker's own codec. It is strict:
/// what a well-formed packet cannot contain is an InvalidDataException.
/// </summary>
public sealed partial class PacketReader
{
    private readonly List<byte> _bytes = [];
    private byte[] _body = [];
    private int _at;

    /// <summary>5 or 4; a CONNECT that is read sets it.</summary>
    public int Version { get; set; } = 4;

    /// <summary>Bytes of a packet that is not whole yet.</summary>
    public int Pending => _bytes.Count;

    /// <summary>Takes bytes of the stream.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    /// <summary>The next packet, or null while it is not whole.</summary>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public Packet? Next()
    {
        int length = 0;
        int head = 1;
        for (int shift = 0; ; shift += 7)
        {
            if (head >= _bytes.Count)
            {
                return null;
            }

            byte part = _bytes[head++];
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                break;
            }

            Require(shift < 21, "Remaining Length");
        }

        if (_bytes.Count < head + length)
        {
            return null;
        }

        byte first = _bytes[0];
        _body = [.. _bytes.GetRange(head, length)];
        _bytes.RemoveRange(0, head + length);
        _at = 0;
        Packet packet = Read((PacketKind)(first >> 4), first & 15) with { Version = Version };
        Require(_at == _body.Length, "bytes behind the packet");
        PacketRules.Check(packet);
        return packet;
    }

    private Packet Read(PacketKind kind, int flags)
    {
        Require(kind == PacketKind.Publish || flags == (kind is PacketKind.Subscribe
            or PacketKind.Unsubscribe or PacketKind.Pubrel ? 2 : 0), "flags");
        switch (kind)
        {
            case PacketKind.Connect:
                return ReadConnect();
            case PacketKind.Connack:
                return new Packet(kind)
                {
                    SessionPresent = SessionPresent(),
                    Code = (int)Number(1),
                    Properties = ReadProperties(),
                };
            case PacketKind.Publish:
                int qos = (flags >> 1) & 3;
                Require(qos < 3, "QoS 3");
                return new Packet(kind)
                {
                    Qos = qos,
                    Retain = (flags & 1) != 0,
                    Dup = (flags & 8) != 0,
                    Topic = Text(),
                    PacketId = qos > 0 ? (int)Number(2) : 0,
                    Properties = ReadProperties(),
                    Payload = Rest(),
                };
            case PacketKind.Subscribe or PacketKind.Unsubscribe:
                return new Packet(kind)
                {
                    PacketId = (int)Number(2),
                    Properties = ReadProperties(),
                    Filters = ReadFilters(kind == PacketKind.Subscribe),
                };
            case PacketKind.Suback or PacketKind.Unsuback:
                return new Packet(kind)
                {
                    PacketId = (int)Number(2),
                    Properties = ReadProperties(),
                    Codes = Array.ConvertAll(Rest(), code => (int)code),
                };
            case PacketKind.Pingreq or PacketKind.Pingresp:
                return new Packet(kind);
            default:
                Require(kind is > 0 and <= PacketKind.Auth, "packet type");
                bool hasId = kind is not (PacketKind.Disconnect or PacketKind.Auth);
                return new Packet(kind)
                {
                    PacketId = hasId ? (int)Number(2) : 0,
                    Code = Version == 5 && _at < _body.Length ? (int)Number(1) : 0,
                    Properties = _at < _body.Length ? ReadProperties() : [],
                };
        }
    }

    private bool SessionPresent()
    {
        long flags = Number(1);
        Require(flags <= 1, "Connect Acknowledge Flags [MQTT-3.2.2-1]");
        return flags == 1;
    }

    private Packet ReadConnect()
    {
        Require(Text() == "MQTT", "protocol name");
        Version = (int)Number(1);
        Require(Version is 4 or 5, "protocol version");
        int flags = (int)Number(1);
        bool hasWill = (flags & 4) != 0;
        Require((flags & 1) == 0, "reserved Connect Flag [MQTT-3.1.2-3]");
        Require((flags & 0x18) < 0x18 && (hasWill || (flags & 0x38) == 0), "Will flags");
        var packet = new Packet(PacketKind.Connect)
        {
            CleanStart = (flags & 2) != 0,
            KeepAliveS = (int)Number(2),
            Properties = ReadProperties(),
            ClientId = Text(),
        };
        if (hasWill)
        {
            packet = packet with
            {
                Will = new Packet(PacketKind.Publish)
                {
                    Version = Version,
                    Qos = (flags >> 3) & 3,
                    Retain = (flags & 0x20) != 0,
                    Properties = ReadProperties(),
                    Topic = Text(),
                    Payload = Binary(),
                },
            };
        }

        return packet with
        {
            UserName = (flags & 0x80) != 0 ? Text() : null,
            Password = (flags & 0x40) != 0 ? Binary() : null,
        };
    }

    private List<(string, int)> ReadFilters(bool hasOptions)
    {
        var filters = new List<(string, int)>();
        while (_at < _body.Length)
        {
            filters.Add((Text(), hasOptions ? (int)Number(1) : 0));
        }

        Require(filters.Count > 0, "no Topic Filter");
        return filters;
    }

    private List<Property> ReadProperties()
    {
        var properties = new List<Property>();
        if (Version != 5)
        {
            return properties;
        }

        int length = Variable();
        int end = _at + length;
        Require(end <= _body.Length, "Property Length");
        while (_at < end)
        {
            int id = Variable();
            properties.Add(new Property(id, id switch
            {
                0x26 => (Text(), Text()),
                0x09 or 0x16 => Binary(),
                0x03 or 0x08 or 0x12 or 0x15 or 0x1A or 0x1C or 0x1F => Text(),
                0x0B => (long)Variable(),
                _ => Number(Property.SizeOf(id)),
            }));
        }

        Require(_at == end, "Property Length");
        return properties;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
