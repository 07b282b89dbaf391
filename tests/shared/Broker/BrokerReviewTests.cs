#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>What a review found; each test fails when its fix is taken back.</summary>
    [TestClass]
    public sealed class BrokerReviewTests
    {
        private const int Strangers = 9;
        private const string ConnectWithWill = "10 [ `MQTT` 04 06 00 00 `c` `w` `gone` ]";

        [TestMethod]
        public void SubacksNotTaken_ClientIsClosedAndOthersAreServedMeanwhile()
        {
            BrokerBench bench = Bench();
            int healthy = bench.Subscriber(4, "healthy", "b", 0);
            FillRetained(bench, healthy);
            int frozen = bench.Connect(4, "frozen");
            byte[] subscribe = Wire.Parse("82 [ 00 01 `a` 00 ]");
            for (int i = 0; i < 12; i++)
            {
                bench.Freeze();
                bench.Offer(frozen, subscribe, 0, subscribe.Length);
            }

            for (int i = 0; i < 4; i++)
            {
                bench.Send(healthy, "30 [ `b` *100 ]");
                bench.Expect(healthy, "30 [ `b` *100 ]");
                bench.Pass(8500);
            }

            Assert.AreEqual(1L, bench.Counted(Counter.LimitPacketTime), "counted");
            Assert.IsTrue(bench.Broker.WantsClose(frozen), "the frozen one is closed");
            bench.Close(frozen);
            bench.Finish();
        }

        [TestMethod]
        public void SlowReader_ResponseBehindItsMessages_IsNotClosed()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slow = bench.Subscriber(4, "slow", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            SendMany(bench, publisher, 8, "30 [ `a` *100 ]");
            bench.Send(slow, "c0 00");
            bench.OutputLength = 0;
            for (int i = 0; i < 8; i++)
            {
                bench.Pass(10000);
                Assert.AreEqual(105, bench.Transmit(slow, 106), "one message");
            }

            bench.Pass(10000);
            bench.Expect(slow, "d0 00");
            Assert.AreEqual(0L, bench.Counted(Counter.LimitPacketTime), "nobody was closed");
            Assert.IsFalse(bench.Broker.WantsClose(slow), "it stays");
            bench.Finish();
        }

        [TestMethod]
        public void HalfConnects_TakeNothingFromClientsAndKeepNobodyOut()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxConnections = Strangers + 3;
            bench.Limits.MessageBlocks = 32;
            bench.Start();
            int slow = bench.Subscriber(4, "slow", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            SendMany(bench, publisher, 8, "30 [ `a` *100 ]");
            bench.Freeze();
            byte[] connect = Wire.Parse("10 [ `MQTT` 04 c2 00 00 `c` `u` 00 78 *120 ]");
            int[] slots = new int[Strangers];
            for (int i = 0; i < Strangers; i++)
            {
                slots[i] = bench.Open();
                Assert.AreEqual(100, bench.Offer(slots[i], connect, 0, 100), "read");
                bench.Freeze();
            }

            bench.Connect(4, "new");
            int closed = 0;
            for (int i = 0; i < Strangers; i++)
            {
                if (bench.Broker.WantsClose(slots[i]))
                {
                    bench.Close(slots[i]);
                    closed++;
                }
            }

            Assert.AreEqual(Strangers - 3, closed, "384 bytes of three strangers are kept");
            Assert.AreEqual((long)closed, bench.Counted(Counter.LimitMessageMemory), "counted");
            Assert.AreEqual(0L, bench.Counted(Counter.PublishDropped), "nothing is dropped");
            Assert.AreEqual(8 * 105, bench.Drain(slow), "all that waited is there");
            bench.Finish();
        }

        [TestMethod]
        public void ReplaysNotTaken_EndAtTheByteLimit()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedMessages = 40;
            bench.Start();
            int slot = bench.Connect(4, "c");
            for (int i = 0; i < 8; i++)
            {
                bench.Send(slot, "31 [ 00 01 " + Wire.Hex('b' + i) + " *100 ]");
            }

            bench.Send(slot, "82 [ 00 01 `#` 00 `#` 00 `#` 00 `#` 00 `#` 00 `#` 00 ]");
            // 103 bytes each: the twentieth passes 1,024 for the queue and 1,024 for retained.
            Assert.AreEqual(10 + 20 * 105, bench.Drain(slot), "SUBACK and 20 messages");
            bench.Finish();
        }

        [TestMethod]
        public void WillToSys_IsRefused()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 26 00 00 `c` `$SYS/broker/version` `gone` ]");
            bench.ExpectClosed(slot, "20 [ 00 05 ]");
            bench.Finish();
        }

        [TestMethod]
        public void RetainedAtItsLimit_ClientWithWillStillConnectsAndTakesOver()
        {
            BrokerBench bench = Bench();
            int publisher = bench.Connect(4, "publisher");
            FillRetained(bench, publisher);
            int first = bench.Open();
            bench.Send(first, ConnectWithWill);
            bench.Expect(first, BrokerBench.Connack311);
            int refused = bench.Open();
            bench.Send(refused, "10 [ `MQTT` 04 06 00 00 `d` `w` `gone` ]");
            bench.ExpectClosed(refused, "20 [ 00 03 ]");
            int second = bench.Open();
            bench.Send(second, ConnectWithWill);
            bench.Expect(second, BrokerBench.Connack311);
            bench.ExpectClosed(first, "");
            bench.Finish();
        }

        [TestMethod]
        public void EmptyRetained_NoSubscriberAndNoMemory_CountsNothing()
        {
            BrokerBench bench = Bench();
            bench.Subscriber(4, "frozen", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            SendMany(bench, publisher, 30 - bench.Limits.ReservedBlocks(), "30 [ `a` *10 ]");
            long stored = bench.Broker.SysValue(SysTopics.StoredMessages);
            Assert.AreEqual(30L - bench.Limits.ReservedBlocks(), stored, "memory is full");
            bench.Send(publisher, "31 [ `z` ]");
            Assert.AreEqual(0L, bench.Counted(Counter.LimitMessageMemory), "no memory was needed");
            Assert.AreEqual(0L, bench.Counted(Counter.PublishDropped), "nothing was dropped");
            Assert.AreEqual(stored, bench.Broker.SysValue(SysTopics.StoredMessages), "stored");
            bench.Finish();
        }

        // 30 blocks of 64 bytes; 15 of them for what is retained, one more for Wills.
        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedMessages = 40;
            bench.Limits.MaxQueuedBytes = 4000;
            bench.Limits.MessageBlocks = 30;
            bench.Limits.MaxRetainedMessages = 24;
            bench.Start();
            return bench;
        }

        private static void FillRetained(BrokerBench bench, int publisher)
        {
            for (int i = 0; i < 20; i++)
            {
                bench.Send(publisher, "31 [ 00 01 " + Wire.Hex('c' + i) + " *20 ]");
            }

            Assert.IsTrue(bench.Counted(Counter.LimitRetained) > 0, "as many as may be");
        }

        private static void SendMany(BrokerBench bench, int publisher, int count, string packet)
        {
            for (int i = 0; i < count; i++)
            {
                bench.Send(publisher, packet);
            }
        }
    }
}
