using System;
using System.Linq;

namespace EdgeBroker.Simulator.Bench;

/// <summary>One message under way, from one client through the broker to another.</summary>
internal sealed class PingPong() : Scenario("pingpong", "one message at a time, there and back")
{
    private const string Topic = "bench/ping";
    private const int WaitMs = 1000;
    private const int LongestS = 10;

    /// <inheritdoc/>
    public override BenchResult Run(Target target, Load load)
    {
        using var loop = new ClientLoop(target.Address, load);
        BenchClient subscriber = BenchClient.New("s", 0, Topic);
        subscriber.Last = new uint[1];
        BenchClient client = BenchClient.New("p", 0);
        loop.Open([subscriber, client], 2);
        var publisher = new Publisher(client, load, Topic);
        var times = new Histogram();
        var broker = new ProcessMeter(target.ProcessId);
        // Where the scheduler puts the two ends makes two figures out of one otherwise.
        using var oneProcessor = new OneProcessor(target.ProcessId);
        long startNs = NanoClock.Now();
        long fromNs = startNs + (long)(load.WarmUpS * NanoClock.PerSecond);
        long toNs = fromNs + (long)(load.Seconds * NanoClock.PerSecond);
        double? cpuS = null;
        long ns = startNs;
        while (ns < toNs)
        {
            if (times.Count == 0)
            {
                cpuS = broker.CpuS();
                ns = NanoClock.Now();
            }

            long before = loop.Inbox.Delivered;
            publisher.Add(ns);
            loop.Flush(client);
            while (loop.Inbox.Delivered == before)
            {
                loop.Poll(WaitMs);
                if (loop.Gone > 0 || NanoClock.Now() - ns > LongestS * NanoClock.PerSecond)
                {
                    throw new BenchException(loop.WhyGone
                        ?? $"a message did not come back within {LongestS} s");
                }
            }

            long now = NanoClock.Now();
            if (ns >= fromNs)
            {
                times.Add(now - ns);
            }

            ns = now;
        }

        return new BenchResult
        {
            Value = times.Percentile(0.5) / 1000.0,
            Unit = "us there and back, p50",
            IsMoreBetter = false,
            Sent = client.Published,
            Delivered = loop.Inbox.Delivered,
            Disorder = loop.Inbox.Disorder,
            LatencyUs = Times.Of(times),
            BrokerCpuUs = (broker.CpuS() - cpuS) * 1e6 / Math.Max(1, times.Count),
            BrokerBytes = broker.Bytes(),
        };
    }
}
