using System;
using System.Linq;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>An Application Message that the broker has routed.</summary>
public sealed class Message(Packet packet, long index, long publishedMs, bool isWill)
{
    private const int Kinds = 6;

    private readonly int[] _sizes = new int[2 * Kinds];

    /// <summary>The PUBLISH, or the Will as one.</summary>
    public Packet Packet => packet;

    /// <summary>Its place in the order in which the broker routed.</summary>
    public long Index => index;

    /// <summary>When it was routed, or for a Will when it became due.</summary>
    public long PublishedMs => publishedMs;

    /// <summary>Whether it was left by a client that has gone.</summary>
    public bool IsWill => isWill;

    /// <summary>The verb from which on it is retained, and until which it was.</summary>
    public long RetainedFrom { get; set; } = -1;

    /// <summary>See RetainedFrom; while it is retained, long.MaxValue.</summary>
    public long RetainedUntil { get; set; } = -1;

    /// <summary>Message Expiry Interval in seconds, or -1.</summary>
    public long ExpiryS { get; } = packet.Number(Property.MessageExpiryInterval, -1);

    /// <summary>Whether it has expired.</summary>
    public bool IsExpired(long nowMs) => ExpiryS >= 0 && nowMs - publishedMs >= ExpiryS * 1000;

    /// <summary>
    /// Whether others may have the same content: what takes a Retained Message back is empty, so
    /// which of two arrived cannot be told.
    /// </summary>
    public bool IsVague => !isWill && packet.Retain && packet.Payload.Length < 5;

    /// <summary>Whether a packet that a client gets has its content.</summary>
    public bool Is(Packet got) => got.Topic == packet.Topic
        && got.Payload.AsSpan().SequenceEqual(packet.Payload);

    /// <summary>Bytes of the PUBLISH that a client of a version gets.</summary>
    public int SizeFor(int version, bool hasId)
    {
        int kind = version + (hasId ? Kinds : 0);
        if (_sizes[kind] == 0)
        {
            _sizes[kind] = PacketBytes.Of(ForSubscriber(version, hasId)).Length;
        }

        return _sizes[kind];
    }

    /// <summary>Why the properties that a 5.0 client got are wrong, or null.</summary>
    public string? WhyWrongProperties(Packet got, long begunMs)
    {
        string[] wanted = [.. packet.Properties.Where(IsForwarded).Select(p => p.ToString())];
        string[] there = [.. got.Properties.Where(IsForwarded).Select(p => p.ToString())];
        if (!wanted.SequenceEqual(there))
        {
            return $"has the properties {string.Join(", ", got.Properties)}";
        }

        // [MQTT-3.3.2-6]
        long left = got.Number(Property.MessageExpiryInterval, -1);
        long due = ExpiryS < 0 ? -1 : ExpiryS - ((begunMs - publishedMs) / 1000);
        return left != due ? $"has {left} s to live and not {due} of {ExpiryS}" : null;
    }

    /// <inheritdoc/>
    public override string ToString() => (isWill ? "Will " : "message ") + packet;

    private static bool IsForwarded(Property property) =>
        property.Id != Property.MessageExpiryInterval;

    private Packet ForSubscriber(int version, bool hasId) => packet with
    {
        Version = version,
        Qos = hasId ? 1 : 0,
        PacketId = hasId ? 1 : 0,
        Properties = version == 5 ? packet.Properties : [],
    };
}
