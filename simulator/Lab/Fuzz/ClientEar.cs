using System;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// What one client hears: well-formed packets only, CONNACK once and first, every answer in its
/// turn, nothing larger than it takes, nothing behind a goodbye.
/// </summary>
internal sealed class ClientEar(ClientShadow shadow, RefusalRules rules)
{
    private readonly PacketReader _reader = new() { JudgesNames = true };
    private bool _isConnected;

    /// <summary>The packet that said goodbye: DISCONNECT, or CONNACK with a refusal.</summary>
    public Packet? Goodbye { get; private set; }

    /// <summary>The version that the broker speaks with it.</summary>
    public int Version => _reader.Version;

    /// <summary>Hears of each message.</summary>
    public Action<Packet>? Delivered { get; init; }

    /// <summary>Whether half a packet has come.</summary>
    public bool IsPartial => _reader.Pending > 0;

    /// <summary>Takes what the broker has sent.</summary>
    public void Hear(ReadOnlySpan<byte> bytes, int version)
    {
        _reader.Version = version == 5 ? 5 : 4;
        _reader.Add(bytes);
        for (int before = _reader.Pending; _reader.Next() is { } packet;
            before = _reader.Pending)
        {
            long most = shadow.Connect?.Number(Property.MaximumPacketSize, long.MaxValue)
                ?? long.MaxValue;
            Require(before - _reader.Pending <= most, packet, "larger than the client takes "
                + "[MQTT-3.1.2-24]");
            Require(Goodbye == null, packet, "behind a goodbye");
            Require(_isConnected != (packet.Kind == PacketKind.Connack), packet,
                "CONNACK once and first [MQTT-3.2.0-1]");
            Hear(packet);
        }
    }

    private void Hear(Packet packet)
    {
        switch (packet.Kind)
        {
            case PacketKind.Connack:
                _isConnected = true;
                Goodbye = packet.Code == 0 ? null : packet;
                break;
            case PacketKind.Publish:
                Require(packet.Qos == 0 && packet.Topic.Length > 0, packet,
                    "only QoS 0 was granted [MQTT-3.8.4-8]");
                Delivered?.Invoke(packet);
                break;
            case PacketKind.Disconnect:
                Require(Version == 5, packet, "a server's DISCONNECT is of 5.0 (section 3.14)");
                Goodbye = packet;
                break;
            default:
                Answer(packet);
                break;
        }
    }

    private void Answer(Packet packet)
    {
        Require(shadow.Owed.TryDequeue(out Packet? owed) && owed.Kind == packet.Kind
            && (owed.Kind == PacketKind.Pingresp || owed.PacketId == packet.PacketId),
            packet, $"expected {owed}");
        if (packet.Kind == PacketKind.Suback
            || (packet.Kind == PacketKind.Unsuback && Version == 5))
        {
            Require(packet.Codes.Count == owed!.Filters.Count, packet,
                "a code for each filter [MQTT-3.8.4-6] [MQTT-3.11.3-1]");
        }

        if (packet.Kind != PacketKind.Suback)
        {
            return;
        }

        for (int i = 0; i < packet.Codes.Count; i++)
        {
            string filter = owed!.Filters[i].Filter;
            int[] allowed = TopicRules.IsShared(filter) ? [0x9E, 0x80]
                : rules.IsTooLong(filter) ? [0x97, 0x80]
                : [0, 0x97, 0x80];
            Require(allowed.Contains(packet.Codes[i])
                && (packet.Codes[i] != 0x80 || Version == 4), packet, $"the code for {filter}");
        }
    }

    private static void Require(bool holds, Packet packet, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"the client got {packet}: {what}");
        }
    }
}
