using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>IsPlain, by which the fast paths go: never true too early, and true again.</summary>
[TestClass]
public sealed class PlainTests
{
    [TestMethod]
    public void ReplayThatSendsNothing_LeavesItsClientPlain()
    {
        // The replay takes several turns, and nothing is sent to its client ever after.
        BrokerBench bench = new();
        bench.Limits.MaxRetainedMessages = 40;
        bench.Limits.MaxRetainedBytes = 4000;
        bench.Limits.MessageBlocks += 80;
        bench.Start();
        int reader = bench.Connect(4, "reader");
        for (int i = 0; i < 40; i++)
        {
            bench.Send(reader, $"31 [ `a/{i:00}` 'x' ]");
        }

        var connections = (ConnectionTable)Inside.Field(bench.Broker, "_connections");
        bench.Send(reader, "82 [ 00 01 `+/none` 00 ]");
        Assert.AreEqual(5, bench.Transmit(reader, 64), "SUBACK");
        Assert.IsFalse(connections.IsPlain[reader], "there is more to look at");
        bench.Work();
        Assert.IsTrue(connections.IsPlain[reader], "the replay has come to its end");
        bench.Finish();
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    public void RandomVerbs_PlainIsWhoIsOwedNothing(int graceMs)
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            BrokerBench bench = new();
            bench.Settings.SlowGraceMs = graceMs;
            bench.Settings.QueueFullPolicy = (QueueFullPolicy)(seed % 3);
            bench.Start();
            RandomHost host = new(bench, new Lcg(seed));
            for (int step = 0; step < 1200; step++)
            {
                host.Step();
                Check(bench.Broker, false);
                if (step % 200 == 199)
                {
                    Quieten(bench);
                    Check(bench.Broker, true);
                }
            }
        }
    }

    /// <summary>Every socket takes everything until nothing is due.</summary>
    private static void Quieten(BrokerBench bench)
    {
        byte[] buffer = new byte[4096];
        for (int round = 0; round < 200; round++)
        {
            for (int slot = 0; slot < bench.Limits.Slots(); slot++)
            {
                bool isFree = bench.Broker.StateOf(slot) == ConnectionState.Free;
                while (!isFree
                    && bench.Broker.Transmit(slot, buffer, 0, buffer.Length, bench.NowMs) > 0)
                {
                    // Taken.
                }

                if (!isFree && bench.Broker.WantsClose(slot))
                {
                    bench.Broker.Close(slot, bench.NowMs);
                }
            }

            bench.NowMs++;
            bench.Broker.Tick(bench.NowMs);
        }
    }

    private static void Check(MqttBroker broker, bool isQuiet)
    {
        var connections = (ConnectionTable)Inside.Field(broker, "_connections");
        var queues = (OutboundQueues)Inside.Field(broker, "_queues");
        var pressure = (QueuePressure)Inside.Field(broker, "_pressure");
        var replays = (Replays)Inside.Field(broker, "_replays");
        for (int slot = 0; slot < connections.State.Length; slot++)
        {
            bool isConnected = connections.State[slot] == (byte)ConnectionState.Connected;
            bool isOwed = queues.Responses[slot] > 0 || pressure.FullSince[slot] != 0
                || replays.IsPending(slot);
            Assert.IsFalse(connections.IsPlain[slot] && (!isConnected || isOwed), "too early");
            Assert.IsFalse(isQuiet && isConnected && isOwed, "it is quiet");
            Assert.AreEqual(isConnected, connections.IsPlain[slot] || (isConnected && !isQuiet),
                "for ever");
        }
    }
}
