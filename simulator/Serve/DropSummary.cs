using System.Collections.Generic;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Logs from time to time how many messages were dropped, and at which limits.</summary>
public sealed class DropSummary
{
    private const int PeriodMs = 5000;

    private readonly MqttBroker _broker;
    private long[] _before;

    /// <param name="broker">The broker that counts.</param>
    /// <param name="log">Asks for the lines, on its thread.</param>
    public DropSummary(MqttBroker broker, LogQueue log)
    {
        _broker = broker;
        _before = Counters();
        log.AddSource(LogTypes.Warning, PeriodMs, Lines);
    }

    private IEnumerable<string> Lines()
    {
        long[] before = _before;
        long[] now = Counters();
        _before = now;
        long dropped = now[Counter.PublishDropped] - before[Counter.PublishDropped];
        if (dropped > 0)
        {
            yield return $"dropped {dropped} messages: "
                + string.Join(", ", LimitNames.Grown(now, before));
        }
    }

    private long[] Counters()
    {
        var counters = new long[Counter.Count];
        _broker.ReadCounters(counters);
        return counters;
    }
}
