using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Bench;

/// <summary>The packets that the load consists of, as bytes.</summary>
internal static class BenchPackets
{
    private const int PacketFill = 26;

    /// <summary>PINGREQ.</summary>
    public static byte[] Pingreq { get; } = PacketBytes.Of(new Packet(PacketKind.Pingreq));

    /// <summary>DISCONNECT.</summary>
    public static byte[] Disconnect { get; } = [0xE0, 0];

    /// <summary>CONNECT without Keep Alive.</summary>
    public static byte[] Connect(int version, string clientId) => PacketBytes.Of(
        new Packet(PacketKind.Connect)
        {
            Version = version,
            ClientId = clientId,
            CleanStart = true,
        });

    /// <summary>SUBSCRIBE to one filter.</summary>
    public static byte[] Subscribe(int version, int packetId, string filter, int qos = 0) =>
        PacketBytes.Of(
            new Packet(PacketKind.Subscribe)
            {
                Version = version,
                PacketId = packetId,
                Filters = [(filter, qos)],
            });

    /// <summary>PUBLISH; at QoS 1 and 2 its Packet Identifier is 1.</summary>
    public static byte[] Publish(
        int version, string topic, int bytes, bool retain = false, int qos = 0)
    {
        byte[] payload = new byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            payload[i] = (byte)('a' + i % PacketFill);
        }

        return PacketBytes.Of(new Packet(PacketKind.Publish)
        {
            Version = version,
            Topic = topic,
            Payload = payload,
            Retain = retain,
            Qos = qos,
            PacketId = 1,
        });
    }
}
