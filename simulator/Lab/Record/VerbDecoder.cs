using System;
using System.IO;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Reads verbs as recordings and the traces of boards have them.</summary>
internal sealed class VerbDecoder
{
    private readonly bool _hasHeadsOnly;
    private long _nowMs;
    private int _capacity;

    /// <param name="startMs">The time that the first verb counts from.</param>
    /// <param name="hasHeadsOnly">Whether it is a trace: only the first bytes of a chunk are there,
    /// of Transmit too, which has no checksum.</param>
    public VerbDecoder(long startMs, bool hasHeadsOnly)
    {
        _nowMs = startMs;
        _hasHeadsOnly = hasHeadsOnly;
    }

    /// <summary>Bytes that a trace has of a chunk; a board and this program agree on it.</summary>
    public const int HeadBytes = 16;

    /// <summary>The verb that was read last.</summary>
    public RecordedVerb Verb { get; } = new();

    /// <summary>Reads a verb; of Settings and End only that it is one.</summary>
    /// <param name="from">Reads the piece.</param>
    /// <param name="piece">The piece.</param>
    /// <exception cref="EndOfStreamException">It is not whole.</exception>
    /// <exception cref="FormatException">It is no verb.</exception>
    public void Read(BinaryReader from, byte[] piece)
    {
        int first = from.ReadByte();
        int time = first >> RecordingFormat.KindBits;
        _nowMs += time < RecordingFormat.LongTime ? time : from.Read7BitEncodedInt64();
        Verb.NowMs = _nowMs;
        Verb.Kind = (VerbKind)(first & ((1 << RecordingFormat.KindBits) - 1));
        switch (Verb.Kind)
        {
            case VerbKind.Open:
                Verb.Slot = from.Read7BitEncodedInt() - 1;
                Verb.Address = from.Read7BitEncodedInt();
                break;
            case VerbKind.Receive:
                Verb.Slot = from.Read7BitEncodedInt();
                Verb.Count = from.Read7BitEncodedInt();
                ReadBytes(from, piece);
                break;
            case VerbKind.Transmit or VerbKind.TransmitAgain:
                Verb.Slot = from.Read7BitEncodedInt();
                _capacity = Verb.Kind == VerbKind.Transmit ? from.Read7BitEncodedInt() : _capacity;
                Verb.Kind = VerbKind.Transmit;
                Verb.Capacity = _capacity;
                Verb.Count = from.Read7BitEncodedInt();
                ReadOutput(from, piece);
                break;
            case VerbKind.Block or VerbKind.Close:
                Verb.Slot = from.Read7BitEncodedInt();
                break;
            case VerbKind.Tick or VerbKind.Shutdown or VerbKind.Settings or VerbKind.End:
                break;
            default:
                throw new FormatException();
        }
    }

    private void ReadOutput(BinaryReader from, byte[] piece)
    {
        if (_hasHeadsOnly)
        {
            ReadBytes(from, piece);
        }
        else
        {
            Verb.Checksum = Verb.Count > 0 ? from.ReadUInt32() : 0;
        }
    }

    private void ReadBytes(BinaryReader from, byte[] piece)
    {
        int at = (int)from.BaseStream.Position;
        int count = _hasHeadsOnly ? Math.Min(Verb.Count, HeadBytes) : Verb.Count;
        if (count < 0 || count > from.BaseStream.Length - at)
        {
            throw new EndOfStreamException();
        }

        Verb.Bytes = new ArraySegment<byte>(piece, at, count);
        from.BaseStream.Position += count;
    }
}
