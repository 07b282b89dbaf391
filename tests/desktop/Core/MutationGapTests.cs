using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>What the mutation run found that no other test noticed.</summary>
[TestClass]
public sealed class MutationGapTests
{
    [TestMethod]
    public void HostFigures_StandBehindTheBrokersOwn()
    {
        BrokerBench bench = new();
        bench.Settings.SysIntervalS = 10;
        bench.Start();
        bench.Broker.SetHost(new TwoFigures());
        int slot = bench.Connect(4, "c");
        bench.Send(slot, "82 [ 00 01 `$SYS/broker/host/+` 00 ]");
        bench.Expect(slot, "90 [ 00 01 00 ] 31 [ `$SYS/broker/host/number` '42' ] "
            + "31 [ `$SYS/broker/host/text` 'words' ]");
        Assert.AreEqual(42, bench.Broker.SysValue(SysTopics.Count));
        bench.Finish();
    }

    [TestMethod]
    public void ReplayOfFigures_TakesHalfAQueueAtATime()
    {
        BrokerBench bench = new();
        bench.Settings.SysIntervalS = 1000;
        bench.Start();
        int slot = bench.Connect(4, "c");
        var queues = (OutboundQueues)Inside.Field(bench.Broker, "_queues");
        bench.Receive(slot, Wire.Parse("82 [ 00 01 `$SYS/#` 00 ]"), 0, 13);
        for (int i = 0; i < 50; i++)
        {
            Assert.IsLessThanOrEqualTo(bench.Limits.MaxQueuedMessages / 2 + 1,
                queues.Messages[slot], "waiting at once");
            bench.Broker.Tick(bench.NowMs);
        }

        bench.Finish();
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    public void RouteCache_ResultsThatComeRound_NeverOverwriteALiveRoute(int results)
    {
        SubscriptionTable table =
            new(20, 4, 4, 9, new TopicLevels(8, 99), new BlockPool(8, 40));
        RouteCache cache = new(table, 4, 6, results);
        byte[][] names = [Text.Bytes("a"), Text.Bytes("b"), Text.Bytes("c")];
        for (int name = 0; name < names.Length; name++)
        {
            table.Subscribe(name, names[name], 0, 1, 0);
            table.Subscribe(name + 1, names[name], 0, 1, 0);
        }

        Lcg random = new(results);
        for (int i = 0; i < 3000; i++)
        {
            int name = random.Below(names.Length);
            int route = cache.Find(names[name], 0, 1, random.Below(3) - 1);
            Assert.AreEqual(2, cache.Count[route], "subscribers");
            int first = cache.First[route];
            Assert.AreEqual(2 * name + 1,
                cache.Subscribers[first] + cache.Subscribers[first + 1], $"turn {i}");
        }
    }

    [TestMethod]
    public void FilterRefusedBecausePairsCollide_CostsNothing_AndTheOthersStay()
    {
        BlockPool texts = new(16, 40);
        SubscriptionTable table = new(64, 4096, 1, 9, new TopicLevels(8, 99), texts);
        Subscribe(table, 0, "a"); // The first filter has text 0, the next one text 1.
        int bucket = PairBucket(table, 1, 0);
        List<int> same = [.. Enumerable.Range(1, 4095)
            .Where(s => PairBucket(table, 0, s) == bucket).Take(Hashing.MaxChain + 1)];
        foreach (int subscriber in same)
        {
            bool isLast = subscriber == same[^1];
            Assert.AreEqual(isLast ? SubscriptionTable.Crowded : SubscriptionTable.Added,
                Subscribe(table, subscriber, "a"), "a filter that is there");
        }

        Assert.AreEqual(SubscriptionTable.Crowded, Subscribe(table, 0, "b"), "a new filter");
        Assert.AreEqual(39, texts.FreeCount, "the text of the one filter");
        Assert.AreEqual(Hashing.MaxChain + 1,
            table.Match("a"u8.ToArray(), 0, 1, new int[4096], new byte[4096], 0), "the others");
        foreach (int subscriber in same)
        {
            table.RemoveAll(subscriber);
        }

        Assert.AreEqual(39, texts.FreeCount, "one has it still");
        Assert.AreEqual(SubscriptionTable.Added, Subscribe(table, 0, "b"), "room again");
    }

    [TestMethod]
    public void EndForMemory_CountsInItsLimit()
    {
        BrokerBench bench = new();
        bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 10;
        bench.Start();
        int stuck = bench.Subscriber(4, "stuck", "a", 0);
        int healthy = bench.Connect(4, "healthy");
        bench.Send(healthy, "30 [ `a` *400 ]");
        Assert.AreEqual(64, bench.Transmit(stuck, 64), "in flight");
        bench.Send(healthy, "30 [ `b` *500 ]");
        Assert.AreEqual(1, bench.Counted(Counter.LimitMessageMemory), "counted");
        Assert.AreEqual(0, bench.Counted(Counter.LimitRetained), "and nowhere else");
        Assert.IsTrue(bench.Broker.WantsClose(stuck), "closed");
        bench.Finish();
    }

    [TestMethod]
    [DataRow(127)]
    [DataRow(128)]
    [DataRow(16383)]
    [DataRow(16384)]
    [DataRow(16385)]
    public void MessageInOneLargeBlock_HasALengthOfAsManyBytesAsItNeeds(int remaining)
    {
        BrokerBench bench = new();
        bench.Limits.MaxPacketSize = bench.Limits.ReceiveSize = 20000;
        bench.Limits.MaxQueuedBytes = 40000;
        bench.Limits.InboundBlocks = 700;
        bench.Limits.MessageBlockSize = 32768;
        bench.Limits.MessageBlocks = 20;
        bench.Start();
        int slot = bench.Subscriber(4, "c", "a", 0);
        byte[] length = remaining < 128
            ? [(byte)remaining]
            : remaining < 16384
                ? [(byte)(remaining | 128), (byte)(remaining >> 7)]
                : [(byte)(remaining | 128), (byte)((remaining >> 7) | 128), 1];
        byte[] packet = [0x30, .. length, 0, 1, (byte)'a', .. new byte[remaining - 3]];
        bench.Receive(slot, packet, 0, packet.Length);
        byte[] got = new byte[20000];
        Assert.AreEqual(
            packet.Length, bench.Broker.Transmit(slot, got, 0, 20000, bench.NowMs), "length");
        CollectionAssert.AreEqual(packet, got[..packet.Length], "the same packet");
        bench.Finish();
    }

    private static int Subscribe(SubscriptionTable table, int subscriber, string filter) =>
        table.Subscribe(subscriber, Text.Bytes(filter), 0, filter.Length, 0);

    // Where a pair of a text and a subscriber stands; only the table knows.
    private static int PairBucket(SubscriptionTable table, int text, int subscriber) =>
        Hashing.Index((int)Inside.Call(table, "PairKey", text, subscriber),
            (int)Inside.Field(table, "_bucketMask"));
}
