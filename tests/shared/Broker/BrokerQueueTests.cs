#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>What a slow subscriber loses, by each policy.</summary>
    [TestClass]
    public sealed class BrokerQueueTests
    {
        [TestMethod]
        public void DropNewest_KeepsTheOldest()
        {
            BrokerBench bench = Bench(QueueFullPolicy.DropNewest, 3, 1000);
            Send(bench, 5);
            bench.Expect(0, "30 [ `a` '1' ] 30 [ `a` '2' ] 30 [ `a` '3' ]");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitQueue), "counted");
            Assert.AreEqual(2L, bench.Counted(Counter.PublishDropped), "dropped");
            Assert.AreEqual(1, bench.Events.Times[(int)BrokerEvent.QueueFull], "observer, once");
            Send(bench, 1);
            bench.Expect(0, "30 [ `a` '1' ]");
            bench.Finish();
        }

        [TestMethod]
        public void DropOldest_KeepsTheNewest()
        {
            BrokerBench bench = Bench(QueueFullPolicy.DropOldest, 3, 1000);
            Send(bench, 5);
            bench.Expect(0, "30 [ `a` '3' ] 30 [ `a` '4' ] 30 [ `a` '5' ]");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitQueue), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void DropOldest_NeverAResponseNorAPacketInFlight()
        {
            BrokerBench bench = Bench(QueueFullPolicy.DropOldest, 3, 1000);
            bench.Send(1, "30 [ `a` *100 ]");
            bench.OutputLength = 0;
            bench.Transmit(0, 64);
            bench.Send(0, "c0 00");
            Send(bench, 5);
            while (bench.Transmit(0, 64) > 0)
            {
            }

            bench.AssertOutput("30 [ `a` *100 ] d0 00 30 [ `a` '4' ] 30 [ `a` '5' ]");
            bench.Finish();
        }

        [TestMethod]
        public void DropOldest_MakesRoomInBytes()
        {
            BrokerBench bench = Bench(QueueFullPolicy.DropOldest, 8, 100);
            bench.Send(1, "30 [ `a` *27 ] 30 [ `a` *27 ] 30 [ `a` *27 ] 30 [ `a` *50 ]");
            bench.Expect(0, "30 [ `a` *27 ] 30 [ `a` *50 ]");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitQueue), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void DropNewest_LimitsBytes()
        {
            BrokerBench bench = Bench(QueueFullPolicy.DropNewest, 8, 100);
            bench.Send(1, "30 [ `a` *47 ] 30 [ `a` *47 ] 30 [ `a` 'x' ]");
            bench.Expect(0, "30 [ `a` *47 ] 30 [ `a` *47 ]");
            Assert.AreEqual(1L, bench.Counted(Counter.LimitQueue), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void Disconnect_AfterTheDeadline()
        {
            BrokerBench bench = Bench(QueueFullPolicy.Disconnect, 3, 1000);
            Send(bench, 4);
            bench.Pass(4999);
            Assert.IsFalse(bench.Broker.WantsClose(0), "not before");
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "not before");
            bench.Pass(21);
            bench.ExpectClosed(0, "");
            Assert.AreEqual(1L, bench.Counted(Counter.LimitQueueTime), "counted");
            Assert.AreEqual((byte)ReasonCode.QuotaExceeded, bench.Events.ReasonCode, "why");
            bench.Finish();
        }

        [TestMethod]
        public void Disconnect_DrainedInTime_Stays()
        {
            BrokerBench bench = Bench(QueueFullPolicy.Disconnect, 3, 1000);
            Send(bench, 4);
            bench.Pass(4000);
            bench.Expect(0, "30 [ `a` '1' ] 30 [ `a` '2' ] 30 [ `a` '3' ]");
            bench.Pass(60000);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "still there");
            Send(bench, 4);
            bench.Pass(4000);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "the deadline begins anew");
            bench.Finish();
        }

        [TestMethod]
        public void Disconnect_DrainedALittle_IsStillTooSlow()
        {
            BrokerBench bench = Bench(QueueFullPolicy.Disconnect, 8, 1000);
            for (int i = 0; i < 9; i++)
            {
                bench.Send(1, "30 [ `a` *25 ]");
            }

            bench.Pass(2000);
            Assert.AreEqual(60, bench.Transmit(0, 64), "two of eight");
            bench.Pass(3021);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "six are more than half");
            bench.Finish();
        }

        [TestMethod]
        public void Disconnect_DrainedInSteps_StaysOnceHalfIsTaken()
        {
            BrokerBench bench = Bench(QueueFullPolicy.Disconnect, 8, 1000);
            for (int i = 0; i < 9; i++)
            {
                bench.Send(1, "30 [ `a` *50 ]");
            }

            for (int i = 0; i < 4; i++)
            {
                bench.Pass(1000);
                Assert.AreEqual(55, bench.Transmit(0, 64), "one of eight");
            }

            bench.Pass(10000);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "it reads");
            bench.Finish();
        }

        [TestMethod]
        public void Disconnect_NextClientOfTheSlot_HasItsOwnDeadline()
        {
            BrokerBench bench = Bench(QueueFullPolicy.Disconnect, 3, 1000);
            Send(bench, 4);
            bench.Close(0);
            Assert.AreEqual(0, bench.Subscriber(4, "next", "a", 0), "the same slot");
            bench.Pass(60000);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "it was never full");
            bench.Finish();
        }

        [TestMethod]
        public void QueueOfOne_StillDelivers()
        {
            BrokerBench bench = Bench(QueueFullPolicy.DropOldest, 1, 100);
            Send(bench, 3);
            bench.Expect(0, "30 [ `a` '3' ]");
            Send(bench, 1);
            bench.Expect(0, "30 [ `a` '1' ]");
            bench.Finish();
        }

        [TestMethod]
        public void QueueEntries_TakenByFrozenClients_OthersStillServed()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueueEntries = 28;
            bench.Start();
            bench.Subscriber(4, "frozen0", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            bench.Subscriber(4, "frozen2", "a", 0);
            int healthy = bench.Subscriber(5, "healthy", "a", 0);
            for (int i = 0; i < 60; i++)
            {
                bench.Send(publisher, "30 [ `a` " + Wire.Hex(i) + " ] c0 00");
                bench.Expect(publisher, "d0 00");
                bench.Send(healthy, "c0 00");
                bench.Expect(healthy, "30 [ `a` [ ] " + Wire.Hex(i) + " ] d0 00");
            }

            int late = bench.Connect(4, "late");
            bench.Send(late, "82 [ 00 01 `b` 00 ]");
            bench.Expect(late, "90 [ 00 01 00 ]");
            bench.Finish();
        }

        [TestMethod]
        public void QueueEntries_TakenByPingersThatDoNotRead_OthersStillAnswered()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueueEntries = 28;
            bench.Start();
            byte[] pings = Wire.Parse("c0 00 c0 00 c0 00 c0 00 c0 00 c0 00");
            for (int i = 0; i < 5; i++)
            {
                int pinger = bench.Connect(4, "pinger" + i.ToString());
                bench.Offer(pinger, pings, 0, pings.Length);
            }

            int healthy = bench.Connect(5, "healthy");
            for (int i = 0; i < 10; i++)
            {
                bench.Send(healthy, "c0 00");
                Assert.AreEqual(0, bench.Broker.ReceiveWindow(healthy), "one at a time");
                bench.Expect(healthy, "d0 00");
            }

            for (int i = 0; i < 5; i++)
            {
                bench.Expect(i, "d0 00 d0 00 d0 00 d0 00 d0 00 d0 00");
            }

            bench.Finish();
        }

        [TestMethod]
        public void RetainedReplayOverAndOver_DoesNotHurtOthers()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueueEntries = 28;
            bench.Start();
            int publisher = bench.Connect(4, "publisher");
            bench.Send(publisher, "31 [ `a` '1' ] 31 [ `b` '2' ] 31 [ `c` '3' ] 31 [ `d` '4' ]");
            int greedy = bench.Connect(4, "greedy");
            byte[] subscribe = Wire.Parse("82 [ 00 01 `#` 00 ]");
            for (int i = 0; i < 30; i++)
            {
                bench.Offer(greedy, subscribe, 0, subscribe.Length);
            }

            int healthy = bench.Subscriber(5, "healthy", "x", 0);
            for (int i = 0; i < 20; i++)
            {
                bench.Send(healthy, "30 [ `x` [ ] 'x' ] c0 00");
                bench.Expect(healthy, "30 [ `x` [ ] 'x' ] d0 00");
            }

            bench.Finish();
        }

        // Slot 0 hears "a" and reads nothing by itself, slot 1 publishes.
        private static BrokerBench Bench(QueueFullPolicy policy, int messages, int bytes)
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.QueueFullPolicy = policy;
            bench.Limits.MaxConnectSize = 64;
            bench.Limits.MaxPacketSize = bytes < 512 ? bytes : 512;
            bench.Limits.MaxQueuedMessages = messages;
            bench.Limits.MaxQueuedBytes = bytes;
            bench.Start();
            bench.Subscriber(4, "slow", "a", 0);
            bench.Connect(4, "publisher");
            return bench;
        }

        private static void Send(BrokerBench bench, int count)
        {
            for (int i = 1; i <= count; i++)
            {
                bench.Send(1, "30 [ `a` " + Wire.Hex('0' + i) + " ]");
            }
        }
    }
}
