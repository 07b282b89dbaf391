using System;
using System.Buffers.Binary;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// The numbers of the file format. A file is its first bytes, then pieces: a head of length,
/// checksum and the head's own checksum, then the content. The first piece describes the broker,
/// the others hold verbs. What was cut off or changed is seen at the piece where that is.
/// </summary>
internal static class RecordingFormat
{
    /// <summary>What the first bytes end with; another one is another format.</summary>
    public const byte FormatVersion = 1;

    /// <summary>Bytes of the head of a piece.</summary>
    public const int HeadBytes = 12;

    /// <summary>Bytes of content from which on a piece is written.</summary>
    public const int PieceBytes = 64 * 1024;

    /// <summary>Bits of the first byte of a verb that are its kind; the others are the time.
    /// </summary>
    public const int KindBits = 4;

    /// <summary>A time that does not fit and follows.</summary>
    public const int LongTime = 15;

    /// <summary>What each recording starts with, before the version.</summary>
    public static ReadOnlySpan<byte> Magic => "EdgeBroker recording\n"u8;

    /// <summary>Whether a file that starts so is a recording.</summary>
    public static bool IsRecording(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Fills in the head of a piece, whose content stands behind it.</summary>
    public static void WriteHead(Span<byte> piece)
    {
        BinaryPrimitives.WriteInt32LittleEndian(piece, piece.Length - HeadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(piece[4..], Checksum.Of(piece[HeadBytes..]));
        BinaryPrimitives.WriteUInt32LittleEndian(piece[8..], Checksum.Of(piece[..8]));
    }

    /// <summary>Reads a head.</summary>
    /// <returns>Bytes of the content; -1 when the head is damaged.</returns>
    public static int ReadHead(ReadOnlySpan<byte> head, out uint checksum)
    {
        checksum = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        bool isWhole = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]) == Checksum.Of(head[..8]);
        return isWhole ? BinaryPrimitives.ReadInt32LittleEndian(head) : -1;
    }
}
