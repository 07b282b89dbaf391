using System;
using System.Buffers.Binary;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Builds IPv4 packets with TCP segments, checksums included.</summary>
internal static class PcapFrame
{
    /// <summary>TCP: nothing more comes from the sender.</summary>
    public const byte Fin = 1;

    /// <summary>TCP: the sender's numbers begin here.</summary>
    public const byte Syn = 2;

    /// <summary>TCP: the connection is refused or broken.</summary>
    public const byte Reset = 4;

    /// <summary>TCP: the payload is to be handed on.</summary>
    public const byte Push = 8;

    /// <summary>TCP: the acknowledgement number holds.</summary>
    public const byte Ack = 16;

    /// <summary>Bytes of an IPv4 header without options.</summary>
    public const int IpBytes = 20;

    /// <summary>Bytes of a TCP header without options.</summary>
    public const int TcpBytes = 20;

    /// <summary>Most bytes of payload in one packet.</summary>
    public const int MostPayload = 65_535 - IpBytes - TcpBytes;

    private const int SynOptions = 4;
    private const byte DontFragment = 0x40;
    private const byte TimeToLive = 64;
    private const byte Tcp = 6;

    /// <summary>Builds a packet.</summary>
    /// <param name="to">Takes it; 44 bytes more than the payload are enough.</param>
    /// <param name="from">Who sends.</param>
    /// <param name="dest">Who receives.</param>
    /// <param name="flags">Of TCP.</param>
    /// <param name="payload">Up to MostPayload bytes; none with Syn.</param>
    /// <returns>Its bytes.</returns>
    public static int Write(
        Span<byte> to, PcapEnd from, PcapEnd dest, byte flags, ReadOnlySpan<byte> payload)
    {
        int options = (flags & Syn) != 0 ? SynOptions : 0;
        int length = IpBytes + TcpBytes + options + payload.Length;
        Span<byte> packet = to[..length];
        packet[..(length - payload.Length)].Clear();
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)length);
        packet[6] = DontFragment;
        packet[8] = TimeToLive;
        packet[9] = Tcp;
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], from.Address);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], dest.Address);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Fold(Sum(packet[..IpBytes])));

        Span<byte> tcp = packet[IpBytes..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], dest.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], from.Sent);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], (flags & Ack) != 0 ? dest.Sent : 0);
        tcp[12] = (byte)((TcpBytes + options) / 4 << 4);
        tcp[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], 0xFFFF);
        if (options > 0)
        {
            // Window scale 14: a gigabyte may be on its way, for nothing waits in a recording.
            "\u0003\u0003\u000E\u0001"u8.CopyTo(tcp[TcpBytes..]);
        }

        payload.CopyTo(tcp[(TcpBytes + options)..]);
        uint pseudo = Sum(packet[12..20]) + Tcp + (uint)tcp.Length;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Fold(Sum(tcp) + pseudo));
        return length;
    }

    /// <summary>Whether the sum over a header or segment shows its checksum right.</summary>
    public static bool IsRight(ReadOnlySpan<byte> bytes, uint pseudo) =>
        Fold(Sum(bytes) + pseudo) == 0;

    /// <summary>The 16-bit words of some bytes, added (RFC 1071); up to 64 KB.</summary>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (; bytes.Length > 1; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        return bytes.Length > 0 ? sum + ((uint)bytes[0] << 8) : sum;
    }

    private static ushort Fold(uint sum)
    {
        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
