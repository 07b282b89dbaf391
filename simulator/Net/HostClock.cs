using System;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// The time of the host's loop. It stands still while the process does (Ctrl+Z, a computer that
/// sleeps): what clients sent meanwhile has not been read yet, so nobody is late.
/// </summary>
internal sealed class HostClock
{
    /// <summary>The loop looks more often; a longer step was no time for it.</summary>
    public const int LongestStepMs = 1000;

    private readonly Func<long> _read;
    private long _last;
    private long _lost;

    /// <param name="read">Milliseconds that pass in any case.</param>
    public HostClock(Func<long> read)
    {
        _read = read;
        _last = read();
    }

    /// <summary>Milliseconds of the loop.</summary>
    public long NowMs()
    {
        long now = _read();
        if (now - _last > LongestStepMs)
        {
            _lost += now - _last;
        }

        _last = now;
        return now - _lost;
    }
}
