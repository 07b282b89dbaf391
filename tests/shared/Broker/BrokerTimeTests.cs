#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>Keep Alive and the deadlines for CONNECT, packets and closing.</summary>
    [TestClass]
    public sealed class BrokerTimeTests
    {
        // [MQTT-3.2.2-22]
        // 3.1.1 [MQTT-3.1.2-24]
        [TestMethod]
        public void KeepAlive_ClosedAfterOneAndAHalf_MQTT_3_1_2_22()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Open();
            bench.Send(old, "10 [ `MQTT` 04 02 00 0a `old` ]");
            bench.Expect(old, BrokerBench.Connack311);
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 0a [ ] `new` ]");
            bench.Expect(slot, BrokerBench.Connack5);
            bench.Pass(14999);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "not before");
            bench.Pass(21);
            bench.ExpectClosed(old, "");
            bench.ExpectDisconnect(slot, ReasonCode.KeepAliveTimeout);
            Assert.AreEqual(2L, bench.Counted(Counter.KeepAliveTimeouts), "counted");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.2-24]
        [TestMethod]
        public void KeepAlive_AnyPacketCounts_MQTT_3_1_2_22()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 02 00 0a `c` ]");
            bench.Drain(slot);
            bench.Pass(14000);
            bench.Send(slot, "c0 00");
            bench.Expect(slot, "d0 00");
            bench.Pass(14000);
            bench.Send(slot, "30 [ `a` ]");
            bench.Pass(14000);
            bench.Send(slot, "a2 [ 00 01 `a` ]");
            bench.Expect(slot, "b0 [ 00 01 ]");
            bench.Pass(14000);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "still there");
            bench.Pass(1100);
            Assert.AreEqual(0, bench.Broker.ConnectedClients, "not for ever");
            bench.Finish();
        }

        [TestMethod]
        public void KeepAlive_HalfAPacketDoesNotCount()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 02 00 0a `c` ]");
            bench.Drain(slot);
            bench.Pass(14000);
            bench.Send(slot, "30 05 00");
            bench.Pass(1100);
            bench.ExpectClosed(slot, "");
            Assert.AreEqual(1L, bench.Counted(Counter.KeepAliveTimeouts), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void KeepAliveZero_NeverCloses()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            bench.Connect(4, "old");
            bench.Connect(5, "new");
            bench.Pass(7L * 24 * 3600 * 1000);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "both are there");
            bench.Finish();
        }

        [TestMethod]
        public void NextDeadline_NothingDue_IsNever()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            Assert.AreEqual(long.MaxValue, bench.Broker.NextDeadlineMs(), "idle");
            int slot = bench.Open();
            Assert.AreEqual(bench.NowMs + 10000, bench.Broker.NextDeadlineMs(), "CONNECT is due");
            bench.Send(slot, "10 [ `MQTT` 04 02 00 00 `c` ]");
            bench.Drain(slot);
            bench.Pass(10000);
            Assert.AreEqual(long.MaxValue, bench.Broker.NextDeadlineMs(), "connected");
            bench.Finish();
        }

        [TestMethod]
        public void NoConnect_ClosedAfterItsTime()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int silent = bench.Open();
            int half = bench.Open();
            bench.Send(half, "10 0e 00 04 'MQ'");
            bench.Pass(9999);
            Assert.IsFalse(bench.Broker.WantsClose(silent), "not before");
            bench.Pass(21);
            bench.ExpectClosed(silent, "");
            bench.ExpectClosed(half, "");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitConnectTime), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void UnfinishedPacket_ClosedAfterItsTime()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Connect(4, "old");
            int slot = bench.Connect(5, "new");
            bench.Send(old, "c0");
            bench.Send(slot, "30 10 00 01 'a'");
            bench.Pass(20000);
            bench.Send(slot, "00 'bcd'");
            bench.Pass(9999);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "not before");
            bench.Pass(21);
            bench.ExpectClosed(old, "");
            bench.ExpectDisconnect(slot, ReasonCode.UnspecifiedError);
            Assert.AreEqual(2L, bench.Counted(Counter.LimitPacketTime), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void UnfinishedPacket_FinishedInTime_IsHandledAndTheClockStops()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Connect(4, "c");
            for (int round = 0; round < 3; round++)
            {
                bench.Send(slot, "c0");
                bench.Pass(29000);
                bench.Send(slot, "00");
                bench.Expect(slot, "d0 00");
            }

            bench.Pass(100000);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "still there");
            bench.Finish();
        }

        [TestMethod]
        public void ClosingClientThatTakesNothing_IsClosedAfterItsTime()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "00 00");
            Assert.IsFalse(bench.Broker.WantsClose(slot), "DISCONNECT waits");
            bench.Pass(1999);
            Assert.IsFalse(bench.Broker.WantsClose(slot), "still");
            bench.Pass(21);
            Assert.IsTrue(bench.Broker.WantsClose(slot), "no longer");
            bench.ExpectClosed(slot, "");
            Assert.AreEqual(1L, bench.Counted(Counter.LimitClosingTime), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void PausedClient_DoesNotStayForEver()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Connect(4, "c");
            byte[] pings = Wire.Parse("c0 00 c0 00 c0 00 c0 00 c0 00 c0 00");
            bench.Offer(slot, pings, 0, pings.Length);
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(slot), "paused");
            bench.Pass(24L * 3600 * 1000);
            Assert.AreEqual(0, bench.Broker.ConnectedClients, "given up");
            bench.Finish();
        }
    }
}
