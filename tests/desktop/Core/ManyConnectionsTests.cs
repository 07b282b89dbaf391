using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// Work that must not grow with the number of connections, counted; too large for a board.
/// </summary>
[TestClass]
public sealed class ManyConnectionsTests
{
    [TestMethod]
    public void DeadlinesOfManyClients_EndInSteps()
    {
        const int Many = 600;
        BrokerBench bench = new BrokerBench();
        bench.Limits.MaxConnections = Many;
        bench.Limits.MaxQueueEntries = 4 * Many + 4;
        bench.Limits.ClientIdBlocks = Many + 1;
        bench.Start();
        byte[] connect = Wire.Parse("10 [ `MQTT` 04 02 00 0a `c000` ]");
        byte[] buffer = new byte[64];
        for (int i = 0; i < Many; i++)
        {
            int slot = bench.Broker.Open(0, bench.NowMs);
            connect[15] = (byte)('0' + i / 100);
            connect[16] = (byte)('0' + i / 10 % 10);
            connect[17] = (byte)('0' + i % 10);
            bench.Broker.Receive(slot, connect, 0, connect.Length, bench.NowMs);
            bench.Broker.Transmit(slot, buffer, 0, 64, bench.NowMs);
        }

        Assert.AreEqual(Many, bench.Broker.ConnectedClients, "connected");
        bench.NowMs += 15000;
        bench.Broker.Tick(bench.NowMs);
        Assert.AreEqual(Many - 512, bench.Broker.ConnectedClients, "one step of 512");
        Assert.AreEqual(bench.NowMs, bench.Broker.NextDeadlineMs(), "it goes on at once");
        bench.Broker.Tick(bench.NowMs);
        Assert.AreEqual(0, bench.Broker.ConnectedClients, "the others");
        Assert.AreEqual((long)Many, bench.Counted(Counter.KeepAliveTimeouts), "counted");
    }

    [TestMethod]
    public void PressureFromManyFrozen_ATickDropsALimitedNumber()
    {
        BrokerBench bench = new BrokerBench();
        bench.Limits.MaxConnections = 12;
        bench.Limits.MaxQueuedMessages = 400;
        bench.Limits.MaxQueuedBytes = 4000;
        bench.Limits.MaxQueueEntries = 2800;
        bench.Limits.MessageBlocks = 420;
        bench.Limits.RouteResults = 32;
        bench.Start();
        for (int i = 0; i < 10; i++)
        {
            bench.Subscriber(4, "frozen" + i.ToString(), "a", 0);
        }

        int publisher = bench.Connect(4, "publisher");
        byte[] message = Wire.Parse("30 [ `a` 'x' ]");
        long most = 0;
        for (int i = 0; i < 600; i++)
        {
            while (bench.Broker.ReceiveWindow(publisher) == 0)
            {
                long before = bench.Counted(Counter.PublishDropped);
                bench.Freeze();
                bench.Broker.Tick(bench.NowMs);
                long dropped = bench.Counted(Counter.PublishDropped) - before;
                most = dropped > most ? dropped : most;
            }

            bench.Receive(publisher, message, 0, message.Length);
        }

        Assert.IsTrue(most > 0 && most <= 2000, "in one Tick: " + most.ToString());
        bench.Finish();
    }

    [TestMethod]
    public void Relieve_LooksAtSoManySlotsOnly_AndGoesOnThere()
    {
        CoreParts parts = new CoreParts();
        parts.Limits.MaxConnections = 599;
        parts.Limits.MaxQueueEntries = 2400;
        parts.Start();
        int shared = parts.Message("a", 1);
        int[] owners = { 3, 300, 599 };
        for (int i = 0; i < 3; i++)
        {
            for (int k = 0; k < 380; k++)
            {
                parts.Queues.Add(owners[i], Router.PlainHeader, shared);
            }

            parts.Queues.Offers.MarkBlocked(owners[i]);
        }

        // (1,200 - 600) / 3 / 2 are left to each; 256 slots are looked at in a step.
        for (int step = 0; step < 3; step++)
        {
            parts.Pressure.Relieve(Counter.LimitQueueEntries);
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(i <= step ? 100 : 380, parts.Queues.Messages[owners[i]],
                    "step " + step.ToString());
            }
        }

        Assert.AreEqual(840L, parts.Counters[Counter.LimitQueueEntries], "counted");
    }

    [TestMethod]
    public void Relieve_DropsSoManyOnly()
    {
        CoreParts parts = new CoreParts();
        parts.Limits.MaxQueueEntries = 2500;
        parts.Limits.MaxQueuedMessages = 2400;
        parts.Start();
        int shared = parts.Message("a", 1);
        for (int i = 0; i < 2400; i++)
        {
            parts.Queues.Add(i < 1200 ? 0 : 1, Router.PlainHeader, shared);
        }

        parts.Queues.Offers.MarkBlocked(0);
        parts.Queues.Offers.MarkBlocked(1);
        parts.Queues.Offers.MarkBlocked(2);
        parts.Queues.Offers.MarkBlocked(3);
        parts.Store.PinnedBlocks = 40;
        // Nothing may wait: 2,400 are to go, 2,000 of them in the first step.
        parts.Pressure.Relieve(Counter.LimitMessageMemory);
        Assert.AreEqual(2000L, parts.Counters[Counter.PublishDropped], "one step");
        Assert.AreEqual(400, parts.Queues.Messages[1], "left");
        parts.Pressure.Relieve(Counter.LimitMessageMemory);
        Assert.AreEqual(2400L, parts.Counters[Counter.PublishDropped], "the next");
    }
}
