using System;

namespace EdgeBroker.Simulator.Bench;

/// <summary>One message under way, from one client through the broker to another.</summary>
internal sealed class PingPong() : Scenario("pingpong", "one message at a time, there and back")
{
    private const string Topic = "bench/ping";

    /// <inheritdoc/>
    public override bool HasQos => true;

    /// <inheritdoc/>
    public override BenchResult Run(Target target, Load load)
    {
        BenchClient reader = BenchClient.New("s", 0, Topic);
        reader.Last = new uint[1];
        BenchClient client = BenchClient.New("p", 0);
        using var subscriber = new BlockingClient(target.Address, load, reader);
        using var sender = new BlockingClient(target.Address, load, client);
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
            load.Cancel.ThrowIfCancellationRequested();
            if (times.Count == 0)
            {
                cpuS = broker.CpuS();
                ns = NanoClock.Now();
            }

            long before = reader.Got;
            publisher.Add(ns);
            sender.Flush();
            while (reader.Got == before)
            {
                subscriber.Receive();
                subscriber.Flush();
            }

            long now = NanoClock.Now();
            while (client.Unacknowledged > 0)
            {
                sender.Receive();
                sender.Flush();
            }

            if (ns >= fromNs)
            {
                times.Add(now - ns);
            }

            ns = load.Qos > 0 ? NanoClock.Now() : now;
        }

        return new BenchResult
        {
            Value = times.Percentile(0.5) / 1000.0,
            Unit = "us there and back, p50",
            IsMoreBetter = false,
            Sent = client.Published,
            Delivered = subscriber.Inbox.Delivered,
            Disorder = subscriber.Inbox.Disorder,
            LatencyUs = Times.Of(times),
            BrokerCpuUs = (broker.CpuS() - cpuS) * 1e6 / Math.Max(1, times.Count),
            BrokerBytes = broker.Bytes(),
        };
    }
}
