using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Bench;

/// <summary>What a client says until it is ready: CONNECT, and a SUBSCRIBE for each filter.
/// </summary>
/// <param name="version">4 or 5.</param>
/// <param name="qos">QoS of its subscriptions.</param>
internal sealed class Handshake(int version, int qos)
{
    private const int MostPacketIds = 60_000;
    private const int FirstRefusal = 0x80;

    /// <summary>Says the first word.</summary>
    public void Begin(BenchClient client)
    {
        client.Owed = 1 + client.Filters.Length;
        client.Add(BenchPackets.Connect(version, client.ClientId));
    }

    /// <summary>Goes on after an answer.</summary>
    /// <param name="client">Whose it is.</param>
    /// <param name="packet">Any packet but PUBLISH.</param>
    /// <param name="isKnown">Whether it was one of these answers.</param>
    /// <returns>Why the broker has refused something, or null.</returns>
    public string? Answer(BenchClient client, byte[] packet, out bool isKnown)
    {
        var kind = (PacketKind)(packet[0] >> 4);
        isKnown = false;
        if (client.Stage == ClientStage.Gone)
        {
            return null;
        }

        if (client.Stage == ClientStage.Asking && client.Owed == 1 + client.Filters.Length
            && kind != PacketKind.Connack)
        {
            return "the answer to CONNECT is no CONNACK: this is no MQTT broker";
        }

        isKnown = kind is PacketKind.Connack or PacketKind.Suback;
        client.Owed -= isKnown && client.Stage == ClientStage.Asking ? 1 : 0;
        if (kind == PacketKind.Connack && packet[3] != 0)
        {
            return $"the broker refused a connection: CONNACK 0x{packet[3]:X2}";
        }

        if (kind == PacketKind.Suback && packet[^1] >= FirstRefusal)
        {
            return $"the broker refused a subscription: SUBACK 0x{packet[^1]:X2}";
        }

        if (kind == PacketKind.Suback && packet[^1] < qos)
        {
            return $"the broker granted QoS {packet[^1]} only, not {qos}";
        }

        for (int i = 0; kind == PacketKind.Connack && i < client.Filters.Length; i++)
        {
            client.Add(BenchPackets.Subscribe(
                version, 1 + i % MostPacketIds, client.Filters[i], qos));
        }

        return null;
    }
}
