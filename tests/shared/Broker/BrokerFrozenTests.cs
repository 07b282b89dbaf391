#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// Clients that read nothing, and message memory that runs out, hurt nobody else.
    /// </summary>
    [TestClass]
    public sealed class BrokerFrozenTests
    {
        [TestMethod]
        public void Frozen_MemoryRunsOut_OthersMissNothing()
        {
            BrokerBench bench = Bench(6);
            bench.Subscriber(4, "frozen", "#", 0);
            int healthy = bench.Subscriber(5, "healthy", "a", 0);
            for (int i = 0; i < 100; i++)
            {
                bench.Send(healthy, "30 [ `a` [ ] " + Wire.Hex(i) + " *100 ]");
                bench.Expect(healthy, "30 [ `a` [ ] " + Wire.Hex(i) + " *100 ]");
            }

            Assert.IsTrue(bench.Counted(Counter.LimitMessageMemory) > 0, "memory ran out");
            bench.Finish();
        }

        [TestMethod]
        public void Frozen_KeepsTheNewerHalf()
        {
            BrokerBench bench = Bench(6);
            int frozen = bench.Subscriber(4, "frozen", "#", 0);
            int publisher = bench.Connect(4, "publisher");
            for (int i = 0; i < 100; i++)
            {
                bench.Send(publisher, "30 [ `a` " + Wire.Hex(i) + " *100 ]");
            }

            bench.Drain(frozen);
            int last = bench.OutputLength - 101;
            Assert.AreEqual(99, (int)bench.Output[last], "the newest is there");
            for (int at = last; at > 0; at -= 106)
            {
                Assert.AreEqual(99 - (last - at) / 106, (int)bench.Output[at], "no gap");
            }

            bench.Finish();
        }

        [TestMethod]
        public void Frozen_ManySubscribersOfOneTopic_MemoryIsReclaimed()
        {
            BrokerBench bench = Bench(9);
            for (int i = 0; i < 7; i++)
            {
                bench.Subscriber(4, "frozen" + i.ToString(), "a", 0);
            }

            int healthy = bench.Subscriber(5, "healthy", "a", 0);
            for (int i = 0; i < 100; i++)
            {
                bench.Send(healthy, "30 [ `a` [ ] " + Wire.Hex(i) + " *100 ]");
                bench.Expect(healthy, "30 [ `a` [ ] " + Wire.Hex(i) + " *100 ]");
            }

            bench.Finish();
        }

        [TestMethod]
        public void Frozen_LongestQueueIsAPacketInFlight_OthersAreStillDropped()
        {
            BrokerBench bench = Bench(6);
            int stuck = bench.Subscriber(4, "stuck", "big", 0);
            bench.Subscriber(4, "frozen1", "a", 0);
            bench.Subscriber(4, "frozen2", "b", 0);
            int healthy = bench.Subscriber(5, "healthy", "+", 0);
            bench.Send(healthy, "30 [ `big` [ ] *490 ]");
            bench.Drain(healthy);
            Assert.AreEqual(64, bench.Transmit(stuck, 64), "in flight");
            for (int i = 0; i < 60; i++)
            {
                string name = (i & 1) == 0 ? "`a`" : "`b`";
                bench.Send(healthy, "30 [ " + name + " [ ] " + Wire.Hex(i) + " ]");
                bench.Expect(healthy, "30 [ " + name + " [ ] " + Wire.Hex(i) + " ]");
            }

            bench.Finish();
        }

        [TestMethod]
        public void MessageMemory_TakenByAFrozenClient_UnfinishedPacketsStillFinish()
        {
            BrokerBench bench = Bench(6);
            bench.Subscriber(4, "frozen", "a", 0);
            int healthy = bench.Subscriber(5, "healthy", "b", 0);
            FillMemory(bench, healthy);
            byte[] packet = Wire.Parse("30 [ `b` [ ] *500 ]");
            for (int at = 0; at < packet.Length; at += 20)
            {
                int part = packet.Length - at < 20 ? packet.Length - at : 20;
                bench.Freeze();
                Assert.AreEqual(part, bench.Offer(healthy, packet, at, part), "taken");
            }

            bench.Expect(healthy, "30 [ `b` [ ] *500 ]");
            bench.Finish();
        }

        [TestMethod]
        public void MessageMemory_TakenByAFrozenClient_ConnectWithWillStillAccepted()
        {
            BrokerBench bench = Bench(6);
            bench.Subscriber(4, "frozen", "a", 0);
            int healthy = bench.Connect(5, "healthy");
            FillMemory(bench, healthy);
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 06 00 00 `c` `w` 00 64 *100 ]");
            bench.Expect(slot, BrokerBench.Connack311);
            bench.Finish();
        }

        [TestMethod]
        public void MessageMemory_TakenByAFrozenClient_RetainedIsStillKept()
        {
            BrokerBench bench = Bench(6);
            bench.Subscriber(4, "frozen", "a", 0);
            int healthy = bench.Connect(5, "healthy");
            FillMemory(bench, healthy);
            bench.Send(healthy, "31 [ `b` [ ] *200 ]");
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Retained), "retained");
            bench.Finish();
        }

        [TestMethod]
        public void MessageMemory_FilledByUnfinishedPackets_EndsWithTheirDeadline()
        {
            BrokerBench bench = Bench(6);
            byte[] packet = Wire.Parse("30 [ `b` *500 ]");
            for (int i = 0; i < 6; i++)
            {
                bench.Connect(4, "half" + i.ToString());
            }

            for (int i = 0; i < 6; i++)
            {
                bench.Offer(i, packet, 0, packet.Length - 1);
            }

            bench.Pass(31000);
            for (int i = 0; i < 6; i++)
            {
                if (bench.Broker.WantsClose(i))
                {
                    bench.Close(i);
                }
            }

            int healthy = bench.Subscriber(5, "healthy", "b", 0);
            bench.Send(healthy, "30 [ `b` [ ] *500 ]");
            bench.Expect(healthy, "30 [ `b` [ ] *500 ]");
            bench.Finish();
        }

        [TestMethod]
        public void LargePacketsInPieces_MemoryAsShortAsAllowed_AllArrive()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 10;
            bench.Start();
            byte[] packet = Wire.Parse("30 [ `b` *500 ]");
            int[] sent = new int[4];
            for (int i = 0; i < 4; i++)
            {
                bench.Connect(4, "c" + i.ToString());
            }

            int watcher = bench.Subscriber(4, "watcher", "b", 0);
            int arrived = 0;
            for (int round = 0; round < 200; round++)
            {
                for (int i = 0; i < 4; i++)
                {
                    int part = packet.Length - sent[i] < 20 ? packet.Length - sent[i] : 20;
                    sent[i] += bench.Offer(i, packet, sent[i], part);
                }

                arrived += bench.Drain(watcher);
            }

            Assert.AreEqual(4 * packet.Length, arrived, "all of them");
            bench.Finish();
        }

        [TestMethod]
        public void Retained_AsManyAsAllowed_LiveMessagesStillFlow()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageBlocks = 30;
            bench.Limits.MaxRetainedMessages = 24;
            bench.Limits.MaxRetainedBytes = 1800;
            bench.Start();
            int healthy = bench.Subscriber(4, "healthy", "b", 0);
            for (int i = 0; i < 24; i++)
            {
                bench.Send(healthy, "31 [ 00 01 " + Wire.Hex('c' + i) + " *63 ]");
            }

            for (int i = 0; i < 10; i++)
            {
                bench.Send(healthy, "30 [ `b` *500 ]");
                bench.Expect(healthy, "30 [ `b` *500 ]");
            }

            for (int i = 0; i < 24; i++)
            {
                bench.Send(healthy, "31 [ 00 01 " + Wire.Hex('c' + i) + " ]");
            }

            bench.Finish();
        }

        [TestMethod]
        public void SubscribeFlood_WithoutReading_PausesAndOthersGoOn()
        {
            BrokerBench bench = Bench(6);
            byte[] subscribe = Wire.Parse("82 [ 00 01 `a` 00 ]");
            for (int i = 0; i < 4; i++)
            {
                int slot = bench.Connect(4, "flood" + i.ToString());
                for (int k = 0; k < 40; k++)
                {
                    bench.Offer(slot, subscribe, 0, subscribe.Length);
                }
            }

            int healthy = bench.Subscriber(5, "healthy", "b", 0);
            bench.Send(healthy, "30 [ `b` [ ] *400 ]");
            bench.Expect(healthy, "30 [ `b` [ ] *400 ]");
            bench.Finish();
        }

        [TestMethod]
        public void TextMemory_TakenBySubscriptions_OthersStillConnect()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.TextBlocks = 12;
            bench.Start();
            int greedy = bench.Connect(5, "greedy");
            bench.Send(greedy,
                "82 [ 00 01 [ ] 00 40 *64 00 00 3f *63 00 00 3e *62 00 00 3d *61 00 ]");
            bench.Drain(greedy);
            Assert.AreEqual(0x97, (int)bench.Output[8], "no memory is left");
            for (int i = 0; i < 5; i++)
            {
                bench.Connect(4, "0123456789abcdefghijk_" + i.ToString());
            }

            bench.Finish();
        }

        // Few blocks: 128 bytes and two blocks are reserved, a largest packet has to fit.
        private static BrokerBench Bench(int connections)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxConnections = connections;
            bench.Limits.MaxQueuedMessages = 40;
            bench.Limits.MaxQueuedBytes = 4000;
            bench.Limits.MaxQueueEntries = 400;
            bench.Limits.MessageBlocks = 30;
            bench.Limits.MaxRetainedBytes = 800;
            bench.Start();
            return bench;
        }

        private static void FillMemory(BrokerBench bench, int publisher)
        {
            while (bench.Counted(Counter.LimitMessageMemory) == 0)
            {
                bench.Send(publisher, "30 [ `a` [ ] *10 ]");
            }

            for (int i = 0; i < 11; i++)
            {
                bench.Send(publisher, "30 [ `a` [ ] *10 ]");
            }
        }
    }
}
