using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// Keeps the log while the view is open, and hands it to the plain log when the view is left.
/// Refusals are kept apart, so that no storm of other lines pushes them out.
/// </summary>
public sealed class LogBook : ILogSink
{
    /// <summary>Lines that are kept beside refusals.</summary>
    public const int KeptLines = 500;

    /// <summary>Refusals that are kept; of more, their number.</summary>
    public const int KeptRefusals = 5000;

    private readonly ILogSink _plain;
    private readonly Queue<(long Number, LogLine Line)> _lines = [];
    private readonly Queue<(long Number, LogLine Line)> _refusals = [];
    private long _count;
    private long _forgotten;
    private long _forgottenRefusals;
    private bool _isClosed;

    /// <param name="plain">Where the lines go in the end.</param>
    public LogBook(ILogSink plain)
    {
        _plain = plain;
    }

    /// <inheritdoc/>
    public void Add(DateTime at, string line)
    {
        lock (_lines)
        {
            if (_isClosed)
            {
                // At once: whoever empties the log may know of its other places only by now.
                _plain.Add(at, line);
                _plain.Flush();
                return;
            }

            var entry = new LogLine(at, line);
            (entry.IsRefusal ? _refusals : _lines).Enqueue((_count++, entry));
            if (_lines.Count > KeptLines)
            {
                _lines.Dequeue();
                _forgotten++;
            }

            if (_refusals.Count > KeptRefusals)
            {
                _refusals.Dequeue();
                _forgottenRefusals++;
            }
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        lock (_lines)
        {
            if (_isClosed)
            {
                _plain.Flush();
            }
        }
    }

    /// <summary>The lines that are kept, the newest last.</summary>
    public LogLine[] Lines()
    {
        lock (_lines)
        {
            return [.. _lines.Concat(_refusals).OrderBy(entry => entry.Number)
                .Select(entry => entry.Line)];
        }
    }

    /// <summary>Hands over what is kept, and every later line. May be repeated.</summary>
    public void Close()
    {
        lock (_lines)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            if (_forgotten + _forgottenRefusals > 0)
            {
                _plain.Add(DateTime.UtcNow, $"{_forgotten} older lines and {_forgottenRefusals} "
                    + "older refusals are not shown here: the view does not keep more");
            }

            foreach (LogLine line in Lines())
            {
                _plain.Add(line.At, line.Text);
            }

            _plain.Flush();
        }
    }
}
