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

    // In CONNECT, behind protocol, version, flags and Keep Alive.
    private const int PropertiesAt = 12;
    private const int ExpirySize = 5;
    private const byte ExpiryHigh = 3600 >> 8;
    private const byte ExpiryLow = 3600 & 0xFF;

    /// <summary>CONNECT with Clean Start.</summary>
    public static byte[] Connect(
        string clientId, byte version, byte keepAliveS = KeepAliveS)
    {
        return Connect(clientId, version, keepAliveS, CleanStart);
    }

    /// <summary>CONNECT that goes on with a session, which lasts for an hour in 5.0.</summary>
    public static byte[] Resume(string clientId, byte version)
    {
        byte[] packet = Connect(clientId, version, KeepAliveS, 0);
        return version == ProtocolVersion.V5 ? WithExpiry(packet) : packet;
    }

    private static byte[] Connect(
        string clientId, byte version, byte keepAliveS, byte flags)
    {
        int at = 2;
        byte[] packet = Begin(PacketType.Connect << 4, 12 + Section(version) + clientId.Length);
        at = Text(packet, at, "MQTT");
        packet[at++] = version;
        packet[at++] = flags;
        packet[at + 1] = keepAliveS;
        at += 2;
        Text(packet, at + Section(version), clientId);
        return packet;
    }

    /// <summary>SUBSCRIBE with one Topic Filter.</summary>
    public static byte[] Subscribe(string filter, byte version, byte qos = 0)
    {
        byte[] packet = Filter(PacketType.Subscribe, filter, 1, version);
        packet[packet.Length - 1] = qos;
        return packet;
    }

    /// <summary>UNSUBSCRIBE with one Topic Filter.</summary>
    public static byte[] Unsubscribe(string filter, byte version) =>
        Filter(PacketType.Unsubscribe, filter, 0, version);

    /// <summary>PUBLISH; at QoS 1 and 2 with the Packet Identifier 1.</summary>
    public static byte[] Publish(string topic, bool retain, byte version, int qos = 0)
    {
        int id = qos > 0 ? 2 : 0;
        byte[] packet = Begin((PacketType.Publish << 4) | (qos << 1) | (retain ? 1 : 0),
            2 + topic.Length + id + Section(version) + PayloadSize);
        int at = Text(packet, 2, topic) + id + Section(version);
        if (qos > 0)
        {
            packet[at - Section(version) - 1] = 1;
        }

        for (int i = 0; i < PayloadSize; i++)
        {
            packet[at + i] = (byte)('a' + (i % 26));
        }

        return packet;
    }

    /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP for the Packet Identifier 1.</summary>
    public static byte[] Acknowledge(byte type)
    {
        byte[] packet = Begin((type << 4) | (type == PacketType.Pubrel ? 2 : 0), 2);
        packet[3] = 1;
        return packet;
    }

    /// <summary>A packet of two bytes.</summary>
    public static byte[] Empty(byte type) => Begin(type << 4, 0);

    /// <summary>A CONNECT without properties gets a Session Expiry Interval.</summary>
    private static byte[] WithExpiry(byte[] packet)
    {
        byte[] longer = Begin(packet[0], packet.Length - 2 + ExpirySize);
        Array.Copy(packet, 2, longer, 2, PropertiesAt - 2);
        longer[PropertiesAt] = ExpirySize;
        longer[PropertiesAt + 1] = PropertyId.SessionExpiryInterval;
        longer[PropertiesAt + 4] = ExpiryHigh;
        longer[PropertiesAt + 5] = ExpiryLow;
        Array.Copy(packet, PropertiesAt + 1, longer, PropertiesAt + 1 + ExpirySize,
            packet.Length - PropertiesAt - 1);
        return longer;
    }

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
