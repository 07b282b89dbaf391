using EdgeBroker.Broker;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// Reads a broker's figures from outside its loop. They are plain numbers that the loop writes,
/// so each is right but they need not belong to the very same moment.
/// </summary>
public sealed class Meter
{
    private readonly MqttBroker _broker;

    /// <param name="broker">Whose figures.</param>
    public Meter(MqttBroker broker)
    {
        _broker = broker;
    }

    /// <summary>The figures as they are now.</summary>
    public Figures Read()
    {
        var counters = new long[Counter.Count];
        _broker.ReadCounters(counters);
        return new Figures(TcpHost.NowMs(), counters,
            _broker.ConnectedClients, _broker.OpenConnections,
            _broker.SysValue(SysTopics.Subscriptions), _broker.SysValue(SysTopics.Retained),
            _broker.SysValue(SysTopics.MemoryUsed), _broker.SysValue(SysTopics.MemoryBudget));
    }

    /// <summary>How fast a counter grows.</summary>
    /// <returns>Per second; 0 when the samples are the same.</returns>
    public static double Rate(Figures now, Figures before, int counter)
    {
        long elapsedMs = now.AtMs - before.AtMs;
        return elapsedMs > 0
            ? (now.Counters[counter] - before.Counters[counter]) * 1000.0 / elapsedMs
            : 0;
    }
}
