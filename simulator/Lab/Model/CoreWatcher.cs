using System;
using System.Collections.Generic;
using System.Reflection;
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
    private WillMessages _wills = null!;
    private SlotQueue _turns = null!;
    private SubscribePacket _subscribe = null!;

    /// <summary>What happened in the verb.</summary>
    public List<CoreEvent> Happenings { get; } = [];

    /// <summary>Packets that the verb handled.</summary>
    public int Handled => (int)Moved(Counter.MessagesReceived);

    /// <summary>Wills that are due and were not published yet.</summary>
    public int WaitingWills => _wills.DueCount;

    /// <summary>The connection whose kept packets come next, or None.</summary>
    public int NextTurn => _turns.First;

    /// <summary>Begins to watch a broker whose observer this is.</summary>
    public void Watch(MqttBroker core)
    {
        _core = core;
        _wills = (WillMessages)Inside("_wills");
        _turns = (SlotQueue)Inside("_turns");
        _subscribe = (SubscribePacket)Inside("_subscribe");
    }

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
        string? filter = what == BrokerEvent.SubscribeRefused
            ? Encoding.UTF8.GetString(
                _subscribe.Buffer, _subscribe.FilterOffset, _subscribe.FilterLength)
            : null;
        Happenings.Add(new CoreEvent(Handled, what, slot, reasonCode, moved, filter));
    }

    /// <summary>Whether something is retained under a name.</summary>
    public bool IsRetained(string name)
    {
        byte[] buffer = new byte[65_536];
        for (int place = 0; place < _core.RetainedPlaces(); place++)
        {
            int length = _core.ReadRetainedName(place, buffer);
            if (length > 0 && Encoding.UTF8.GetString(buffer, 0, length) == name)
            {
                return true;
            }
        }

        return false;
    }

    private object Inside(string field) => typeof(MqttBroker).GetField(
        field, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(_core)!;
}
