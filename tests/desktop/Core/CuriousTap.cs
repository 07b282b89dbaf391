using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Asks a broker everything that can be asked, behind every third verb or so.</summary>
internal sealed class CuriousTap(Random random) : VerbTap
{
    private readonly byte[] _buffer = new byte[70_000];
    private readonly long[] _counters = new long[Counter.Count];
    private MqttBroker _broker;
    private int _slots;

    /// <summary>Whom to ask.</summary>
    public void Watch(MqttBroker broker, BrokerLimits limits)
    {
        _broker = broker;
        _slots = limits.Slots();
    }

    public override void Opened(int slot, int address, long nowMs) => Ask();

    public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs) =>
        Ask();

    public override void Transmitted(
        int slot, byte[] buffer, int offset, int capacity, int count, long nowMs) => Ask();

    public override void Blocked(int slot, long nowMs) => Ask();

    public override void Ticked(long nowMs) => Ask();

    public override void Closed(int slot, long nowMs) => Ask();

    public override void ShutDown(long nowMs) => Ask();

    private void Ask()
    {
        if (random.Next(3) > 0)
        {
            return;
        }

        _broker.CanOpen();
        _broker.Ready();
        _broker.NextDeadlineMs();
        _broker.ReadCounters(_counters);
        for (int slot = _slots - 1; slot >= 0; slot--)
        {
            _broker.ReceiveWindow(slot);
            _broker.HasOutput(slot);
            _broker.WantsClose(slot);
            _broker.StateOf(slot);
            _broker.VersionOf(slot);
            _broker.ReadClientId(slot, _buffer);
        }

        for (int topic = 0; topic < SysTopics.Count; topic++)
        {
            _broker.SysValue(topic);
        }

        for (int place = 0; place < _broker.RetainedPlaces(); place++)
        {
            _broker.ReadRetainedName(place, _buffer);
        }
    }
}
