using System;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Check;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>The firmware's own program in the virtual network.</summary>
internal sealed class BoardSubject(VirtualStack net, Radio radio, BoardProfile board,
    BrokerLimits limits, BrokerSettings settings, Facts facts)
    : Subject(net, limits, settings, facts)
{
    private readonly VirtualDevice _device = new(net, radio, board);

    /// <inheritdoc/>
    public override void Start() => _device.Start(MakeBroker(), Limits);

    /// <inheritdoc/>
    public override void RunUntil(long ms)
    {
        while (Net.NowMs < ms)
        {
            long next = Math.Min(Net.NextEventMs, Net.NowMs + _device.ChoresMs);
            if (Broker != null)
            {
                if (_device.Turn() != null)
                {
                    _device.Tell(Broker);
                    CutPower();
                    Start();
                }

                next = Math.Min(Math.Min(next, Net.NextEventMs), Broker!.NextDeadlineMs());
            }

            Net.RunUntil(Math.Min(ms, Math.Max(Net.NowMs + 1, next)));
        }
    }

    /// <inheritdoc/>
    public override void CutPower()
    {
        _device.CutPower();
        base.CutPower();
    }

    /// <inheritdoc/>
    public override void SetAir(bool isThere)
    {
        base.SetAir(isThere);
        if (isThere)
        {
            radio.Restore();
        }
        else
        {
            radio.Lose();
        }
    }
}
