using System;
using System.IO;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// Writes down every verb of a broker, so that Player can repeat it. The same verbs give the same
/// bytes. It is set as the broker's tap before the first verb.
/// </summary>
public sealed class RecordingWriter : VerbTap, IDisposable
{
    private const int SpareBytes = 4 * 1024;

    private readonly Stream _stream;
    private readonly MemoryStream _piece = new(RecordingFormat.PieceBytes + SpareBytes);
    private readonly BinaryWriter _to;
    private readonly OutputDigest _output = new();
    private long _nowMs;
    private long _pieceMs;
    private long _verbs;
    private long _bytesIn;
    private int _capacity;
    private bool _isOver;

    /// <summary>Begins a recording.</summary>
    /// <param name="stream">Takes it; closed by Dispose.</param>
    /// <param name="what">The broker.</param>
    /// <param name="failed">Told once when the stream takes no more: the recording is over then,
    /// and the broker goes on. Without it the broker's host gets the exception.</param>
    public RecordingWriter(Stream stream, Recording what, Action<Exception>? failed = null)
    {
        _stream = failed == null ? stream : new LastingStream(stream, Fail);
        _to = new BinaryWriter(_piece);
        _nowMs = what.StartMs;
        _pieceMs = what.StartMs;
        _to.Write(RecordingFormat.Magic);
        _to.Write(RecordingFormat.FormatVersion);
        WriteOut();
        BeginPiece();
        _to.Write(what.Program);
        _to.Write(what.StartMs);
        _to.Write(what.StartedUtc.Ticks);
        _to.Write(what.AllowsAnonymous);
        FieldText.Write(_to, what.Limits);
        FieldText.Write(_to, what.Settings);
        EndPiece();

        void Fail(Exception e)
        {
            _isOver = true;
            failed(e);
        }
    }

    /// <summary>After which time of the broker's clock what is held is written; so much is lost
    /// when the process is killed.</summary>
    public long MostHeldMs { get; init; } = long.MaxValue;

    /// <summary>Whether SHA-256 of all output stands at the end. Without it only the checksum after
    /// each Transmit tells outputs apart, and recording takes half the time.</summary>
    public bool HashesOutput
    {
        get => _output.IsHashing;
        init => _output.IsHashing = value;
    }

    /// <inheritdoc/>
    public override void Opened(int slot, int address, long nowMs)
    {
        Begin(VerbKind.Open, nowMs);
        _to.Write7BitEncodedInt(slot + 1);
        _to.Write7BitEncodedInt(address);
        EndVerb();
    }

    /// <inheritdoc/>
    public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs)
    {
        Begin(VerbKind.Receive, nowMs);
        _to.Write7BitEncodedInt(slot);
        _to.Write7BitEncodedInt(count);
        _to.Write(buffer, offset, count);
        _bytesIn += count;
        EndVerb();
    }

    /// <inheritdoc/>
    public override void Transmitted(
        int slot, byte[] buffer, int offset, int capacity, int count, long nowMs)
    {
        bool isAgain = capacity == _capacity;
        Begin(isAgain ? VerbKind.TransmitAgain : VerbKind.Transmit, nowMs);
        _to.Write7BitEncodedInt(slot);
        if (!isAgain)
        {
            _to.Write7BitEncodedInt(capacity);
            _capacity = capacity;
        }

        _to.Write7BitEncodedInt(count);
        if (count > 0 && !_isOver)
        {
            _output.Add(slot, buffer.AsSpan(offset, count));
            _to.Write(_output.Running);
        }

        EndVerb();
    }

    /// <inheritdoc/>
    public override void Blocked(int slot, long nowMs) => Write(VerbKind.Block, slot, nowMs);

    /// <inheritdoc/>
    public override void Ticked(long nowMs)
    {
        Begin(VerbKind.Tick, nowMs);
        EndVerb();
    }

    /// <inheritdoc/>
    public override void Closed(int slot, long nowMs) => Write(VerbKind.Close, slot, nowMs);

    /// <inheritdoc/>
    public override void ShutDown(long nowMs)
    {
        Begin(VerbKind.Shutdown, nowMs);
        EndVerb();
    }

    /// <summary>The host has changed the broker's settings, between two verbs.</summary>
    public void SettingsChanged(BrokerSettings settings, bool allowsAnonymous)
    {
        Begin(VerbKind.Settings, _nowMs);
        _to.Write(allowsAnonymous);
        FieldText.Write(_to, settings);
        EndVerb();
    }

    /// <summary>Ends the recording with the figures that a replay must reach.</summary>
    public void End(MqttBroker broker)
    {
        if (_isOver)
        {
            return;
        }

        Begin(VerbKind.End, _nowMs);
        _to.Write7BitEncodedInt64(_verbs - 1);
        _to.Write7BitEncodedInt64(_bytesIn);
        _to.Write7BitEncodedInt64(_output.Bytes);
        byte[] hash = _output.End();
        _to.Write((byte)hash.Length);
        _to.Write(hash);
        long[] counters = new long[Counter.Count];
        broker.ReadCounters(counters);
        _to.Write7BitEncodedInt(counters.Length);
        Array.ForEach(counters, _to.Write7BitEncodedInt64);
        EndPiece();
        _isOver = true;
    }

    /// <summary>Writes what is held and closes the stream.</summary>
    public void Dispose()
    {
        EndPiece();
        _isOver = true;
        _output.Dispose();
        _stream.Dispose();
    }

    private void Write(VerbKind kind, int slot, long nowMs)
    {
        Begin(kind, nowMs);
        _to.Write7BitEncodedInt(slot);
        EndVerb();
    }

    private void Begin(VerbKind kind, long nowMs)
    {
        if (_piece.Length == 0)
        {
            BeginPiece();
            _pieceMs = nowMs;
        }

        long passed = nowMs - _nowMs;
        _nowMs = nowMs;
        _verbs++;
        int time = (int)Math.Min(passed, RecordingFormat.LongTime);
        _to.Write((byte)((int)kind | (time << RecordingFormat.KindBits)));
        if (time == RecordingFormat.LongTime)
        {
            _to.Write7BitEncodedInt64(passed);
        }
    }

    private void EndVerb()
    {
        if (_isOver)
        {
            _piece.SetLength(0); // It failed: nobody will read this.
        }
        else if (_piece.Length >= RecordingFormat.PieceBytes || _nowMs - _pieceMs >= MostHeldMs)
        {
            EndPiece();
        }
    }

    private void BeginPiece() => _to.Write(stackalloc byte[RecordingFormat.HeadBytes]);

    private void EndPiece()
    {
        if (_piece.Length > 0)
        {
            RecordingFormat.WriteHead(_piece.GetBuffer().AsSpan(0, (int)_piece.Length));
            WriteOut();
        }
    }

    private void WriteOut()
    {
        if (!_isOver)
        {
            _stream.Write(_piece.GetBuffer(), 0, (int)_piece.Length);
        }

        _piece.SetLength(0);
    }
}
