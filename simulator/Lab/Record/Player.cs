using System;
using System.Linq;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Plays a recording into a new broker and compares what comes out.</summary>
public sealed class Player
{
    private readonly RecordingReader _reader;
    private readonly Recording _what;
    private readonly ConversationPrinter? _printer;
    private readonly BrokerSettings _settings = new();
    private readonly SwitchedAuthenticator _authenticator = new();
    private readonly MqttBroker _broker;
    private readonly OutputDigest _output = new();
    private byte[] _buffer = new byte[RecordingFormat.PieceBytes];
    private long _verbs;
    private long _bytesIn;

    /// <param name="reader">The recording, at its start.</param>
    /// <param name="what">The broker to play into: the reader's, or one that is changed.</param>
    /// <param name="printer">Is told of everything, or null.</param>
    /// <param name="tap">Is told of every verb, or null.</param>
    public Player(RecordingReader reader, Recording what, ConversationPrinter? printer = null,
        VerbTap? tap = null)
    {
        _reader = reader;
        _what = what;
        _printer = printer;
        FieldText.Copy(what.Settings, _settings);
        _authenticator.IsOpen = what.AllowsAnonymous;
        _broker = new MqttBroker(what.Limits, _settings, _authenticator, printer, what.StartMs);
        _broker.SetTap(tap);
        printer?.Attach(_broker);
    }

    /// <summary>The broker; its questions can be asked.</summary>
    public MqttBroker Broker => _broker;

    /// <summary>Plays until the end or the first difference.</summary>
    public ReplayResult Play()
    {
        string? difference = null;
        long nowMs = _what.StartMs;
        while (difference == null && _reader.Next() is { } verb)
        {
            if (verb.Kind == VerbKind.End)
            {
                difference = CompareEnd(verb.Figures!);
                break;
            }

            _verbs++;
            nowMs = verb.NowMs;
            try
            {
                difference = Play(verb);
            }
            catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)
            {
                difference = $"{Place(verb)}: the broker does not take it: {e.Message}";
            }
        }

        return new ReplayResult(_verbs, _bytesIn, _output.Bytes, nowMs - _what.StartMs,
            difference, difference == null ? _reader.End : RecordingEnd.Unread);
    }

    private string? Play(RecordedVerb verb)
    {
        long now = verb.NowMs;
        if (_printer != null)
        {
            _printer.NowMs = now;
        }

        switch (verb.Kind)
        {
            case VerbKind.Open:
                int slot = _broker.Open(verb.Address, now);
                _printer?.Opened(slot);
                return slot == verb.Slot ? null
                    : $"{Place(verb)}: now the broker gives it slot {slot}";
            case VerbKind.Receive:
                ArraySegment<byte> bytes = verb.Bytes;
                _bytesIn += bytes.Count;
                _printer?.Incoming(verb.Slot, bytes.Array!, bytes.Offset, bytes.Count);
                _broker.Receive(verb.Slot, bytes.Array!, bytes.Offset, bytes.Count, now);
                return null;
            case VerbKind.Transmit:
                return Transmit(verb);
            case VerbKind.Block:
                _broker.Block(verb.Slot, now);
                _printer?.Blocked(verb.Slot);
                return null;
            case VerbKind.Tick:
                _broker.Tick(now);
                return null;
            case VerbKind.Close:
                _broker.Close(verb.Slot, now);
                _printer?.Closed(verb.Slot);
                return null;
            case VerbKind.Settings:
                FieldText.Copy(verb.Settings!, _settings);
                _authenticator.IsOpen = verb.AllowsAnonymous;
                _printer?.SettingsChanged();
                return null;
            default:
                _printer?.ShutDown();
                _broker.Shutdown(now);
                return null;
        }
    }

    private string? Transmit(RecordedVerb verb)
    {
        if (_buffer.Length < verb.Capacity)
        {
            _buffer = new byte[verb.Capacity];
        }

        int count = _broker.Transmit(verb.Slot, _buffer, 0, verb.Capacity, verb.NowMs);
        _printer?.Outgoing(verb.Slot, _buffer, 0, count);
        if (count > 0)
        {
            _output.Add(verb.Slot, _buffer.AsSpan(0, count));
        }

        if (count != verb.Count)
        {
            return $"{Place(verb)}: {verb.Count} bytes were sent, and now {count}: {Words(verb)}";
        }

        return count == 0 || _output.Running == verb.Checksum ? null
            : $"{Place(verb)}: {count} other bytes were sent than now: {Words(verb)}";

        string Words(RecordedVerb of) => count == 0 ? "nothing" : string.Join(", ",
            new PacketText { Version = _broker.VersionOf(of.Slot) }.Add(_buffer, 0, count)
                .Take(5).DefaultIfEmpty("a part of a packet"));
    }

    private string? CompareEnd(RecordedFigures figures)
    {
        long[] counters = new long[Counter.Count];
        _broker.ReadCounters(counters);
        string[] others = figures.Counters.Length != Counter.Count
            ? [$"{figures.Counters.Length} counters and not {Counter.Count}"]
            : [.. Enumerable.Range(0, Counter.Count)
                .Where(i => figures.Counters[i] != counters[i]).Select(i =>
                    $"{Counter.NameOf(i)} was {figures.Counters[i]} and is {counters[i]}")];
        return others.Length > 0 ? "at the end " + string.Join(", ", others)
            : figures.Verbs != _verbs ? $"{figures.Verbs} verbs were written and {_verbs} read"
            : figures.OutputHash.Length > 0 && !figures.OutputHash.SequenceEqual(_output.End())
                ? "the bytes that were sent differ, though each write has the same checksum"
            : null;
    }

    private string Place(RecordedVerb verb) => $"verb {_verbs} at "
        + FormattableString.Invariant($"{(verb.NowMs - _what.StartMs) / 1000.0:F3} s, ")
        + (verb.Kind is VerbKind.Tick or VerbKind.Shutdown or VerbKind.Settings
            ? $"{verb.Kind}" : $"{verb.Kind} of slot {verb.Slot}");
}
