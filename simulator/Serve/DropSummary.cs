using System.Collections.Generic;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Says how many messages were dropped, and at which limits.</summary>
public sealed class DropSummary
{
    /// <summary>How often to ask for the lines.</summary>
    public const int PeriodMs = 5000;

    private readonly MqttBroker _broker;
    private long[] _before;

    /// <param name="broker">The broker that counts.</param>
    public DropSummary(MqttBroker broker)
    {
        _broker = broker;
        _before = Counters();
    }

    /// <summary>What was dropped since the last time.</summary>
    public IEnumerable<string> Lines()
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
