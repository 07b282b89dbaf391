using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Which Reason Codes and return codes each Control Packet may have: the tables of the
/// specification, written down once more and without the broker's own.
/// </summary>
public static class AllowedCodes
{
    private static readonly int[] _published =
        [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99];

    private static readonly int[] _released = [0x00, 0x92];

    // 0x8C stands in table 2-6 only.
    private static readonly int[] _disconnectOfBoth =
    [
        0x80, 0x81, 0x82, 0x83, 0x8C, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
    ];

    private static readonly int[] _disconnectOfClient = [0x00, 0x04, .. _disconnectOfBoth];

    private static readonly int[] _disconnectOfServer =
    [
        .. _disconnectOfBoth,
        0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2,
    ];

    private static readonly Dictionary<PacketKind, (string Section, int[] Codes)> _v5 = new()
    {
        [PacketKind.Connack] = ("3.2.2.2",
        [
            0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90,
            0x95, 0x97, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9F,
        ]),
        [PacketKind.Puback] = ("3.4.2.1", _published),
        [PacketKind.Pubrec] = ("3.5.2.1", _published),
        [PacketKind.Pubrel] = ("3.6.2.1", _released),
        [PacketKind.Pubcomp] = ("3.7.2.1", _released),
        [PacketKind.Suback] = ("3.9.3",
        [
            0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2,
        ]),
        [PacketKind.Unsuback] = ("3.11.3", [0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91]),
        [PacketKind.Auth] = ("3.15.2.1", [0x00, 0x18, 0x19]),
    };

    private static readonly Dictionary<PacketKind, (string Section, int[] Codes)> _v4 = new()
    {
        [PacketKind.Connack] = ("3.2.2.3", [0, 1, 2, 3, 4, 5]),
        [PacketKind.Suback] = ("3.9.3", [0x00, 0x01, 0x02, 0x80]),
    };

    /// <summary>Every code that a kind of packet may have; empty for one that has none.</summary>
    /// <param name="kind">The kind of packet.</param>
    /// <param name="version">5 for MQTT 5.0, 4 for 3.1.1.</param>
    /// <param name="isFromServer">Who sends it; only a DISCONNECT differs.</param>
    public static IReadOnlyList<int> Of(PacketKind kind, int version, bool isFromServer) =>
        version == 5 && kind == PacketKind.Disconnect
            ? isFromServer ? _disconnectOfServer : _disconnectOfClient
            : (version == 5 ? _v5 : _v4).TryGetValue(kind, out (string, int[] Codes) row)
                ? row.Codes
                : [];

    /// <summary>The section of that version's specification that lists them.</summary>
    public static string SectionOf(PacketKind kind, int version) =>
        version == 5 && kind == PacketKind.Disconnect ? "3.14.2.1"
            : (version == 5 ? _v5 : _v4).TryGetValue(kind, out (string Section, int[]) row)
                ? row.Section
                : "";

    /// <summary>What is wrong with the codes of a packet, or null.</summary>
    public static string? Check(Packet packet, bool isFromServer)
    {
        IReadOnlyList<int> allowed = Of(packet.Kind, packet.Version, isFromServer);
        bool hasMany = packet.Kind is PacketKind.Suback or PacketKind.Unsuback;
        foreach (int code in hasMany ? packet.Codes : [packet.Code])
        {
            if (allowed.Count == 0 ? code != 0 : !allowed.Contains(code))
            {
                return $"0x{code:X2} is no code of {packet.Kind} in MQTT "
                    + (packet.Version == 5 ? "5.0" : "3.1.1") + Section(packet);
            }
        }

        bool isRefusal = packet.Kind == PacketKind.Connack && packet.Code != 0;
        return isRefusal && packet.SessionPresent
            ? "a CONNACK that refuses says Session Present [MQTT-3.2.2-6]"
            : null;
    }

    private static string Section(Packet packet) =>
        SectionOf(packet.Kind, packet.Version) is { Length: > 0 } section
            ? $" (section {section})"
            : "";
}
