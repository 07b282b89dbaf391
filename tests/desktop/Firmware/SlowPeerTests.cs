using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>A slow, frozen or vanished subscriber delays nobody (D3, N2, N3).</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class SlowPeerTests
{
    private const int RunMs = 20_000;

    [TestMethod]
    [DataRow(100, 10)]
    [DataRow(300, 10)]
    [DataRow(1_000, 10)]
    [DataRow(300, 1)]
    public void LateAcknowledgements_DelayNobody(int ackDelayMs, int everyMs)
    {
        var lab = new NetLab();
        NetClient slow = lab.Subscribed("slow", "slow");
        slow.Peer.AckDelayMs = ackDelayMs;
        RunPair(lab, everyMs);
        Assert.IsFalse(slow.IsClosed);
        Assert.IsGreaterThan(0, slow.Received);
    }

    [TestMethod]
    public void SubscriberThatStopsReading_DelaysNobodyAndStaysForEver()
    {
        var lab = new NetLab();
        NetClient frozen = lab.Subscribed("frozen", "slow");
        frozen.Peer.StopReading(2_000);
        RunPair(lab, 10);
        lab.RunFor(200_000);
        Assert.IsFalse(frozen.IsClosed, "drop_newest keeps it");
        Assert.IsGreaterThan(0, lab.Broker.CounterOf(Counter.PublishDropped));
        int before = frozen.Received;
        frozen.Peer.GoOnReading();
        lab.RunFor(2_000);
        Assert.IsGreaterThan(before, frozen.Received);
    }

    [TestMethod]
    [DataRow(10)]
    [DataRow(50)]
    public void VanishedSubscriber_DelaysNobodyAndIsFound(int everyMs)
    {
        var lab = new NetLab();
        NetClient vanished = lab.Subscribed("vanished", "slow");
        vanished.Peer.IsGone = true;
        RunPair(lab, everyMs);
        Assert.AreEqual(3, lab.Broker.ConnectedClients, "nothing tells yet that it has gone");
        lab.RunFor(100_000);
        Assert.AreEqual(2, lab.Broker.ConnectedClients, "TCP keep-alive tells");
        Assert.AreEqual(2, lab.Net.Connections, "nothing of it is left in the stack");
    }

    [TestMethod]
    public void VanishedClientWithoutTraffic_IsFound()
    {
        var lab = new NetLab();
        lab.Connected("vanished").Peer.IsGone = true;
        NetClient silent = lab.Connected("silent");
        lab.RunFor(100_000);
        Assert.AreEqual(1, lab.Broker.ConnectedClients);
        Assert.IsFalse(silent.IsClosed);
    }

    [TestMethod]
    public void BlockedClientWhoseKeepAliveRunsOut_IsClosedAndItsMemoryComesBack()
    {
        var lab = new NetLab();
        long atRest = lab.Net.NativeUsed;
        NetClient vanished = lab.Subscribed("vanished", "t", 10);
        NetClient publisher = lab.Connected("p");
        vanished.Peer.IsGone = true;
        lab.RunFor(30_000, i => Every(i, 10, () => publisher.Publish("t", 32)));
        Assert.AreEqual(1, lab.Loop.OpenSockets());
        publisher.Disconnect();
        lab.RunFor(2_000);
        Assert.AreEqual(atRest, lab.Net.NativeUsed);
    }

    [TestMethod]
    public void BlockedClientThatIsTakenOver_IsClosedAndItsMemoryComesBack()
    {
        var lab = new NetLab();
        NetClient first = lab.Subscribed("same", "t");
        NetClient publisher = lab.Connected("p");
        first.Peer.IsGone = true;
        lab.RunFor(1_000, i => Every(i, 10, () => publisher.Publish("t", 32)));
        long held = lab.Net.NativeUsed;
        NetClient second = lab.Subscribed("same", "t");
        lab.RunFor(100);
        Assert.IsLessThan(held - 4_000, lab.Net.NativeUsed);
        Assert.AreEqual(2, lab.Loop.OpenSockets());
        Assert.IsFalse(second.IsClosed);
    }

    [TestMethod]
    [DataRow(300, false)]
    [DataRow(1_000, false)]
    [DataRow(300, true)]
    [DataRow(1_000, true)]
    public void Blackout_LosesNoHealthyClient(int blackoutMs, bool isForAll)
    {
        var lab = new NetLab();
        NetClient subscriber = lab.Subscribed("s", "t");
        NetClient publisher = lab.Connected("p");
        int sent = 0;
        lab.RunFor(30_000, i =>
        {
            if (i % 10_000 == 5_000)
            {
                subscriber.Peer.Path.BlackoutUntilMs = lab.Net.NowMs + blackoutMs;
                publisher.Peer.Path.BlackoutUntilMs = isForAll ? lab.Net.NowMs + blackoutMs : 0;
            }

            Every(i, 10, () => publisher.Publish("t", 32));
            sent += i % 10 == 0 ? 1 : 0;
        });
        lab.RunFor(10_000);
        Assert.IsFalse(subscriber.IsClosed);
        Assert.IsFalse(publisher.IsClosed);
        Assert.IsGreaterThan(0, lab.Net.LostFrames);
        Assert.AreEqual(sent, subscriber.Received
            + (int)lab.Broker.CounterOf(Counter.PublishDropped));
        AssertNoWait(lab);
    }

    [TestMethod]
    public void FramesLost_LoseNoHealthyClient()
    {
        const int Messages = 750;
        var lab = new NetLab();
        NetClient subscriber = lab.Subscribed("s", "t");
        NetClient publisher = lab.Connected("p");
        lab.Net.Loss = 0.05;
        lab.RunFor(Messages * 40, i => Every(i, 40, () => publisher.Publish("t", 32)));
        lab.Net.Loss = 0;
        lab.RunFor(20_000);
        Assert.IsFalse(subscriber.IsClosed);
        Assert.IsFalse(publisher.IsClosed);
        Assert.AreEqual(Messages, subscriber.Received
            + (int)lab.Broker.CounterOf(Counter.PublishDropped));
        Assert.IsGreaterThan(Messages * 9 / 10, subscriber.Received);
        AssertNoWait(lab);
    }

    internal static void Every(long i, int everyMs, System.Action what)
    {
        if (i % everyMs == 0)
        {
            what();
        }
    }

    /// <summary>A live pair at 100 msg/s, while the slow one gets messages too.</summary>
    private static void RunPair(NetLab lab, int slowEveryMs)
    {
        NetClient reader = lab.Subscribed("r", "live");
        NetClient publisher = lab.Connected("p");
        lab.RunFor(RunMs, i =>
        {
            Every(i, slowEveryMs, () => publisher.Publish("slow", 32));
            Every(i, 10, () => publisher.Publish("live", 32));
        });
        lab.RunFor(1_000);
        Assert.AreEqual(RunMs / 10, reader.Received);
        Assert.IsLessThan(25, reader.PercentileMs(99));
        AssertNoWait(lab);
    }

    private static void AssertNoWait(NetLab lab)
    {
        Assert.AreEqual(0, lab.Net.BlockedSends, "a Send had to wait");
        Assert.AreEqual(0, lab.LongestTurnMs);
    }
}
