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
    private int _losses;

    /// <inheritdoc/>
    public override void Start()
    {
        _losses = 0;
        _device.Start(MakeBroker(), Limits);
    }

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
        Inspect();
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
            _losses++;
            radio.Lose();
        }
    }

    /// <inheritdoc/>
    public override void Inspect()
    {
        AtMost(0, Net.BlockedSends, "Sends had to wait");
        AtMost(0, Net.StarvedSends, "Sends found no memory");
        AtMost(0, Net.LeakedSockets, "sockets were lost");
        AtMost(1, radio.Adapters.Count, "adapters were made");
        AtMost(1 + _losses, _device.Listens, "times the listener was opened");
    }

    /// <inheritdoc/>
    /// <remarks>Whoever closes first keeps memory for two minutes: clients are to.</remarks>
    public override void InspectEnd() => AtMost(Limits.Slots(),
        (int)Math.Max(0, Net.NativeUsed - NetStack.ListenerBytes) / NetStack.TimeWaitBytes,
        "connections were closed before their clients closed them");

    private static void AtMost(int most, int times, string what)
    {
        if (times > most)
        {
            throw new CheckFailedException("host", $"{times} {what}, not {most}");
        }
    }
}
