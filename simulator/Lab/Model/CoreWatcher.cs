using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Hears what the core says of itself in a verb: its events, its counters, and the three things
/// that no public member shows.
/// </summary>
public sealed class CoreWatcher : BrokerObserver
{
    private readonly long[] _before = new long[Counter.Count];
    private readonly long[] _last = new long[Counter.Count];
    private readonly long[] _now = new long[Counter.Count];
    private MqttBroker _core = null!;

    /// <summary>What happened in the verb.</summary>
    public List<CoreEvent> Happenings { get; } = [];

    /// <summary>Packets that the verb handled.</summary>
    public int Handled => (int)Moved(Counter.MessagesReceived);

    /// <summary>Wills that are due and were not published yet.</summary>
    public int WaitingWills => CoreInside.Wills(_core).DueCount;

    /// <summary>The connection whose kept packets come next, or None.</summary>
    public int NextTurn => CoreInside.Turns(_core).First;

    /// <summary>Begins to watch a broker whose observer this is.</summary>
    public void Watch(MqttBroker core) => _core = core;

    /// <summary>A verb begins.</summary>
    public void Begin()
    {
        Happenings.Clear();
        _core.ReadCounters(_before);
        _core.ReadCounters(_last);
    }

    /// <summary>By how much a counter has moved in the verb.</summary>
    public long Moved(int counter) => _core.CounterOf(counter) - _before[counter];

    /// <inheritdoc/>
    public override void On(BrokerEvent what, int slot, byte reasonCode, string why)
    {
        _core.ReadCounters(_now);
        long[] moved = new long[Counter.Count];
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = _now[i] - _last[i];
        }

        Array.Copy(_now, _last, _now.Length);
        SubscribePacket subscribe = CoreInside.Subscribe(_core);
        string? filter = what == BrokerEvent.SubscribeRefused
            ? Encoding.UTF8.GetString(
                subscribe.Buffer, subscribe.FilterOffset, subscribe.FilterLength)
            : null;
        Happenings.Add(new CoreEvent(Handled, what, slot, reasonCode, moved, filter,
            CoreInside.Queues(_core).Messages[slot]));
    }

    /// <summary>Whether something is retained under a name.</summary>
    public bool IsRetained(string name) => RetainedNames.Of(_core).Contains(name);
}
