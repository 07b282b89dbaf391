using System;
using System.Text;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>One Application Message; no two have the same topic and payload.</summary>
internal sealed class SimMessage
{
    /// <summary>Payloads of this length or more begin with the message's number.</summary>
    public const int NumberLength = 8;

    /// <summary>A message with a payload or, below eight bytes, a topic of its own.</summary>
    public SimMessage(int number, string topic, int payloadLength, byte[] properties, int expiryS)
    {
        Number = number;
        Topic = topic;
        TopicBytes = Encoding.UTF8.GetBytes(Topic);
        Payload = new byte[payloadLength];
        Array.Fill(Payload, (byte)number);
        if (payloadLength >= NumberLength)
        {
            Encoding.ASCII.GetBytes(number.ToString("D8")).CopyTo(Payload, 0);
        }

        Properties = properties;
        ExpiryS = expiryS;
    }

    public int Number { get; }

    public string Topic { get; }

    public byte[] TopicBytes { get; }

    public byte[] Payload { get; }

    /// <summary>Raw properties; of one that can expire its interval first.</summary>
    public byte[] Properties { get; }

    /// <summary>Message Expiry Interval, or -1.</summary>
    public int ExpiryS { get; }

    /// <summary>When it was published, in milliseconds.</summary>
    public long PublishedMs { get; set; }

    /// <summary>The verb at which it was retained.</summary>
    public long RetainedFrom { get; set; }

    /// <summary>The verb at which it stopped being retained.</summary>
    public long RetainedUntil { get; set; }

    /// <summary>What tells a message from all others.</summary>
    public static string KeyOf(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload) =>
        Encoding.Latin1.GetString(topic) + "\n" + Encoding.Latin1.GetString(payload);

    /// <summary>Bytes of the PUBLISH that a client of a version gets.</summary>
    public int SizeFor(int version)
    {
        int length = 2 + TopicBytes.Length + Payload.Length + (version == 5
            ? FixedHeader.SizeOf(Properties.Length) + Properties.Length
            : 0);
        return 1 + FixedHeader.SizeOf(length) + length;
    }

    /// <summary>Whether it has expired at a time.</summary>
    public bool IsExpired(long nowMs) => ExpiryS >= 0 && nowMs - PublishedMs >= ExpiryS * 1000L;

    /// <summary>The PUBLISH of a client of a version.</summary>
    /// <param name="version">4 or 5.</param>
    /// <param name="flags">QoS and RETAIN of the first byte.</param>
    /// <param name="packetId">At QoS 1.</param>
    /// <param name="isLong">Whether to write the length in more bytes than it needs.</param>
    public byte[] Packet(int version, int flags, int packetId, bool isLong)
    {
        byte[] id = (flags & 6) == 0 ? [] : [(byte)(packetId >> 8), (byte)packetId];
        byte[] properties = version == 5 ? [.. Length(Properties.Length), .. Properties] : [];
        byte[] body =
        [
            (byte)(TopicBytes.Length >> 8), (byte)TopicBytes.Length, .. TopicBytes, .. id,
            .. properties, .. Payload,
        ];
        byte[] length = Length(body.Length);
        if (isLong && length.Length == 1)
        {
            length = [(byte)(length[0] | 0x80), 0];
        }

        return [(byte)(0x30 | flags), .. length, .. body];
    }

    private static byte[] Length(int length)
    {
        byte[] bytes = new byte[FixedHeader.SizeOf(length)];
        FixedHeader.WriteRemainingLength(bytes, 0, length);
        return bytes;
    }
}
