using System;
using System.Collections.Generic;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Somebody who is asked for lines from time to time.</summary>
internal sealed class LogSource
{
    private readonly int _periodMs;
    private readonly Func<IEnumerable<string>> _lines;

    /// <param name="periodMs">Time between two questions in milliseconds.</param>
    /// <param name="lines">Called on the log's thread.</param>
    public LogSource(int periodMs, Func<IEnumerable<string>> lines)
    {
        _periodMs = periodMs;
        _lines = lines;
        NextMs = Environment.TickCount64 + periodMs;
    }

    /// <summary>When it is to be asked next.</summary>
    public long NextMs { get; private set; }

    /// <summary>Asks it.</summary>
    public IEnumerable<string> Ask()
    {
        NextMs = Environment.TickCount64 + _periodMs;
        return _lines();
    }
}
