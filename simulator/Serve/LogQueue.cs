using System;
using System.Threading;
using System.Threading.Channels;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// Log lines on their way out. Adding never waits: a slow terminal or disk must not slow the
/// broker down. What does not fit is counted, and the count is logged.
/// </summary>
public sealed class LogQueue : IDisposable
{
    private const int Capacity = 8192;
    private const int LongestFlushMs = 2000;

    private readonly Channel<(DateTime, string)> _lines = Channel.CreateBounded<(DateTime, string)>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });
    private volatile LogTypes _types;
    private readonly Thread _thread;
    private volatile ILogSink _sink;
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

    /// <summary>Sends the lines elsewhere from now on.</summary>
    public void Redirect(ILogSink sink)
    {
        _sink = sink;
    }

    /// <summary>Whether a line of this kind is written at all and has room now.</summary>
    /// <remarks>To be asked before a line is put together; counts what it denies.</remarks>
    public bool Takes(LogTypes type)
    {
        if ((_types & type) == 0)
        {
            return false;
        }

        if (_lines.Reader.Count >= Capacity)
        {
            Interlocked.Increment(ref _leftOut);
            return false;
        }

        return true;
    }

    /// <summary>Adds a line, from any thread.</summary>
    public void Add(LogTypes type, string line)
    {
        if (Takes(type) && !_lines.Writer.TryWrite((DateTime.UtcNow, line)))
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    /// <summary>Writes what is left, if that does not take too long.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _thread.Join(LongestFlushMs);
    }

    private void Write()
    {
        ChannelReader<(DateTime, string)> reader = _lines.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (reader.TryRead(out (DateTime At, string Line) entry))
            {
                _sink.Add(entry.At, entry.Line);
            }

            ReportLeftOut();
            _sink.Flush();
        }

        ReportLeftOut();
        _sink.Flush();
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
