using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// What a packet may not contain though each of its fields can be read. Sections are those of
/// MQTT 5.0.
/// </summary>
public static class PacketRules
{
    private const string Acks = "Puback Pubrec Pubrel Pubcomp Suback Unsuback";
    private const string All =
        "Connect Connack Publish Will Subscribe Unsubscribe Disconnect Auth " + Acks;

    // Table 2-4; "Will" are the Will Properties.
    private static readonly Dictionary<int, string[]> _packets = new()
    {
        [0x01] = In("Publish Will"),
        [0x02] = In("Publish Will"),
        [0x03] = In("Publish Will"),
        [0x08] = In("Publish Will"),
        [0x09] = In("Publish Will"),
        [0x0B] = In("Publish Subscribe"),
        [0x11] = In("Connect Connack Disconnect"),
        [0x12] = In("Connack"),
        [0x13] = In("Connack"),
        [0x15] = In("Connect Connack Auth"),
        [0x16] = In("Connect Connack Auth"),
        [0x17] = In("Connect"),
        [0x18] = In("Will"),
        [0x19] = In("Connect"),
        [0x1A] = In("Connack"),
        [0x1C] = In("Connack Disconnect"),
        [0x1F] = In("Connack Disconnect Auth " + Acks),
        [0x21] = In("Connect Connack"),
        [0x22] = In("Connect Connack"),
        [0x23] = In("Publish"),
        [0x24] = In("Connack"),
        [0x25] = In("Connack"),
        [0x26] = In(All),
        [0x27] = In("Connect Connack"),
        [0x28] = In("Connack"),
        [0x29] = In("Connack"),
        [0x2A] = In("Connack"),
    };

    /// <summary>Checks a packet that was read.</summary>
    /// <exception cref="InvalidDataException">It is malformed, or breaks the protocol.</exception>
    public static void Check(Packet packet)
    {
        bool isV5 = packet.Version == 5;
        CheckProperties(packet.Kind.ToString(), packet.Properties);
        switch (packet.Kind)
        {
            case PacketKind.Connect:
                Require(isV5 || packet.Password == null || packet.UserName != null,
                    "password without user name (3.1.1, [MQTT-3.1.2-22])");
                CheckProperties("Will", packet.Will?.Properties ?? []);
                break;
            case PacketKind.Publish:
                Require(packet.Qos == 0 || packet.PacketId > 0, "Packet Identifier 0");
                Require(packet.Qos > 0 || !packet.Dup, "DUP at QoS 0 [MQTT-3.3.1-2]");
                Require(isV5 || packet.Topic.Length > 0, "empty Topic Name [MQTT-4.7.3-1]");
                break;
            case PacketKind.Subscribe:
                Require(packet.PacketId > 0, "Packet Identifier 0 [MQTT-2.2.1-3]");
                Require(packet.Filters.All(f => isV5
                    ? (f.Options & 0xC0) == 0 && (f.Options & 3) < 3 && (f.Options & 0x30) < 0x30
                    : f.Options < 3), "Subscription Options (section 3.8.3.1)");
                break;
            case PacketKind.Unsubscribe or PacketKind.Puback or PacketKind.Pubrec
                or PacketKind.Pubrel or PacketKind.Pubcomp:
                Require(packet.PacketId > 0, "Packet Identifier 0 [MQTT-2.2.1-3]");
                break;
        }

        if (isV5 && packet.Kind is not (PacketKind.Suback or PacketKind.Unsuback
            or PacketKind.Connack))
        {
            Require(AllowedCodes.Check(packet, false) == null
                || AllowedCodes.Check(packet, true) == null, "Reason Code");
        }
    }

    private static void CheckProperties(string packet, IReadOnlyList<Property> properties)
    {
        var seen = new HashSet<int>();
        foreach (Property property in properties)
        {
            int id = property.Id;
            string name = Property.NameOf(id);
            Require(_packets.TryGetValue(id, out string[]? packets) && packets.Contains(packet),
                $"{name} in {packet} (section 2.2.2.2)");
            bool mayRepeat = id == 0x26
                || (id == Property.SubscriptionIdentifier && packet == "Publish");
            Require(seen.Add(id) || mayRepeat, $"{name} twice");
            Require(property.Value is not long number || IsInRange(id, number),
                $"{name} {property.Value}");
            Require(id != 0x08 || TopicRules.IsName((string)property.Value), "Response Topic");
        }

        Require(!seen.Contains(0x16) || seen.Contains(Property.AuthenticationMethod),
            "Authentication Data without Method (section 3.1.2.11.10)");
    }

    private static bool IsInRange(int id, long value) => id switch
    {
        0x0B or 0x21 or 0x23 or 0x27 => value > 0,
        0x01 or 0x17 or 0x19 or 0x24 or 0x25 or 0x28 or 0x29 or 0x2A => value <= 1,
        _ => true,
    };

    private static string[] In(string packets) =>
        packets.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
