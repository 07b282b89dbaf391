using System;
using System.Linq;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The native heap is a budget: who vanishes costs the others nothing (N1).</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class NativeHeapTests
{
    [TestMethod]
    [DataRow("esp32", 14, 60)]
    [DataRow("esp32", 14, 100)]
    [DataRow("esp32", 14, 150)]
    [DataRow("esp32-c3", 6, 40)]
    [DataRow("esp32-c3", 6, 60)]
    public void MostSubscribersVanishAtOnce_TheOthersGoOn(
        string board, int clients, int nativeKb) =>
        LoseMost(board, clients, nativeKb, true);

    [TestMethod]
    [DataRow("esp32", 14, 60)]
    [DataRow("esp32", 14, 100)]
    [DataRow("esp32", 14, 150)]
    [DataRow("esp32-c3", 6, 40)]
    [DataRow("esp32-c3", 6, 60)]
    public void MostSubscribersFreezeAtOnce_TheOthersGoOn(
        string board, int clients, int nativeKb) =>
        LoseMost(board, clients, nativeKb, false);

    private static void LoseMost(string board, int clients, int nativeKb, bool haveVanished)
    {
        var lab = new NetLab(board, nativeKb);
        long atRest = lab.Net.NativeUsed;
        NetClient publisher = lab.Connected("p");
        NetClient reader = lab.Subscribed("r", "t");
        NetClient[] lost =
            [.. Enumerable.Range(2, clients - 2).Select(i => lab.Subscribed("lost" + i, "t"))];
        foreach (NetClient client in lost)
        {
            client.Peer.IsGone = haveVanished;
            client.Peer.StopReading(0);
        }

        lab.RunFor(10_000, i => Flood(publisher, i));
        Assert.IsGreaterThan(500, reader.Received, "of 2,000; it may stand still for 5 s");
        Assert.IsFalse(publisher.IsClosed);
        Assert.IsFalse(reader.IsClosed);
        Assert.AreEqual(0, lab.Net.StarvedSends);
        Assert.AreEqual(0, lab.Net.BlockedSends);
        Assert.IsTrue(!haveVanished || lab.Loop.NativeClosed == 0, "the stack finds them first");

        // They come back while the flood goes on, each as often as it needs.
        long patience = lab.Net.NowMs + 30_000;
        long i = 0;
        foreach (NetClient client in lost)
        {
            client.Peer.IsGone = true;
            client.Connect();
            lab.RunUntil(() =>
            {
                Flood(publisher, i++);
                if (client.IsClosed)
                {
                    client.Connect();
                }

                return client.IsAccepted;
            }, patience - lab.Net.NowMs, "a newcomer is served");
        }

        int before = reader.Received;
        lab.RunFor(1_000, _ => Flood(publisher, i++));
        Assert.IsGreaterThan(before, reader.Received);
        foreach (NetClient client in lost.Append(publisher).Append(reader))
        {
            client.Disconnect();
        }

        lab.RunFor(150_000);
        Assert.AreEqual(atRest, lab.Net.NativeUsed, "nothing leaks");
        Assert.AreEqual(1, lab.Net.OpenSockets);
        Assert.AreEqual(0, lab.Net.LeakedSockets);
    }

    [TestMethod]
    public void FiguresOfTheNativeHeap_AreTold()
    {
        var lab = new NetLab("esp32", 60);
        var figures = new DeviceFigures("", null) { Loop = lab.Loop };
        lab.Radio.WakeupCause = 4;
        Assert.IsTrue(lab.Net.TakeMemory(20_000));
        lab.RunFor(2_000);
        lab.Net.GiveMemory(10_000);
        lab.RunFor(2_000);
        string[] told = [.. Enumerable.Range(0, figures.Count())
            .Select(i => $"{figures.NameOf(i)} {figures.ValueOf(i)}")];
        Assert.Contains("native/total 61440", told);
        Assert.Contains($"native/free {61_440 - 10_000 - NetStack.ListenerBytes}", told);
        Assert.Contains($"native/low {61_440 - 20_000 - NetStack.ListenerBytes}", told);
        Assert.Contains($"native/block {61_440 - 10_000 - NetStack.ListenerBytes}", told);
        Assert.Contains("native/closed 0", told);
        Assert.Contains("wakeup/cause 4", told);
    }

    [TestMethod]
    public void ClientThatFlaps_HoldsLittle()
    {
        var lab = new NetLab();
        NetClient publisher = lab.Connected("p");
        NetClient flapping = lab.Client("f");
        long atRest = lab.Net.NativeUsed;
        for (int round = 0; round < 12; round++)
        {
            flapping.Connect();
            lab.RunUntil(() => flapping.IsAccepted, 10_000, "accepted");
            flapping.Subscribe("t");
            lab.RunFor(1_000);
            flapping.Peer.IsGone = true;
            lab.RunFor(1_000, i => Flood(publisher, i));
        }

        Assert.IsLessThan(20 * 1024, lab.Net.NativeUsed - atRest);
    }

    [TestMethod]
    public void QuietClients_AreAskedBeforeTheyAreGivenUp()
    {
        var lab = new NetLab("esp32", 60);
        NetClient[] quiet =
            [.. Enumerable.Range(0, 6).Select(i => lab.Subscribed("quiet" + i, "t"))];
        NetClient vanished = lab.Subscribed("vanished", "t");
        lab.RunFor(30_000);
        vanished.Peer.IsGone = true;
        Assert.AreEqual(8, lab.Net.OpenSockets);
        Assert.IsTrue(lab.Net.TakeMemory(40_000), "more than half");
        lab.RunFor(10_000);
        Assert.IsTrue(quiet.All(client => !client.IsClosed), "who is there has answered");
        Assert.AreEqual(7, lab.Net.OpenSockets, "who did not is gone");
        Assert.AreEqual(0, lab.Loop.NativeClosed);
    }

    [TestMethod]
    public void LowMemory_PutsSmallMessagesTogetherAndRecovers()
    {
        var lab = new NetLab("esp32", 60);
        NetClient publisher = lab.Connected("p");
        NetClient[] late =
            [.. Enumerable.Range(0, 6).Select(i => lab.Subscribed("late" + i, "t"))];
        Array.ForEach(late, client => client.Peer.AckDelayMs = 500);
        lab.RunFor(10_000, i => SlowPeerTests.Every(i, 10, () => publisher.Publish("t", 32)));
        Assert.AreEqual(0, lab.Net.StarvedSends);
        Assert.IsTrue(late.All(client => !client.IsClosed), "nobody has to go for it");
        Array.ForEach(late, client => client.Peer.AckDelayMs = 0);
        lab.RunFor(5_000);
        NetClient live = lab.Subscribed("live", "u");
        live.LatenciesMs.Clear();
        lab.RunFor(2_000, i => SlowPeerTests.Every(i, 5, () => publisher.Publish("u", 32)));
        Assert.AreEqual(10, live.PercentileMs(99), "NoDelay is on again");
    }

    [TestMethod]
    public void MemoryThatOthersTake_RefusesNewcomersAndClosesNobody()
    {
        var lab = new NetLab("esp32", 60);
        NetClient reader = lab.Subscribed("r", "t");
        NetClient publisher = lab.Connected("p");
        int taken = (int)(lab.Radio.NativeBytes - lab.Net.NativeUsed) - 4_000;
        Assert.IsTrue(lab.Net.TakeMemory(taken));
        lab.RunFor(1_000);
        NetClient newcomer = lab.Client("n");
        newcomer.Connect();
        lab.RunFor(5_000, i => SlowPeerTests.Every(i, 100, () => publisher.Publish("t", 32)));
        Assert.AreEqual(0, lab.Net.StarvedSends);
        Assert.IsFalse(newcomer.IsAccepted);
        Assert.IsFalse(reader.IsClosed);
        Assert.IsFalse(publisher.IsClosed);
        lab.Net.GiveMemory(taken);
        lab.RunUntil(() => newcomer.IsAccepted, 2_000, "the newcomer is served");
        int before = reader.Received;
        publisher.Publish("t", 32);
        lab.RunFor(100);
        Assert.IsGreaterThan(before, reader.Received);
    }

    internal static void Flood(NetClient publisher, long i) =>
        SlowPeerTests.Every(i, 5, () => publisher.Publish("t", 32));
}
