using System;
using System.Text;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>What clients send, as bytes.</summary>
public static class ClientPackets
{
    /// <summary>The Topic Name of most operations.</summary>
    public const string Topic = "home/kitchen/temp";

    /// <summary>Bytes of every Application Message.</summary>
    public const int PayloadSize = 32;

    /// <summary>Keep Alive of most clients in seconds.</summary>
    public const int KeepAliveS = 60;

    private const int CleanStart = 2;

    /// <summary>CONNECT with Clean Start.</summary>
    public static byte[] Connect(
        string clientId, byte version, byte keepAliveS = KeepAliveS)
    {
        int at = 2;
        byte[] packet = Begin(PacketType.Connect << 4, 12 + Section(version) + clientId.Length);
        at = Text(packet, at, "MQTT");
        packet[at++] = version;
        packet[at++] = CleanStart;
        packet[at + 1] = keepAliveS;
        at += 2;
        Text(packet, at + Section(version), clientId);
        return packet;
    }

    /// <summary>SUBSCRIBE with one Topic Filter, QoS 0.</summary>
    public static byte[] Subscribe(string filter, byte version) =>
        Filter(PacketType.Subscribe, filter, 1, version);

    /// <summary>UNSUBSCRIBE with one Topic Filter.</summary>
    public static byte[] Unsubscribe(string filter, byte version) =>
        Filter(PacketType.Unsubscribe, filter, 0, version);

    /// <summary>PUBLISH at QoS 0.</summary>
    public static byte[] Publish(string topic, bool retain, byte version)
    {
        byte[] packet = Begin((PacketType.Publish << 4) | (retain ? 1 : 0),
            2 + topic.Length + Section(version) + PayloadSize);
        int at = Text(packet, 2, topic) + Section(version);
        for (int i = 0; i < PayloadSize; i++)
        {
            packet[at + i] = (byte)('a' + (i % 26));
        }

        return packet;
    }

    /// <summary>A packet of two bytes.</summary>
    public static byte[] Empty(byte type) => Begin(type << 4, 0);

    private static byte[] Filter(byte type, string filter, int options, byte version)
    {
        byte[] packet = Begin(
            (type << 4) | 2, 4 + Section(version) + filter.Length + options);
        packet[3] = 1;
        Text(packet, 4 + Section(version), filter);
        return packet;
    }

    private static byte[] Begin(int firstByte, int remaining)
    {
        var packet = new byte[2 + remaining];
        packet[0] = (byte)firstByte;
        packet[1] = (byte)remaining;
        return packet;
    }

    /// <summary>Bytes of empty properties.</summary>
    private static int Section(byte version) => version == ProtocolVersion.V5 ? 1 : 0;

    private static int Text(byte[] packet, int at, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        packet[at] = (byte)(bytes.Length >> 8);
        packet[at + 1] = (byte)bytes.Length;
        Array.Copy(bytes, 0, packet, at + 2, bytes.Length);
        return at + 2 + bytes.Length;
    }
}
