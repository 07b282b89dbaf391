using System;
using System.Buffers.Binary;
using System.Net;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// Finds the TCP segment in a captured frame: Ethernet with VLANs, Linux cooked (both versions),
/// loopback, raw IP; IPv4 and IPv6.
/// </summary>
internal sealed class FrameHeaders
{
    private const int EtherIPv4 = 0x0800;
    private const int EtherIPv6 = 0x86DD;
    private const byte TcpProtocol = 6;

    /// <summary>IP packets that are only a part of a larger one; they are left out.</summary>
    public long Fragments { get; private set; }

    /// <summary>Frames of a kind of network that is not known; they are left out.</summary>
    public long UnknownLinks { get; private set; }

    /// <summary>The last such kind, by the numbers of tcpdump.org.</summary>
    public int UnknownLink { get; private set; }

    /// <summary>The segment in a frame, or null when there is none.</summary>
    public TcpSegment? Find(CapturedFrame frame)
    {
        ReadOnlyMemory<byte> bytes = frame.Bytes;
        int ip = IpOffset(frame.LinkType, bytes.Span);
        if (ip < 0 || ip >= bytes.Length)
        {
            return null;
        }

        return (bytes.Span[ip] >> 4) switch
        {
            4 => InIPv4(bytes[ip..]),
            6 => InIPv6(bytes[ip..]),
            _ => null,
        };
    }

    // -1 for what is not IP.
    private int IpOffset(int linkType, ReadOnlySpan<byte> frame)
    {
        switch (linkType)
        {
            case 0 or 108: // Loopback of BSD: four bytes of address family.
                return 4;
            case 1: // Ethernet.
                return Ethernet(frame, 12);
            case 12 or 14 or 101 or 228 or 229: // Raw IP.
                return 0;
            case 113: // Linux cooked.
                return Ethernet(frame, 14);
            case 276: // Linux cooked, version 2: the type comes first.
                return frame.Length >= 20 && IsIp(Short(frame, 0)) ? 20 : -1;
            default:
                UnknownLinks++;
                UnknownLink = linkType;
                return -1;
        }
    }

    private static int Ethernet(ReadOnlySpan<byte> frame, int at)
    {
        while (frame.Length >= at + 6 && Short(frame, at) is 0x8100 or 0x88A8 or 0x9100)
        {
            at += 4; // VLAN.
        }

        return frame.Length >= at + 2 && IsIp(Short(frame, at)) ? at + 2 : -1;
    }

    private TcpSegment? InIPv4(ReadOnlyMemory<byte> packet)
    {
        ReadOnlySpan<byte> ip = packet.Span;
        int head = (ip[0] & 15) * 4;
        if (ip.Length < 20 || head < 20 || ip[9] != TcpProtocol)
        {
            return null;
        }

        if ((Short(ip, 6) & 0x3FFF) != 0)
        {
            Fragments++;
            return null;
        }

        // With segmentation offload the length is 0: what is there is all.
        int length = Short(ip, 2) == 0 ? ip.Length : Short(ip, 2);
        return InTcp(packet, head, length, new IPAddress(ip[12..16]), new IPAddress(ip[16..20]));
    }

    private TcpSegment? InIPv6(ReadOnlyMemory<byte> packet)
    {
        ReadOnlySpan<byte> ip = packet.Span;
        if (ip.Length < 40)
        {
            return null;
        }

        int length = Short(ip, 4) == 0 ? ip.Length : 40 + Short(ip, 4);
        int next = ip[6];
        int at = 40;
        while (next is 0 or 43 or 60 && at + 8 <= ip.Length) // Extension headers.
        {
            next = ip[at];
            at += 8 + (ip[at + 1] * 8);
        }

        if (next == 44)
        {
            Fragments++;
        }

        return next != TcpProtocol ? null
            : InTcp(packet, at, length, new IPAddress(ip[8..24]), new IPAddress(ip[24..40]));
    }

    private static TcpSegment? InTcp(ReadOnlyMemory<byte> packet, int at, int end,
        IPAddress source, IPAddress dest)
    {
        if (packet.Length < at + 20)
        {
            return null;
        }

        ReadOnlySpan<byte> tcp = packet.Span[at..];
        int payload = at + ((tcp[12] >> 4) * 4);
        if (payload < at + 20 || payload > end)
        {
            return null;
        }

        int captured = Math.Max(payload, Math.Min(end, packet.Length));
        return new TcpSegment(new IPEndPoint(source, Short(tcp, 0)),
            new IPEndPoint(dest, Short(tcp, 2)), BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]),
            tcp[13], payload < packet.Length ? packet[payload..captured] : default, end - payload);
    }

    private static bool IsIp(int type) => type is EtherIPv4 or EtherIPv6;

    private static int Short(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
