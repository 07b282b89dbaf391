using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// QoS 1 and 2 over connections that are cut at any time: what was acknowledged arrives at least
/// once, or exactly once, in order; and nothing is left of it.
/// </summary>
[TestClass]
public sealed class QosStoryTests
{
    private const int Messages = 60;

    // [MQTT-4.3.2-3] [MQTT-4.3.3-3] [MQTT-4.3.3-5] [MQTT-4.3.3-10] [MQTT-4.4.0-1] [MQTT-4.6.0-5]
    // [MQTT-4.6.0-6] [MQTT-4.5.0-1]
    // 3.1.1 [MQTT-4.3.2-1] [MQTT-4.3.2-2] [MQTT-4.3.3-1] [MQTT-4.3.3-2] [MQTT-4.4.0-1]
    // 3.1.1 [MQTT-4.6.0-5] [MQTT-4.6.0-6]
    [TestMethod]
    public void CutConnections_NothingIsLost_NothingComesTwiceAtQos2_OrderIsKept()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            Play(seed);
        }
    }

    private static void Play(int seed)
    {
        var random = new Random(seed);
        var bench = new BrokerBench();
        bench.Limits.MaxInflight = random.Next(1, 7);
        bench.Limits.ReceiveMaximum = Messages;
        bench.Limits.MaxSessions = 6;
        bench.Limits.MaxSessionMessages = 4 * Messages;
        bench.Limits.MaxSessionBytes = 100_000;
        bench.Limits.MaxQueueEntries = 4000;
        bench.Limits.MessageBlocks = 4000;
        bench.Settings.MaxQos = 2;
        bench.Start();
        MqttBroker broker = bench.Broker;
        QosPeer[] peers =
        [
            .. Enumerable.Range(0, 4).Select(i =>
                new QosPeer(broker, random, "p" + i, (seed + i) % 2 == 0)),
        ];
        int[] granted = [1, 2];
        long now = bench.NowMs;
        foreach (QosPeer peer in peers)
        {
            peer.Connect(now);
        }

        peers[0].Subscribe("+/1", granted[0]);
        peers[0].Subscribe("x/2", 2);
        peers[1].Subscribe("#", granted[1]);
        Settle(broker, peers, now);
        int sent = 0;
        for (int step = 0; sent < Messages || step < 600; step++)
        {
            QosPeer peer = peers[random.Next(peers.Length)];
            int kind = random.Next(20);
            if (peer.Slot < 0)
            {
                peer.Connect(++now);
            }
            else if (kind == 0)
            {
                peer.Cut(++now);
            }
            else if (kind < 5 && sent < Messages)
            {
                int publisher = random.Next(2, 4);
                int qos = random.Next(1, 3);
                peers[publisher].Publish(
                    $"{"xy"[publisher - 2]}/{qos}", $"{publisher}-{sent++:000}", qos);
            }
            else if (kind < 12)
            {
                peer.Give(now);
            }
            else if (kind < 18)
            {
                peer.Take(now);
            }
            else
            {
                now += random.Next(3);
                broker.Tick(now);
            }
        }

        for (int round = 0; round < 200 && (!peers.All(p => p.IsDone)
            || broker.SysValue(SysTopics.StoredMessages) > 0); round++)
        {
            Settle(broker, peers, ++now);
        }

        var all = peers.SelectMany(p => p.Accepted).ToList();
        Assert.HasCount(Messages, all, $"seed {seed}: accepted");
        Check(all, peers[1].Got, 2, seed);
        Check([.. all.Where(m => m.Qos == 1 || m.Text[0] == '2')], peers[0].Got, 2, seed);
        Assert.AreEqual(0L, broker.SysValue(SysTopics.StoredMessages), $"seed {seed}: messages");
    }

    private static void Settle(MqttBroker broker, QosPeer[] peers, long now)
    {
        for (int i = 0; i < 40; i++)
        {
            foreach (QosPeer peer in peers)
            {
                if (peer.Slot < 0)
                {
                    peer.Connect(now);
                }

                peer.Give(now);
                peer.Take(now);
                broker.Tick(now);
            }
        }
    }

    private static void Check(List<(int Qos, string Text)> sent, List<(int Qos, string Text)> got,
        int granted, int seed)
    {
        foreach (int qos in new[] { 1, 2 })
        {
            foreach (char publisher in "23")
            {
                List<string> wanted = [.. sent.Where(m => m.Qos == qos && m.Text[0] == publisher)
                    .Select(m => m.Text).Order()];
                List<string> came = [.. got.Where(m => m.Qos == Math.Min(qos, granted)
                    && m.Text[0] == publisher).Select(m => m.Text)];
                string what = $"seed {seed}, QoS {qos}, publisher {publisher}: "
                    + string.Join(" ", wanted) + " came " + string.Join(" ", came);
                if (qos == 2)
                {
                    CollectionAssert.AreEqual(wanted, came, what);
                }
                else
                {
                    CollectionAssert.AreEqual(wanted, came.Distinct().ToList(), what);
                }
            }
        }
    }
}
