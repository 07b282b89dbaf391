using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// A Control Packet as its fields, in either direction and both versions. Fields that a kind of
/// packet has not got keep their defaults.
/// </summary>
public sealed record Packet(PacketKind Kind)
{
    private const int MostShownBytes = 16;

    /// <summary>5 for MQTT 5.0, 4 for 3.1.1.</summary>
    public int Version { get; init; } = 4;

    /// <summary>Packet Identifier, or 0.</summary>
    public int PacketId { get; init; }

    /// <summary>Reason Code or return code.</summary>
    public int Code { get; init; }

    /// <summary>QoS of a PUBLISH.</summary>
    public int Qos { get; init; }

    /// <summary>RETAIN of a PUBLISH.</summary>
    public bool Retain { get; init; }

    /// <summary>DUP of a PUBLISH.</summary>
    public bool Dup { get; init; }

    /// <summary>Topic Name of a PUBLISH.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Payload of a PUBLISH.</summary>
    public byte[] Payload { get; init; } = [];

    /// <summary>Topic Filters of SUBSCRIBE and UNSUBSCRIBE, with their options.</summary>
    public IReadOnlyList<(string Filter, int Options)> Filters { get; init; } = [];

    /// <summary>Reason Codes of SUBACK and UNSUBACK.</summary>
    public IReadOnlyList<int> Codes { get; init; } = [];

    /// <summary>Session Present of CONNACK.</summary>
    public bool SessionPresent { get; init; }

    /// <summary>Client Identifier of CONNECT.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Clean Start (5.0) or Clean Session (3.1.1).</summary>
    public bool CleanStart { get; init; }

    /// <summary>Keep Alive of CONNECT in seconds.</summary>
    public int KeepAliveS { get; init; }

    /// <summary>The Will Message of CONNECT as a PUBLISH, or null.</summary>
    public Packet? Will { get; init; }

    /// <summary>User Name of CONNECT, or null.</summary>
    public string? UserName { get; init; }

    /// <summary>Password of CONNECT, or null.</summary>
    public byte[]? Password { get; init; }

    /// <summary>Properties, in their order.</summary>
    public IReadOnlyList<Property> Properties { get; init; } = [];

    /// <summary>The first property of a kind as a number, or a default.</summary>
    public long Number(int id, long otherwise = 0) =>
        Properties.FirstOrDefault(p => p.Id == id)?.Value is long number ? number : otherwise;

    /// <summary>The first property of a kind as a text, or null.</summary>
    public string? Text(int id) =>
        Properties.FirstOrDefault(p => p.Id == id)?.Value as string;

    /// <summary>Whether there is a property of a kind.</summary>
    public bool Has(int id) => Properties.Any(p => p.Id == id);

    /// <summary>One line for people, the same for equal packets.</summary>
    public override string ToString()
    {
        var line = new StringBuilder(Kind.ToString().ToUpperInvariant());
        switch (Kind)
        {
            case PacketKind.Connect:
                line.Append($" v{Version} {Property.Quote(ClientId)} keepalive={KeepAliveS}");
                line.Append(CleanStart ? " clean" : "").Append(UserName == null ? "" : " user");
                line.Append(Will == null ? "" : $" will=[{Will}]");
                break;
            case PacketKind.Connack:
                line.Append($" 0x{Code:X2}").Append(SessionPresent ? " session present" : "");
                break;
            case PacketKind.Publish:
                line.Append($" {Property.Quote(Topic)} qos={Qos}").Append(Retain ? " retain" : "");
                line.Append(Dup ? " dup" : "").Append(Qos > 0 ? $" id={PacketId}" : "");
                line.Append($" {Payload.Length}:{Convert.ToHexString(Shown())}");
                break;
            case PacketKind.Subscribe or PacketKind.Unsubscribe:
                line.Append($" id={PacketId} ").AppendJoin(' ', Filters.Select(
                    f => Property.Quote(f.Filter) + $"/{f.Options:X}"));
                break;
            case PacketKind.Suback or PacketKind.Unsuback:
                line.Append($" id={PacketId} ").AppendJoin(' ', Codes.Select(c => $"0x{c:X2}"));
                break;
            case PacketKind.Pingreq or PacketKind.Pingresp:
                break;
            default:
                line.Append(PacketId > 0 ? $" id={PacketId}" : "").Append($" 0x{Code:X2}");
                break;
        }

        return Properties.Count == 0
            ? line.ToString()
            : line.Append(" {").AppendJoin(", ", Properties).Append('}').ToString();
    }

    private byte[] Shown() => Payload.Length > MostShownBytes ? Payload[..MostShownBytes] : Payload;
}
