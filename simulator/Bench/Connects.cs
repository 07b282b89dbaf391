using System;
using System.Linq;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Clients that connect, leave, and come again.</summary>
internal sealed class Connects() : Scenario("connects", "64 clients that connect and leave")
{
    private const int Usual = 64;
    private const int PollMs = 50;

    /// <inheritdoc/>
    public override bool HasPayload => false;

    /// <inheritdoc/>
    public override BenchResult Run(Target target, Load load)
    {
        int count = load.Clients > 0 ? load.Clients : Usual;
        using var loop = new ClientLoop(target.Address, load);
        var from = new LoopbackAddresses(target.Address);
        var times = new Histogram();
        var broker = new ProcessMeter(target.ProcessId);
        var own = new ProcessMeter(Environment.ProcessId);
        long connects = 0;
        loop.Ready = client =>
        {
            connects++;
            times.Add(NanoClock.Now() - client.BeganNs);
            client.Add(BenchPackets.Disconnect);
            loop.Flush(client);
            loop.Close(client);
            client.ClientId = $"c{Environment.ProcessId}-{count + connects}";
            loop.Begin(client, from.Next());
        };

        BenchClient[] clients =
            [.. Enumerable.Range(0, count).Select(i => BenchClient.New("c", i))];
        foreach (BenchClient client in clients)
        {
            loop.Begin(client, from.Next());
        }

        Spend(loop, from, clients, load.WarmUpS);
        times.Clear();
        long before = connects;
        int gone = loop.Gone;
        double? cpuS = broker.CpuS();
        double ownCpuS = own.CpuS() ?? 0;
        double seconds = Spend(loop, from, clients, load.Seconds);
        connects -= before;
        if (connects == 0)
        {
            throw new BenchException(loop.WhyGone ?? "no client was connected");
        }

        return new BenchResult
        {
            Value = connects / seconds,
            Unit = "connects/s",
            Gone = loop.Gone - gone,
            LatencyUs = Times.Of(times),
            LoadCpuPercent = 100 * ((own.CpuS() ?? 0) - ownCpuS) / seconds,
            BrokerCpuUs = (broker.CpuS() - cpuS) * 1e6 / connects,
            BrokerBytes = broker.Bytes(),
        };
    }

    /// <summary>Lets the clients come and go, those too that were refused.</summary>
    private static double Spend(
        ClientLoop loop, LoopbackAddresses from, BenchClient[] clients, double seconds)
    {
        long startNs = NanoClock.Now();
        long endNs = startNs + (long)(seconds * NanoClock.PerSecond);
        for (int gone = loop.Gone; NanoClock.Now() < endNs;)
        {
            loop.Poll(PollMs);
            if (loop.Gone > gone)
            {
                foreach (BenchClient client in clients.Where(c => c.Stage == ClientStage.Gone))
                {
                    loop.Begin(client, from.Next());
                }

                gone = loop.Gone;
            }
        }

        return (NanoClock.Now() - startNs) / (double)NanoClock.PerSecond;
    }
}
