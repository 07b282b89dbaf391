using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>Well-formed packets of all kinds, with all properties that may stand in them.</summary>
public sealed class PacketMaker(Random random)
{
    private static readonly string[] _names =
        ["a", "b", "a/b", "a/b/c", "$SYS/x", "/", "ä/b", "a//b", "c/d/e/f", "long/topic/names",
        "a topic name that is longer than the limit of forty bytes is"];

    private static readonly string[] _filters =
        ["a", "#", "+", "a/#", "a/+", "+/b", "$SYS/#", "$share/g/a", "a/+/c", "/#", "+/+", "b"];

    private static readonly int[] _numbers =
        [0, 1, 2, 10, 30, 60, 127, 128, 255, 256, 16383, 65535];

    private static readonly int[] _ids =
    [
        0x01, 0x02, 0x03, 0x08, 0x09, 0x0B, 0x11, 0x12, 0x13, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A,
        0x1C, 0x1F, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A,
    ];

    private static readonly int[] _codes =
        [0, 1, 2, 4, 0x10, 0x11, 0x18, 0x19, 0x80, 0x81, 0x87, 0x8E, 0x92, 0x97, 0x9E, 0xA2];

    /// <summary>A packet that a client sends.</summary>
    public Packet FromClient(int version) => Make(random.Next(20) switch
    {
        < 8 => PacketKind.Publish,
        < 13 => PacketKind.Subscribe,
        < 15 => PacketKind.Unsubscribe,
        15 => PacketKind.Pingreq,
        16 => PacketKind.Disconnect,
        17 => PacketKind.Connect,
        _ => (PacketKind)random.Next(1, 16),
    }, version);

    /// <summary>A packet of any kind.</summary>
    public Packet Any(int version) => Make((PacketKind)random.Next(1, 16), version);

    /// <summary>A packet of a kind.</summary>
    public Packet Make(PacketKind kind, int version)
    {
        var packet = new Packet(kind) { Version = version, PacketId = random.Next(1, 4) };
        switch (kind)
        {
            case PacketKind.Connect:
                packet = packet with
                {
                    ClientId = random.Next(6) switch
                    {
                        0 => "",
                        1 => "a client with a long name " + random.Next(3),
                        _ => "c" + random.Next(4),
                    },
                    CleanStart = random.Next(4) > 0,
                    KeepAliveS = random.Next(2) * random.Next(1, 5),
                    UserName = random.Next(6) == 0 ? "u" : null,
                    Will = random.Next(3) == 0
                        ? Message(version) with { Properties = Properties(PacketRules.Will) }
                        : null,
                };
                packet = random.Next(2) == 0 && packet.UserName != null
                    ? packet with { Password = Bytes() }
                    : packet;
                break;
            case PacketKind.Publish:
                packet = Message(version) with { PacketId = packet.PacketId };
                break;
            case PacketKind.Subscribe or PacketKind.Unsubscribe:
                packet = packet with
                {
                    Filters = [.. Enumerable.Range(0, Some()).Select(
                        _ => (Any(_filters), Options(version)))],
                };
                break;
            case PacketKind.Suback or PacketKind.Unsuback:
                packet = packet with
                {
                    Codes = [.. Enumerable.Range(0, Some()).Select(_ => Code(kind, version))],
                };
                break;
            default:
                packet = packet with { Code = Code(kind, version) };
                break;
        }

        return packet with { Properties = version == 5 ? Properties(kind) : [] };
    }

    /// <summary>A property of any kind with a value of its type.</summary>
    public Property AnyProperty()
    {
        int id = Any(_ids);
        return new Property(id, id switch
        {
            Property.UserProperty => (Any(_names), Any(_names)),
            _ when Property.IsBinary(id) => Bytes(),
            _ when Property.IsText(id) => Any(_names),
            _ => (long)(Property.SizeOf(id) == 1 ? random.Next(2) : Any(_numbers)),
        });
    }

    private List<Property> Properties(PacketKind kind)
    {
        var properties = new List<Property>();
        for (int i = random.Next(4); i > 0; i--)
        {
            Property property = AnyProperty();
            if (!PacketRules.JudgeId(kind, properties, property.Id).Any()
                && !PacketRules.JudgeValue(kind, property, true).Any())
            {
                properties.Add(property);
            }
        }

        return PacketRules.LacksMethod(properties) ? [] : properties;
    }

    private Packet Message(int version) => new(PacketKind.Publish)
    {
        Version = version,
        Qos = random.Next(4) switch { 0 => 1, 1 => random.Next(3), _ => 0 },
        Retain = random.Next(3) == 0,
        Topic = Any(_names),
        Payload = Bytes(),
    };

    // A few; now and then many, for what costs more with each.
    private int Some() => random.Next(12) == 0 ? random.Next(10, 80) : random.Next(1, 4);

    private int Code(PacketKind kind, int version)
    {
        int code = Any(_codes);
        return PacketRules.MayHold(kind, version, code) ? code : 0;
    }

    private int Options(int version) => version == 4 ? random.Next(3)
        : random.Next(3) | (random.Next(4) == 0 ? 4 : 0) | (random.Next(2) << 3)
            | (random.Next(3) << 4);

    private byte[] Bytes()
    {
        int[] sizes = [0, 1, 2, 5, 20, 60, 130, 200, 400];
        byte[] bytes = new byte[Any(sizes)];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Any<T>(T[] choices) => choices[random.Next(choices.Length)];
}
