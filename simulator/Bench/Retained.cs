using System;
using System.Linq;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Retained Messages that new subscribers get.</summary>
internal sealed class Retained() : Scenario("retained", "1,000 Retained Messages for a subscriber")
{
    private const int Usual = 1000;
    private const int Subscribers = 20;
    private const int PerBranch = 100;
    private const int PollMs = 50;
    private const long PatienceNs = 2 * NanoClock.PerSecond;
    private const long LongestNs = 10 * NanoClock.PerSecond;

    /// <inheritdoc/>
    public override BenchResult Run(Target target, Load load)
    {
        int count = load.Clients > 0 ? load.Clients : Usual;
        try
        {
            Publish(target, load, count, Math.Max(1, load.Payload)); // 0 bytes are not retained.
            return Measure(target, load, count);
        }
        finally
        {
            // After Ctrl+C and failures too: the broker may be somebody's own.
            Publish(target, load, count, 0);
        }
    }

    private static BenchResult Measure(Target target, Load load, int count)
    {
        using var loop = new ClientLoop(target.Address, load, false);
        var broker = new ProcessMeter(target.ProcessId);
        double? before = broker.CpuS();
        long lost = 0;
        var times = new Histogram();
        for (int i = 0; i < Subscribers; i++)
        {
            times.Add(Replay(loop, load, i, count, out long missing));
            lost += missing;
        }

        long delivered = loop.Inbox.Delivered;
        return new BenchResult
        {
            // The first ones come while the broker and this are still being compiled.
            Value = delivered / (double)Math.Max(1, times.Count) * NanoClock.PerSecond
                / Math.Max(1, times.Percentile(0.5)),
            Unit = "replayed/s",
            Sent = count,
            Delivered = delivered,
            Lost = lost,
            LatencyUs = Times.Of(times),
            BrokerCpuUs = (broker.CpuS() - before) * 1e6 / Math.Max(1, delivered),
            BrokerBytes = broker.Bytes(),
        };
    }

    /// <summary>Has a publisher of its own publish them all; without payload that takes them back.
    /// </summary>
    private static void Publish(Target target, Load load, int count, int payload)
    {
        using var loop = new ClientLoop(target.Address, load with { Cancel = default }, false);
        bool isTaken = false;
        loop.Other = (_, kind) => isTaken |= kind == PacketKind.Pingresp;
        BenchClient publisher = BenchClient.New("r", 0);
        loop.Open([publisher], 1);
        for (int i = 0; i < count; i++)
        {
            publisher.Add(BenchPackets.Publish(
                load.Version, $"bench/retained/{i / PerBranch}/{i}", payload, true));
        }

        publisher.Add(BenchPackets.Pingreq);
        loop.Flush(publisher);
        for (long startNs = NanoClock.Now(); !isTaken;)
        {
            loop.Poll(PollMs);
            if (loop.Gone > 0 || NanoClock.Now() - startNs > LongestNs)
            {
                throw new BenchException(loop.WhyGone ?? "PINGREQ had no answer");
            }
        }
    }

    /// <summary>Has a new subscriber get them all.</summary>
    /// <returns>Nanoseconds until the last one came.</returns>
    private static long Replay(ClientLoop loop, Load load, int number, int count, out long missing)
    {
        BenchClient subscriber = BenchClient.New("t", number);
        loop.Open([subscriber], 1);
        long startNs = NanoClock.Now();
        long lastNs = startNs;
        long from = loop.Inbox.Delivered;
        subscriber.Add(BenchPackets.Subscribe(load.Version, 1, "bench/retained/#"));
        loop.Flush(subscriber);
        for (long seen = from; seen - from < count;)
        {
            loop.Poll(PollMs);
            long now = NanoClock.Now();
            if (loop.Inbox.Delivered > seen)
            {
                seen = loop.Inbox.Delivered;
                lastNs = now;
            }
            else if (now - lastNs > PatienceNs)
            {
                break;
            }
        }

        // What another run has left behind comes too.
        missing = Math.Max(0, count - (loop.Inbox.Delivered - from));
        loop.Close(subscriber);
        return lastNs - startNs;
    }
}
