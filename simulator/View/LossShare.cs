using System.Collections.Generic;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// Says who lost how much. The core counts what all clients lose at full queues, and knows whose
/// queue is full. When it is one client's, all of it is that client's loss; when there are several,
/// each gets an even share, which is marked as such.
/// </summary>
public sealed class LossShare
{
    private readonly List<ClientTap> _full = [];
    private long _before;
    private long _now;

    /// <summary>Begins a round.</summary>
    /// <param name="counters">The broker's counters now.</param>
    public void Begin(long[] counters)
    {
        _now = counters[Counter.LimitQueue] + counters[Counter.LimitQueueEntries]
            + counters[Counter.LimitMessageMemory];
        _full.Clear();
    }

    /// <summary>Takes note of a client.</summary>
    public void Note(ClientTap client, bool isFull)
    {
        if (isFull || client.WasFull)
        {
            _full.Add(client);
        }

        client.WasFull = isFull;
    }

    /// <summary>Shares out what was lost since the last round.</summary>
    public void End()
    {
        foreach (ClientTap client in _full)
        {
            client.Lost += (double)(_now - _before) / _full.Count;
            client.IsLostShared |= _full.Count > 1 && _now > _before;
        }

        _before = _now;
    }
}
