using System;
using System.Threading;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Logs from time to time how many messages were dropped, and at which limits.</summary>
public sealed class DropSummary : IDisposable
{
    private const int PeriodMs = 5000;

    private readonly long[] _counters;
    private readonly LogQueue _log;
    private readonly Lock _lock = new();
    private readonly Timer _timer;
    private long[] _before;

    /// <param name="counters">The broker's own counters.</param>
    /// <param name="log">Takes the lines.</param>
    public DropSummary(long[] counters, LogQueue log)
    {
        _counters = counters;
        _log = log;
        _before = (long[])counters.Clone();
        _timer = new Timer(_ => Look(), null, PeriodMs, PeriodMs);
    }

    /// <summary>Logs what was dropped since the last time.</summary>
    public void Look()
    {
        lock (_lock)
        {
            var now = (long[])_counters.Clone();
            long dropped = now[Counter.PublishDropped] - _before[Counter.PublishDropped];
            if (dropped > 0)
            {
                _log.Add(LogTypes.Warning, $"dropped {dropped} messages: "
                    + string.Join(", ", LimitNames.Grown(now, _before)));
            }

            _before = now;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Look();
    }
}
