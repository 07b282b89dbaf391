using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// Log lines on their way out. Adding never waits: a slow terminal or disk must not slow the
/// broker down. What does not fit is counted, and the count is logged.
/// </summary>
public sealed class LogQueue : IDisposable
{
    /// <summary>Lines that wait at most; errors and information always find room.</summary>
    public const int Capacity = 8192;

    private const int LongestFlushMs = 2000;
    private const int PauseMs = 20;
    private const LogTypes Unlimited = LogTypes.Error | LogTypes.Information;

    private readonly object _lock = new();
    private readonly List<LogSource> _sources = [];
    private volatile LogTypes _types;
    private readonly Thread _thread;
    private List<LogEntry> _entries = [];
    private List<LogEntry> _taken = [];
    private ILogSink _sink;
    private bool _isWaiting;
    private bool _isEnding;
    private long _leftOut;

    /// <summary>Starts the thread that writes.</summary>
    /// <param name="types">Kinds of lines to write; others are thrown away.</param>
    /// <param name="sink">Where lines go at first.</param>
    public LogQueue(LogTypes types, ILogSink sink)
    {
        _types = types;
        _sink = sink;
        _thread = new Thread(Write) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Kinds of lines to write; others are thrown away.</summary>
    public LogTypes Types
    {
        get => _types;
        set => _types = value;
    }

    /// <summary>Sends the lines that come from now on elsewhere.</summary>
    public void Redirect(ILogSink sink)
    {
        TryPut(new LogEntry(default, null, sink), int.MaxValue);
    }

    /// <summary>Whether lines of this kind are written at all.</summary>
    public bool Writes(LogTypes type)
    {
        return (_types & type) != 0;
    }

    /// <summary>Whether a line of this kind is written and has room now.</summary>
    /// <remarks>To be asked before a line is put together.</remarks>
    public bool Takes(LogTypes type)
    {
        lock (_lock)
        {
            return Writes(type) && _entries.Count < RoomFor(type);
        }
    }

    /// <summary>Adds a line, from any thread; counts it when there is no room.</summary>
    public void Add(LogTypes type, string line)
    {
        if (Writes(type) && !TryAdd(type, line))
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    /// <summary>Adds a line, from any thread.</summary>
    /// <returns>Whether it had room; the caller counts it then.</returns>
    public bool TryAdd(LogTypes type, string line)
    {
        return TryPut(new LogEntry(DateTime.UtcNow, line, null), RoomFor(type));
    }

    /// <summary>Asks somebody for lines from time to time; none of them is ever left out.</summary>
    /// <param name="type">The kind of the lines.</param>
    /// <param name="periodMs">Time between two questions in milliseconds.</param>
    /// <param name="lines">Called on the log's thread.</param>
    public void AddSource(LogTypes type, int periodMs, Func<IEnumerable<string>> lines)
    {
        lock (_lock)
        {
            _sources.Add(new LogSource(type, periodMs, lines));
            Awake();
        }
    }

    /// <summary>Has everybody asked for lines now, after those that wait already.</summary>
    public void Summarise()
    {
        TryPut(default, int.MaxValue);
    }

    /// <summary>Writes what is left, if that does not take too long.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isEnding = true;
            Monitor.PulseAll(_lock);
        }

        _thread.Join(LongestFlushMs);
    }

    private static int RoomFor(LogTypes type)
    {
        return (type & Unlimited) != 0 ? int.MaxValue : Capacity;
    }

    private bool TryPut(LogEntry entry, int room)
    {
        lock (_lock)
        {
            if (_entries.Count >= room)
            {
                return false;
            }

            _entries.Add(entry);
            Awake();
            return true;
        }
    }

    /// <summary>Waking a thread costs more than a line, so it is done for the first one.</summary>
    private void Awake()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            Monitor.Pulse(_lock);
        }
    }

    private void Write()
    {
        while (TakeEntries())
        {
            foreach (LogEntry entry in _taken)
            {
                Write(entry);
            }

            _taken.Clear();
            AskSources(Environment.TickCount64);
            ReportLeftOut();
            _sink.Flush();
            Pause();
        }
    }

    /// <summary>Waits for something to do and takes it.</summary>
    /// <returns>False when all is written and the end has come.</returns>
    private bool TakeEntries()
    {
        lock (_lock)
        {
            long wait = _sources.Count == 0
                ? Timeout.Infinite
                : Math.Max(_sources.Min(source => source.NextMs) - Environment.TickCount64, 0);
            if (_entries.Count == 0 && !_isEnding)
            {
                _isWaiting = true;
                Monitor.Wait(_lock, (int)wait);
                _isWaiting = false;
            }

            (_entries, _taken) = (_taken, _entries);
            return _taken.Count > 0 || !_isEnding;
        }
    }

    /// <summary>Lets lines gather: a storm is written in few pieces.</summary>
    private void Pause()
    {
        lock (_lock)
        {
            if (!_isEnding)
            {
                Monitor.Wait(_lock, PauseMs);
            }
        }
    }

    private void Write(LogEntry entry)
    {
        if (entry.Line != null)
        {
            _sink.Add(entry.At, entry.Line);
        }
        else if (entry.Sink != null)
        {
            _sink.Flush();
            _sink = entry.Sink;
        }
        else
        {
            AskSources(long.MaxValue);
        }
    }

    private void AskSources(long nowMs)
    {
        LogSource[] due;
        lock (_lock)
        {
            due = [.. _sources.Where(source => source.NextMs <= nowMs)];
        }

        foreach (LogSource source in due)
        {
            // Asked in any case, so that nothing gathers while nobody wants it.
            string[] lines = [.. source.Ask()];
            foreach (string line in Writes(source.Type) ? lines : [])
            {
                _sink.Add(DateTime.UtcNow, line);
            }
        }
    }

    private void ReportLeftOut()
    {
        long count = Interlocked.Exchange(ref _leftOut, 0);
        if (count > 0)
        {
            _sink.Add(DateTime.UtcNow,
                $"{count} lines left out: they came faster than they were written");
        }
    }
}
