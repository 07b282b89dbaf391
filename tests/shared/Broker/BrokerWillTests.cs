#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>When a Will goes out, and as what.</summary>
    [TestClass]
    public sealed class BrokerWillTests
    {
        private const string Will311 = "10 [ `MQTT` 04 06 00 0a `c` `w/t` `gone` ]";
        private const string Will5 = "10 [ `MQTT` 05 06 00 0a [ ] `c` [ ] `w/t` `gone` ]";

        // [MQTT-3.1.2-7]
        // 3.1.1 [MQTT-3.1.2-8]
        [TestMethod]
        public void ConnectionLost_WillGoesOut_MQTT_3_1_2_8()
        {
            BrokerBench bench = Bench();
            int slot = Connect(bench, Will311);
            bench.Expect(0, "");
            bench.Close(slot);
            bench.Expect(0, "30 [ `w/t` 'gone' ]");
            slot = Connect(bench, Will5);
            bench.Close(slot);
            bench.Expect(0, "30 [ `w/t` 'gone' ]");
            bench.Finish();
        }

        // [MQTT-3.14.4-3]
        // 3.1.1 [MQTT-3.1.2-10] [MQTT-3.14.4-3]
        [TestMethod]
        public void Disconnect_WillIsDeleted_MQTT_3_1_2_10()
        {
            BrokerBench bench = Bench();
            int slot = Connect(bench, Will311);
            bench.Send(slot, "e0 00");
            bench.ExpectClosed(slot, "");
            slot = Connect(bench, Will5);
            bench.Send(slot, "e0 00");
            bench.ExpectClosed(slot, "");
            slot = Connect(bench, Will5);
            bench.Send(slot, "e0 01 00");
            bench.ExpectClosed(slot, "");
            slot = Connect(bench, Will5);
            bench.Send(slot, "e0 02 00 00");
            bench.ExpectClosed(slot, "");
            bench.Expect(0, "");
            bench.Finish();
        }

        [TestMethod]
        public void DisconnectWithWillMessage_WillGoesOut_MQTT_3_14_4_3()
        {
            BrokerBench bench = Bench();
            int slot = Connect(bench, Will5);
            bench.Send(slot, "e0 01 04");
            bench.Expect(0, "30 [ `w/t` 'gone' ]");
            bench.ExpectClosed(slot, "");
            slot = Connect(bench, Will5);
            bench.Send(slot, "e0 01 80");
            bench.Expect(0, "30 [ `w/t` 'gone' ]");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.2-8] [MQTT-3.1.2-10]
        [TestMethod]
        public void ProtocolError_WillGoesOut_MQTT_3_1_2_8()
        {
            BrokerBench bench = Bench();
            int slot = Connect(bench, Will311);
            bench.Send(slot, "00 00");
            bench.Expect(0, "30 [ `w/t` 'gone' ]");
            bench.ExpectClosed(slot, "");
            bench.Expect(0, "");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.2-8] [MQTT-3.1.2-24]
        [TestMethod]
        public void KeepAliveRunsOut_WillGoesOut_MQTT_3_1_2_8()
        {
            BrokerBench bench = Bench();
            int slot = Connect(bench, Will311);
            bench.Pass(15100);
            bench.Expect(0, "30 [ `w/t` 'gone' ]");
            bench.ExpectClosed(slot, "");
            bench.Finish();
        }

        [TestMethod]
        public void Shutdown_NoWillGoesOut()
        {
            BrokerBench bench = Bench();
            int slot = Connect(bench, Will5);
            Connect(bench, "10 [ `MQTT` 04 26 00 00 `keeps` `w` `gone` ]");
            bench.Broker.Shutdown(bench.NowMs);
            bench.ExpectDisconnect(slot, ReasonCode.ServerShuttingDown);
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Retained), "nor is it retained");
            bench.ExpectClosed(0, "");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.2-17]
        [TestMethod]
        public void WillRetain_IsRetained_MQTT_3_1_2_15()
        {
            BrokerBench bench = Bench();
            int slot = Connect(bench, "10 [ `MQTT` 04 26 00 00 `c` `w/t` `gone` ]");
            bench.Close(slot);
            bench.Expect(0, "30 [ `w/t` 'gone' ]");
            int late = bench.Connect(4, "late");
            bench.Send(late, "82 [ 00 01 `w/+` 00 ]");
            bench.Expect(late, "90 [ 00 01 00 ] 31 [ `w/t` 'gone' ]");
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Retained), "retained");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.2-16]
        [TestMethod]
        public void WillWithoutRetain_IsNotRetained_MQTT_3_1_2_14()
        {
            BrokerBench bench = Bench();
            bench.Close(Connect(bench, Will311));
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Retained), "not retained");
            bench.Finish();
        }

        [TestMethod]
        public void EmptyRetainedWill_RemovesWhatIsRetained()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "31 [ `w/t` 'old' ]");
            bench.Expect(0, "30 [ `w/t` 'old' ]");
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Retained), "retained");
            bench.Close(Connect(bench, "10 [ `MQTT` 04 26 00 00 `c` `w/t` `` ]"));
            bench.Expect(0, "30 [ `w/t` ]");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Retained), "removed");
            bench.Finish();
        }

        [TestMethod]
        public void EmptyWill_GoesOutEmpty()
        {
            BrokerBench bench = Bench();
            bench.Close(Connect(bench, "10 [ `MQTT` 04 06 00 00 `c` `w/t` `` ]"));
            bench.Expect(0, "30 [ `w/t` ]");
            bench.Finish();
        }

        // [MQTT-3.1.3-10]
        [TestMethod]
        public void WillProperties_GoOutInOrderWithoutTheDelay_MQTT_3_3_2_17()
        {
            BrokerBench bench = Bench();
            int five = bench.Subscriber(5, "five", "w/#", 0);
            bench.Close(Connect(bench, "10 [ `MQTT` 05 06 00 00 [ ] `c` "
                + "[ 26 `k` `1` 18 00 00 00 05 26 `k` `2` 01 01 ] `w/t` `gone` ]"));
            bench.Expect(five, "30 [ `w/t` [ 26 `k` `1` 26 `k` `2` 01 01 ] 'gone' ]");
            bench.Expect(0, "30 [ `w/t` 'gone' ]");
            bench.Close(Connect(bench,
                "10 [ `MQTT` 05 06 00 00 [ ] `c` [ 18 00 00 00 00 ] `w/t` `gone` ]"));
            bench.Expect(five, "30 [ `w/t` [ ] 'gone' ]");
            bench.Finish();
        }

        [TestMethod]
        public void WillExpiry_CountsFromItsPublication()
        {
            BrokerBench bench = Bench();
            int five = bench.Subscriber(5, "five", "w/#", 0);
            int slot = Connect(bench,
                "10 [ `MQTT` 05 06 00 00 [ ] `c` [ 02 00 00 00 0a ] `w/t` `gone` ]");
            bench.Pass(3600000);
            bench.Close(slot);
            bench.Pass(4000);
            bench.Expect(five, "30 [ `w/t` [ 02 00 00 00 06 ] 'gone' ]");
            bench.Finish();
        }

        [TestMethod]
        public void WillTopicInvalidOrTooLong_IsRefused()
        {
            BrokerBench bench = Bench();
            AssertRefused(bench, "10 [ `MQTT` 05 06 00 00 [ ] `c` [ ] `w/+` `x` ]", 0x81);
            AssertRefused(bench, "10 [ `MQTT` 05 06 00 00 [ ] `c` [ ] `` `x` ]", 0x81);
            AssertRefused(bench, "10 [ `MQTT` 05 06 00 00 [ ] `c` [ ] `////////` `x` ]", 0x97);
            AssertRefused(bench, "10 [ `MQTT` 05 06 00 00 [ ] `c` [ ] 00 41 *65 `x` ]", 0x97);
            bench.Expect(0, "");
            int longest = bench.Open();
            bench.Send(longest, "10 [ `MQTT` 05 06 00 00 [ ] `c` [ ] 00 40 *64 `x` ]");
            bench.Expect(longest, BrokerBench.Connack5);
            bench.Finish();
        }

        [TestMethod]
        public void V311_WillTopicInvalid_ClosesWithoutAnAnswer_MQTT_3_1_4_1()
        {
            BrokerBench bench = Bench();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 06 00 00 `c` `#` `x` ]");
            bench.ExpectClosed(slot, "");
            slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 06 00 00 `c` `` `x` ]");
            bench.ExpectClosed(slot, "");
            bench.Expect(0, "");
            bench.Finish();
        }

        [TestMethod]
        public void WillQosAboveTheMaximum_IsRefused_MQTT_3_2_2_12()
        {
            BrokerBench bench = Bench();
            AssertRefused(bench, "10 [ `MQTT` 05 16 00 00 [ ] `c` [ ] `w` `x` ]", 0x9B);
            bench.Close(Connect(bench, "10 [ `MQTT` 05 0e 00 00 [ ] `c` [ ] `w/t` `x` ]"));
            bench.Expect(0, "30 [ `w/t` 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void WillRetainWithoutRetain_IsRefused_MQTT_3_2_2_13()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.RetainAvailable = false;
            bench.Start();
            AssertRefused(bench, "10 [ `MQTT` 05 26 00 00 [ ] `c` [ ] `w` `x` ]", 0x9A);
            bench.Finish();
        }

        [TestMethod]
        public void WillToItself_IsNotDelivered()
        {
            BrokerBench bench = Bench();
            int slot = Connect(bench, Will5);
            bench.Subscribe(slot, 5, "w/t", 0);
            bench.Send(slot, "e0 01 04");
            bench.ExpectClosed(slot, "");
            bench.Expect(0, "30 [ `w/t` 'gone' ]");
            bench.Finish();
        }

        [TestMethod]
        public void RefusedConnect_PublishesNoWill()
        {
            BrokerBench bench = new BrokerBench();
            FixedAuthenticator authenticator = new FixedAuthenticator();
            bench.Authenticator = authenticator;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "#", 0);
            authenticator.Code = ReasonCode.NotAuthorized;
            int slot = bench.Open();
            bench.Send(slot, Will311);
            bench.ExpectClosed(slot, "20 [ 00 05 ]");
            bench.Expect(watcher, "");
            bench.Finish();
        }

        // Slot 0 is a 3.1.1 client that hears everything.
        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            Assert.AreEqual(0, bench.Subscriber(4, "watcher", "#", 0), "slot");
            return bench;
        }

        private static int Connect(BrokerBench bench, string packet)
        {
            int slot = bench.Open();
            bench.Send(slot, packet);
            bench.Drain(slot);
            Assert.AreEqual(0, (int)bench.Output[3], "refused");
            return slot;
        }

        private static void AssertRefused(BrokerBench bench, string packet, int code)
        {
            int slot = bench.Open();
            bench.Send(slot, packet);
            bench.Drain(slot);
            Assert.AreEqual(0x20, (int)bench.Output[0], "CONNACK");
            Assert.AreEqual(code, (int)bench.Output[3], packet);
            Assert.IsTrue(bench.Broker.WantsClose(slot), "the broker does not close");
            bench.Close(slot);
        }
    }
}
