using System;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// Gives a client its part of the exchange of a message at QoS 1 or 2 (MQTT 5.0, section 4.3), for
/// a connection that holds: nothing is sent twice.
/// </summary>
internal static class Acknowledgements
{
    private const int FirstFailure = 0x80;
    private const int IdSize = 2;

    /// <summary>Answers a PUBLISH that has come.</summary>
    /// <param name="client">Who got it.</param>
    /// <param name="qos">1 or 2.</param>
    /// <param name="id">Two bytes: its Packet Identifier.</param>
    public static void Answer(BenchClient client, int qos, ReadOnlySpan<byte> id) =>
        Add(client, qos == 1 ? PacketKind.Puback : PacketKind.Pubrec, id);

    /// <summary>Takes a packet that may be of such an exchange.</summary>
    /// <param name="client">Who got it.</param>
    /// <param name="packet">All of it.</param>
    /// <param name="header">Bytes of its Fixed Header.</param>
    /// <returns>False when it is another.</returns>
    public static bool Take(BenchClient client, ReadOnlySpan<byte> packet, int header)
    {
        var kind = (PacketKind)(packet[0] >> 4);
        if (kind is < PacketKind.Puback or > PacketKind.Pubcomp)
        {
            return false;
        }

        ReadOnlySpan<byte> id = packet.Slice(header, IdSize);
        bool hasFailed = packet.Length > header + IdSize && packet[header + IdSize] >= FirstFailure;
        if (kind == PacketKind.Pubrec && !hasFailed)
        {
            Add(client, PacketKind.Pubrel, id);
        }
        else if (kind == PacketKind.Pubrel)
        {
            Add(client, PacketKind.Pubcomp, id);
        }
        else
        {
            client.Unacknowledged--;
        }

        return true;
    }

    private static void Add(BenchClient client, PacketKind kind, ReadOnlySpan<byte> id) =>
        client.Add(
            [(byte)((int)kind << 4 | (kind == PacketKind.Pubrel ? 2 : 0)), IdSize, id[0], id[1]]);
}
