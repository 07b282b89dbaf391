using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Reads the frames of a capture in the form pcap; pcapng is PcapngFile's.</summary>
internal sealed class CaptureFile
{
    /// <summary>More than any capture tool takes of a frame.</summary>
    public const int MostFrameBytes = 1 << 20;

    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;
    private const int HeaderBytes = 24;
    private const int RecordBytes = 16;

    private readonly Stream _stream;

    /// <param name="stream">The file, at its start.</param>
    public CaptureFile(Stream stream)
    {
        _stream = stream;
    }

    /// <summary>Why reading ended before the end of the file, or null.</summary>
    public string? Cut { get; internal set; }

    /// <summary>Whether a file that starts so is a capture.</summary>
    public static bool IsCapture(ReadOnlySpan<byte> start) => start.Length >= 4
        && (IsPcap(start, true) || IsPcap(start, false) || PcapngFile.IsPcapng(start));

    /// <summary>All frames, in the order of the file.</summary>
    public IEnumerable<CapturedFrame> Frames()
    {
        byte[] start = new byte[4];
        _stream.ReadAtLeast(start, start.Length, false);
        _stream.Position = 0;
        return PcapngFile.IsPcapng(start)
            ? new PcapngFile(_stream, this).Frames()
            : PcapFrames();
    }

    /// <summary>Reads exactly so much, or notes that the file ends within.</summary>
    internal bool TryRead(byte[] buffer, int offset, int count)
    {
        int got = _stream.ReadAtLeast(buffer.AsSpan(offset, count), count, false);
        if (got < count)
        {
            Cut = got > 0 || offset > 0 ? "the capture is cut off in its last frame" : null;
        }

        return got == count;
    }

    private IEnumerable<CapturedFrame> PcapFrames()
    {
        byte[] head = new byte[HeaderBytes];
        if (!TryRead(head, 0, HeaderBytes))
        {
            Cut = "the capture is cut off in its first bytes";
            yield break;
        }

        bool isLittle = IsPcap(head, true);
        bool hasNanoseconds = Number(head, 0, isLittle) == Nanoseconds;
        int linkType = (int)(Number(head, 20, isLittle) & 0xFFFF);
        while (TryRead(head, 0, RecordBytes))
        {
            long count = Number(head, 8, isLittle);
            if (count > MostFrameBytes)
            {
                Cut = $"the capture is damaged: a frame of {count} bytes; the rest is not read";
                yield break;
            }

            byte[] bytes = new byte[count];
            if (!TryRead(bytes, 0, bytes.Length))
            {
                Cut = "the capture is cut off in its last frame";
                yield break;
            }

            long fraction = Number(head, 4, isLittle);
            long time = (Number(head, 0, isLittle) * 1_000_000L)
                + (hasNanoseconds ? fraction / 1000 : fraction);
            yield return new CapturedFrame(time, linkType, bytes, Number(head, 12, isLittle));
        }
    }

    private static bool IsPcap(ReadOnlySpan<byte> start, bool isLittle) =>
        (isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(start)
            : BinaryPrimitives.ReadUInt32BigEndian(start)) is Microseconds or Nanoseconds;

    private static uint Number(byte[] bytes, int at, bool isLittle) => isLittle
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at))
        : BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
