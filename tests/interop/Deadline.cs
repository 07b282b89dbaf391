using System;
using System.Diagnostics;

namespace EdgeBroker.Tests.Interop;

/// <summary>The time a test has left; every wait of the test draws on it.</summary>
internal sealed class Deadline
{
    private readonly TimeSpan _limit;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public Deadline(TimeSpan limit)
    {
        _limit = limit;
    }

    public TimeSpan Left
    {
        get
        {
            TimeSpan left = _limit - _watch.Elapsed;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
