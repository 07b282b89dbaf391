using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Record;

namespace EdgeBroker.Tests.Desktop.Lab.Record;

/// <summary>Captures of one client as different tools write them.</summary>
internal sealed class CaptureBuilder
{
    private const int ClientPort = 5000;
    private const int BrokerPort = 1883;

    private readonly List<(long Us, byte[] Ip, int Length)> _packets = [];

    public uint FirstNumber { get; init; } = 0xFFFFFFF0; // It wraps soon.

    public bool IsIPv6 { get; init; }

    public long NowUs { get; set; } = 1_700_000_000_000_000;

    /// <summary>The client sends a segment.</summary>
    /// <param name="at">Its first byte, counted from the first one behind SYN.</param>
    /// <param name="flags">Of TCP.</param>
    /// <param name="bytes">The payload.</param>
    /// <param name="captured">How much of the payload was captured.</param>
    public CaptureBuilder Segment(
        int at, int flags, byte[] bytes = null, int captured = int.MaxValue)
    {
        bytes ??= [];
        uint number = FirstNumber + (uint)at + ((flags & PcapFrame.Syn) == 0 ? 1u : 0u);
        var client = new PcapEnd { Address = 0x7F000001, Port = ClientPort, Sent = number };
        var broker = new PcapEnd { Address = 0x7F000001, Port = BrokerPort };
        byte[] packet = new byte[bytes.Length + 44];
        int length = PcapFrame.Write(packet, client, broker, (byte)flags, bytes);
        byte[] ip = IsIPv6 ? AsIPv6(packet[..length]) : packet[..length];
        int cut = ip.Length - Math.Max(bytes.Length - captured, 0);
        _packets.Add((NowUs, ip[..cut], ip.Length));
        NowUs += 1000;
        return this;
    }

    /// <summary>The file in the form pcap.</summary>
    /// <param name="linkType">See tcpdump.org.</param>
    /// <param name="link">Bytes in front of each IP packet.</param>
    /// <param name="isBig">Whether the machine had its highest byte first.</param>
    /// <param name="isNano">Whether times are in nanoseconds.</param>
    public byte[] Pcap(int linkType, byte[] link, bool isBig = false, bool isNano = false)
    {
        var file = new MemoryStream();
        Number(0xA1B2C3D4 - (isNano ? 0xA1B2C3D4 - 0xA1B23C4D : 0u));
        file.Write(isBig ? [0, 2, 0, 4] : [2, 0, 4, 0]);
        Array.ForEach<uint>([0, 0, 262144, (uint)linkType], Number);
        foreach ((long us, byte[] ip, int length) in _packets)
        {
            Number((uint)(us / 1_000_000));
            Number((uint)(us % 1_000_000) * (isNano ? 1000u : 1u));
            Number((uint)(link.Length + ip.Length));
            Number((uint)(link.Length + length));
            file.Write(link);
            file.Write(ip);
        }

        return file.ToArray();

        void Number(uint number)
        {
            byte[] bytes = BitConverter.GetBytes(number);
            file.Write(isBig ? [.. bytes.Reverse()] : bytes);
        }
    }

    /// <summary>The file in the form pcapng, with times in nanoseconds.</summary>
    public byte[] Pcapng()
    {
        var file = new MemoryStream();
        Block(0x0A0D0D0A, [.. Bytes(0x1A2B3C4D), 1, 0, 0, 0, .. Bytes(0xFFFFFFFF, 0xFFFFFFFF)]);
        Block(1, [101, 0, 0, 0, .. Bytes(0), 9, 0, 1, 0, 9, 0, 0, 0, .. Bytes(0)]);
        Block(5, Bytes(0, 0, 0)); // Statistics, which are skipped.
        foreach ((long us, byte[] ip, int length) in _packets)
        {
            ulong ns = (ulong)us * 1000;
            Block(6, [.. Bytes(0, (uint)(ns >> 32), (uint)ns, (uint)ip.Length, (uint)length), .. ip,
                .. new byte[(4 - (ip.Length % 4)) % 4]]);
        }

        return file.ToArray();

        void Block(uint type, byte[] body)
        {
            uint whole = (uint)body.Length + 12;
            file.Write([.. Bytes(type, whole), .. body, .. Bytes(whole)]);
        }
    }

    private static byte[] Bytes(params uint[] numbers) =>
        [.. numbers.SelectMany(BitConverter.GetBytes)];

    // The TCP segment behind an IPv6 header and an extension header that says nothing.
    private static byte[] AsIPv6(byte[] ip)
    {
        byte[] head = new byte[48];
        head[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(4), (ushort)(ip.Length - 20 + 8));
        head[6] = 60;
        head[23] = 1;
        head[39] = 1;
        head[40] = 6;
        return [.. head, .. ip[20..]];
    }
}
