using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Reads the frames of a capture in the form pcapng, which Wireshark writes.</summary>
internal sealed class PcapngFile(Stream stream, CaptureFile file)
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint ByteOrder = 0x1A2B3C4D;
    private const int Interface = 1;
    private const int SimplePacket = 3;
    private const int EnhancedPacket = 6;
    private const int TimeResolution = 9;
    private const int HeadBytes = 8;
    private const int MostBlockBytes = CaptureFile.MostFrameBytes + 65_536;

    private readonly List<(int LinkType, double UnitUs)> _interfaces = [];
    private readonly byte[] _head = new byte[HeadBytes + 4];
    private bool _isLittle = true;
    private long _timeUs;

    /// <summary>Whether a file that starts so has this form.</summary>
    public static bool IsPcapng(ReadOnlySpan<byte> start) => start.Length >= 4
        && BinaryPrimitives.ReadUInt32LittleEndian(start) == SectionHeader;

    /// <summary>All frames.</summary>
    public IEnumerable<CapturedFrame> Frames()
    {
        while (file.TryRead(_head, 0, HeadBytes + 4))
        {
            if (IsPcapng(_head))
            {
                _isLittle = BinaryPrimitives.ReadUInt32LittleEndian(_head.AsSpan(8)) == ByteOrder;
                _interfaces.Clear();
            }

            uint type = Number(_head, 0);
            uint length = Number(_head, 4);
            if (length is < HeadBytes + 4 or > MostBlockBytes || length % 4 != 0)
            {
                file.Cut = $"the capture is damaged: a block of {length} bytes at byte "
                    + $"{stream.Position - _head.Length}; the rest is not read";
                yield break;
            }

            byte[] body = new byte[length - HeadBytes];
            _head.AsSpan(HeadBytes).CopyTo(body);
            if (!file.TryRead(body, 4, body.Length - 4))
            {
                yield break;
            }

            if (Read(type, body) is { } frame)
            {
                yield return frame;
            }
        }
    }

    private CapturedFrame? Read(uint type, byte[] body)
    {
        if (type == Interface && body.Length >= 12)
        {
            _interfaces.Add((Short(body, 0), UnitOf(body)));
        }
        else if (type == EnhancedPacket && body.Length >= 24 && Number(body, 0) < _interfaces.Count)
        {
            (int linkType, double unitUs) = _interfaces[(int)Number(body, 0)];
            _timeUs = (long)((((ulong)Number(body, 4) << 32) | Number(body, 8)) * unitUs);
            int count = (int)Math.Min(Number(body, 12), body.Length - 24);
            return new CapturedFrame(
                _timeUs, linkType, body.AsMemory(20, count), Number(body, 16));
        }
        else if (type == SimplePacket && body.Length >= 8 && _interfaces.Count > 0)
        {
            // It has no time: that of the one before.
            int count = (int)Math.Min(Number(body, 0), body.Length - 8);
            return new CapturedFrame(
                _timeUs, _interfaces[0].LinkType, body.AsMemory(4, count), Number(body, 0));
        }

        return null;
    }

    // Microseconds, unless the option says otherwise: a power of ten, or of two.
    private double UnitOf(byte[] body)
    {
        for (int at = 8; at + 4 < body.Length - 4;)
        {
            int length = Short(body, at + 2);
            if (Short(body, at) == TimeResolution && length >= 1)
            {
                int power = body[at + 4];
                return 1_000_000 * ((power & 0x80) == 0
                    ? Math.Pow(10, -power)
                    : Math.Pow(2, -(power & 0x7F)));
            }

            at += 4 + ((length + 3) / 4 * 4);
        }

        return 1;
    }

    private int Short(byte[] bytes, int at) => _isLittle
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at))
        : BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    private uint Number(byte[] bytes, int at) => _isLittle
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at))
        : BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
