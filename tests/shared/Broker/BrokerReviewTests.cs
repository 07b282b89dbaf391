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
        private const string ConnectWithWill = "10 [ `MQTT` 04 06 00 00 `c` `w` `gone` ]";

        [TestMethod]
        public void SubscribeToSys_ThatWasToldAPassingValue_IsToldTheNextOne()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 10;
            bench.Start();
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "82 [ 00 01 `$SYS/broker/clients/connected` 00 ]");
            bench.Pass(10000);
            bench.Drain(slot);
            int passing = bench.Connect(4, "d");
            int late = bench.Connect(4, "e");
            bench.Send(late, "82 [ 00 01 `$SYS/broker/clients/connected` 00 ]");
            bench.Expect(late, "90 [ 00 01 00 ] 31 [ `$SYS/broker/clients/connected` '3' ]");
            bench.Send(passing, "E0 00");
            bench.Send(slot, "E0 00");
            bench.Pass(10000);
            bench.Expect(late, "30 [ `$SYS/broker/clients/connected` '1' ]");
            bench.Finish();
        }

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
        public void WillToSys_IsTakenAndGoesNowhere()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 26 00 00 `c` `$SYS/broker/version` `gone` ]");
            bench.Expect(slot, BrokerBench.Connack311);
            int watcher = bench.Subscriber(4, "watcher", "$SYS/broker/version", 0);
            bench.Close(slot);
            bench.Expect(watcher, "");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Retained), "not retained");
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
