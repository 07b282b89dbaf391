using System;
using System.IO;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Reads a recording from its start, as far as it can be read.</summary>
public sealed class RecordingReader
{
    private const int MostCounters = 1000;
    private const string NoHeader = "it is cut off before its first verb; nothing can be played";

    private readonly Stream _stream;
    private readonly VerbDecoder _decoder;
    private readonly RecordedVerb _verb;
    private byte[] _piece = new byte[RecordingFormat.PieceBytes];
    private BinaryReader _from = new(Stream.Null);
    private long _pieceAt;

    /// <summary>Reads what the broker was made of.</summary>
    /// <exception cref="InvalidDataException">It is no recording that this program can play.
    /// The message is a sentence.</exception>
    public RecordingReader(Stream stream)
    {
        _stream = stream;
        byte[] start = new byte[RecordingFormat.Magic.Length + 1];
        int got = stream.ReadAtLeast(start, start.Length, false);
        if (!RecordingFormat.Magic.StartsWith(start.AsSpan(0, Math.Min(got, start.Length - 1))))
        {
            throw new InvalidDataException(
                "it is no recording; replay plays what serve --record has written");
        }

        if (got == start.Length && start[^1] != RecordingFormat.FormatVersion)
        {
            throw new InvalidDataException($"its format has the version {start[^1]}, and this "
                + $"program reads version {RecordingFormat.FormatVersion}: play it with the "
                + "version of EdgeBroker that recorded it");
        }

        if (!NextPiece())
        {
            throw new InvalidDataException(End == RecordingEnd.CutOff ? NoHeader : Damage());
        }

        What = ReadHeader();
        _decoder = new VerbDecoder(What.StartMs, false);
        _verb = _decoder.Verb;
    }

    /// <summary>The broker that was recorded.</summary>
    public Recording What { get; }

    /// <summary>How it ends, once Next has said so.</summary>
    public RecordingEnd End { get; private set; }

    /// <summary>Reads the next verb.</summary>
    /// <returns>It, valid until the next call; null at the end of what can be read.</returns>
    /// <exception cref="InvalidDataException">The settings in it are not those of this program.
    /// </exception>
    public RecordedVerb? Next()
    {
        if (End != RecordingEnd.Unread)
        {
            return null;
        }

        try
        {
            while (_from.BaseStream.Position == _from.BaseStream.Length)
            {
                if (!NextPiece())
                {
                    return null;
                }
            }

            ReadVerb();
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            End = RecordingEnd.Damaged;
            return null;
        }

        if (_verb.Kind == VerbKind.End)
        {
            bool isLast = _from.BaseStream.Position == _from.BaseStream.Length
                && _stream.ReadByte() < 0;
            End = isLast ? RecordingEnd.Whole : RecordingEnd.Damaged;
        }

        return End == RecordingEnd.Damaged ? null : _verb;
    }

    /// <summary>Says where the damage is.</summary>
    public string Damage() => $"the recording is damaged in the piece that begins at byte "
        + $"{_pieceAt}; nothing from there on can be played";

    private Recording ReadHeader()
    {
        try
        {
            string program = _from.ReadString();
            long startMs = _from.ReadInt64();
            var started = new DateTime(_from.ReadInt64(), DateTimeKind.Utc);
            bool allowsAnonymous = _from.ReadBoolean();
            var limits = new BrokerLimits();
            FieldText.Read(_from, limits);
            BrokerSettings settings = ReadSettings();
            limits.Validate();
            settings.Validate(limits);
            return new Recording(limits, settings, allowsAnonymous, startMs, started, program);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException
            or ArgumentException)
        {
            throw new InvalidDataException($"its description of the broker is wrong: {e.Message}");
        }
    }

    private BrokerSettings ReadSettings()
    {
        var settings = new BrokerSettings();
        FieldText.Read(_from, settings);
        return settings;
    }

    private bool NextPiece()
    {
        _pieceAt = _stream.Position;
        Span<byte> head = stackalloc byte[RecordingFormat.HeadBytes];
        int got = _stream.ReadAtLeast(head, head.Length, false);
        if (got < head.Length)
        {
            End = RecordingEnd.CutOff;
            return false;
        }

        int length = RecordingFormat.ReadHead(head, out uint checksum);
        if (length <= 0)
        {
            End = RecordingEnd.Damaged;
            return false;
        }

        if (length > _stream.Length - _stream.Position)
        {
            End = RecordingEnd.CutOff;
            return false;
        }

        _piece = _piece.Length < length ? new byte[length] : _piece;
        _stream.ReadExactly(_piece, 0, length);
        End = checksum == Checksum.Of(_piece.AsSpan(0, length))
            ? RecordingEnd.Unread
            : RecordingEnd.Damaged;
        _from = new BinaryReader(new MemoryStream(_piece, 0, length));
        return End == RecordingEnd.Unread;
    }

    private void ReadVerb()
    {
        _decoder.Read(_from, _piece);
        if (_verb.Kind == VerbKind.Settings)
        {
            _verb.AllowsAnonymous = _from.ReadBoolean();
            _verb.Settings = ReadSettings();
        }
        else if (_verb.Kind == VerbKind.End)
        {
            ReadEnd();
        }
    }

    private void ReadEnd()
    {
        long verbs = _from.Read7BitEncodedInt64();
        long bytesIn = _from.Read7BitEncodedInt64();
        long bytesOut = _from.Read7BitEncodedInt64();
        byte[] hash = _from.ReadBytes(_from.ReadByte());
        long[] counters = new long[Math.Clamp(_from.Read7BitEncodedInt(), 0, MostCounters)];
        for (int i = 0; i < counters.Length; i++)
        {
            counters[i] = _from.Read7BitEncodedInt64();
        }

        _verb.Figures = new RecordedFigures(verbs, bytesIn, bytesOut, hash, counters);
    }
}
