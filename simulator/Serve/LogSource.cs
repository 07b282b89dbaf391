using System;
using System.Collections.Generic;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Somebody who is asked for lines from time to time.</summary>
internal sealed class LogSource
{
    private readonly int _periodMs;
    private readonly Func<IEnumerable<string>> _lines;

    /// <param name="type">The kind of its lines.</param>
    /// <param name="periodMs">Time between two questions in milliseconds.</param>
    /// <param name="lines">Called on the log's thread.</param>
    public LogSource(LogTypes type, int periodMs, Func<IEnumerable<string>> lines)
    {
        Type = type;
        _periodMs = periodMs;
        _lines = lines;
        NextMs = Environment.TickCount64 + periodMs;
    }

    /// <summary>The kind of its lines.</summary>
    public LogTypes Type { get; }

    /// <summary>When it is to be asked next.</summary>
    public long NextMs { get; private set; }

    /// <summary>Asks it.</summary>
    public IEnumerable<string> Ask()
    {
        NextMs = Environment.TickCount64 + _periodMs;
        return _lines();
    }
}
