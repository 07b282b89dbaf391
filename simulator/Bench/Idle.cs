using System;
using System.Linq;
using System.Threading;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Clients that are connected and silent: what they cost.</summary>
internal sealed class Idle() : Scenario("idle", "1,000 clients that say nothing")
{
    private const int Usual = 1000;
    private const int OpenAtOnce = 64;
    private const double ShortestS = 1e-3;
    private const int SettleMs = 1000;

    /// <inheritdoc/>
    public override bool HasPayload => false;

    /// <inheritdoc/>
    /// <remarks>A broker that has kept memory takes none.</remarks>
    public override bool IsRepeated => false;

    /// <inheritdoc/>
    public override BenchResult Run(Target target, Load load)
    {
        var broker = new ProcessMeter(target.ProcessId);
        if (broker.Bytes() is not { } before)
        {
            throw new BenchException("only of a process on this computer is the memory known; "
                + "add its number: NAME=HOST:PORT:PID");
        }

        int count = load.Clients > 0 ? load.Clients : Usual;
        using var loop = new ClientLoop(target.Address, load);
        BenchClient[] clients =
            [.. Enumerable.Range(0, count).Select(i => BenchClient.New("i", i))];
        loop.Open(clients, OpenAtOnce);
        Wait(SettleMs, load.Cancel);
        double cpuS = broker.CpuS() ?? 0;
        Wait(load.Seconds * 1000, load.Cancel);
        double percent = 100 * ((broker.CpuS() ?? 0) - cpuS)
            / Math.Max(ShortestS, load.Seconds);
        long bytes = broker.Bytes() ?? before;
        foreach (BenchClient client in clients)
        {
            loop.Close(client);
        }

        return new BenchResult
        {
            Value = Math.Max(0, bytes - before) / (double)count,
            Unit = "bytes/connection",
            IsMoreBetter = false,
            BrokerCpuPercent = percent,
            BrokerBytes = bytes,
            Gone = loop.Gone,
        };
    }

    private static void Wait(double ms, CancellationToken cancel)
    {
        cancel.WaitHandle.WaitOne((int)ms);
        cancel.ThrowIfCancellationRequested();
    }
}
