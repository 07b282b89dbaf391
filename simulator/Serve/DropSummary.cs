using System;
using System.Threading;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Logs from time to time how many messages were dropped, and at which limits.</summary>
public sealed class DropSummary : IDisposable
{
    private const int PeriodMs = 5000;

    private readonly MqttBroker _broker;
    private readonly LogQueue _log;
    private readonly Lock _lock = new();
    private readonly Timer _timer;
    private long[] _before;

    /// <param name="broker">The broker that counts.</param>
    /// <param name="log">Takes the lines.</param>
    public DropSummary(MqttBroker broker, LogQueue log)
    {
        _broker = broker;
        _log = log;
        _before = Counters();
        _timer = new Timer(_ => Look(), null, PeriodMs, PeriodMs);
    }

    /// <summary>Logs what was dropped since the last time.</summary>
    public void Look()
    {
        lock (_lock)
        {
            long[] now = Counters();
            long dropped = now[Counter.PublishDropped] - _before[Counter.PublishDropped];
            if (dropped > 0)
            {
                _log.Add(LogTypes.Warning, $"dropped {dropped} messages: "
                    + string.Join(", ", LimitNames.Grown(now, _before)));
            }

            _before = now;
        }
    }

    private long[] Counters()
    {
        var counters = new long[Counter.Count];
        _broker.ReadCounters(counters);
        return counters;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Look();
    }
}
