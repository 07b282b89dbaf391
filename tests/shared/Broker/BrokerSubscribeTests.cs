#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>SUBSCRIBE and UNSUBSCRIBE: a result for every filter.</summary>
    [TestClass]
    public sealed class BrokerSubscribeTests
    {
        // [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-5] [MQTT-3.8.4-7] [MQTT-3.9.3-1]
        // [MQTT-3.9.3-2] [MQTT-2.2.1-6] [MQTT-4.7.3-3]
        [TestMethod]
        public void Subscribe_EveryFilterHasItsCode_V5_MQTT_3_8_4_6()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "82 [ 12 34 [ ] `a` 00 `a/b/c/d/e/f/g/h/i` 01 `$share/g/a` 02 "
                + "00 41 *65 00 `+/b` 2e ]");
            bench.Expect(slot, "90 [ 12 34 [ ] 00 97 9e 97 00 ]");
            Assert.AreEqual(2L, bench.Broker.SysValue(SysTopics.Subscriptions), "made");
            Assert.IsTrue(bench.Events.Last == BrokerEvent.SubscribeRefused, "observer");
            Assert.AreEqual(3, bench.Events.Times[(int)BrokerEvent.SubscribeRefused], "times");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-4] [MQTT-3.9.3-1] [MQTT-3.9.3-2]
        // 3.1.1 [MQTT-2.3.1-7] [MQTT-4.7.3-3]
        [TestMethod]
        public void Subscribe_EveryFilterHasItsCode_V311_MQTT_3_8_4_5()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "82 [ 12 34 `a` 00 `a/b/c/d/e/f/g/h/i` 01 `$share/g/a` 02 "
                + "00 41 *65 00 `+/b` 02 ]");
            bench.Expect(slot, "90 [ 12 34 00 80 80 80 00 ]");
            bench.Finish();
        }

        [TestMethod]
        public void Subscribe_TooDeepOrTooLong_IsOverTheQuota()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "82 [ 00 01 [ ] `a/b/c/d/e/f/g/h` 00 `a/b/c/d/e/f/g/h/i` 00 ]");
            bench.Expect(slot, "90 [ 00 01 [ ] 00 97 ]");
            bench.Send(slot, "82 [ 00 01 [ ] 00 40 *64 00 00 41 *65 00 ]");
            bench.Expect(slot, "90 [ 00 01 [ ] 00 97 ]");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitTopic), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void Subscribe_MoreThanOneClientMay_IsOverTheQuota()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxSubscriptionsPerClient = 2;
            bench.Start();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "82 [ 00 01 [ ] `a` 00 `b` 00 `c` 00 `b` 00 ]");
            bench.Expect(slot, "90 [ 00 01 [ ] 00 00 97 00 ]");
            Assert.AreEqual(1L, bench.Counted(Counter.LimitSubscriptionsPerClient), "counted");
            bench.Send(slot, "a2 [ 00 02 [ ] `a` ] 82 [ 00 03 [ ] `c` 00 ]");
            bench.Expect(slot, "b0 [ 00 02 [ ] 00 ] 90 [ 00 03 [ ] 00 ]");
            bench.Finish();
        }

        [TestMethod]
        public void Subscribe_TableFull_IsOverTheQuota()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxSubscriptions = 2;
            bench.Start();
            int one = bench.Subscriber(5, "one", "a", 0);
            int slot = bench.Connect(5, "two");
            bench.Send(slot, "82 [ 00 01 [ ] `a` 00 `b` 00 ]");
            bench.Expect(slot, "90 [ 00 01 [ ] 00 97 ]");
            Assert.AreEqual(1L, bench.Counted(Counter.LimitSubscriptions), "counted");
            bench.Close(one);
            bench.Send(slot, "82 [ 00 01 [ ] `b` 00 ]");
            bench.Expect(slot, "90 [ 00 01 [ ] 00 ]");
            bench.Finish();
        }

        [TestMethod]
        public void Subscribe_Again_ReplacesTheOptions_MQTT_3_8_4_3()
        {
            BrokerBench bench = Bench();
            int slot = bench.Subscriber(5, "c", "a", SubscriptionOptions.NoLocal);
            bench.Send(slot, "30 [ `a` [ ] '1' ]");
            bench.Expect(slot, "");
            bench.Subscribe(slot, 5, "a", 0);
            bench.Send(slot, "30 [ `a` [ ] '2' ]");
            bench.Expect(slot, "30 [ `a` [ ] '2' ]");
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Subscriptions), "one");
            bench.Finish();
        }

        [TestMethod]
        public void NoLocal_OwnMessagesStayAway_OthersCome_MQTT_3_8_3_3()
        {
            BrokerBench bench = Bench();
            int slot = bench.Subscriber(5, "c", "a", SubscriptionOptions.NoLocal);
            int other = bench.Connect(5, "other");
            bench.Send(slot, "30 [ `a` [ ] '1' ]");
            bench.Send(other, "30 [ `a` [ ] '2' ]");
            bench.Expect(slot, "30 [ `a` [ ] '2' ]");
            bench.Finish();
        }

        [TestMethod]
        public void NoLocalOnASharedSubscription_IsAProtocolError_MQTT_3_8_3_4()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "82 [ 00 01 [ ] `$share/g/a` 04 ]");
            bench.ExpectDisconnect(slot, ReasonCode.ProtocolError);
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.3.5-1]
        [TestMethod]
        public void OverlappingFilters_OneCopy_MQTT_3_3_4_2()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "82 [ 00 01 `a/b` 02 `a/+` 01 `#` 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 00 00 ]");
            bench.Send(slot, "30 [ `a/b` 'x' ]");
            bench.Expect(slot, "30 [ `a/b` 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void SubscriptionIdentifier_IsRefused()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "82 [ 00 01 [ 0b 01 ] `a` 00 ]");
            bench.ExpectDisconnect(slot, ReasonCode.SubscriptionIdentifiersNotSupported);
            bench.Finish();
        }

        // [MQTT-3.8.1-1] [MQTT-3.8.3-1] [MQTT-3.8.3-2] [MQTT-3.8.3-5] [MQTT-3.10.1-1]
        // [MQTT-3.10.3-2] [MQTT-2.2.1-3]
        // 3.1.1 [MQTT-3.8.3-3] [MQTT-3.8.3-4] [MQTT-3.10.3-2] [MQTT-4.8.0-1]
        [TestMethod]
        public void Subscribe_BrokenPackets_Close()
        {
            AssertCloses(4, "82 [ 00 01 ]", ReasonCode.ProtocolError);
            AssertCloses(5, "82 [ 00 01 [ ] ]", ReasonCode.ProtocolError);
            AssertCloses(5, "82 [ 00 00 [ ] `a` 00 ]", ReasonCode.ProtocolError);
            AssertCloses(5, "80 [ 00 01 [ ] `a` 00 ]", ReasonCode.MalformedPacket);
            AssertCloses(5, "82 [ 00 01 [ ] `a` 40 ]", ReasonCode.MalformedPacket);
            AssertCloses(5, "82 [ 00 01 [ ] `a` 03 ]", ReasonCode.ProtocolError);
            AssertCloses(5, "82 [ 00 01 [ ] 00 02 c0 80 00 ]", ReasonCode.MalformedPacket);
            AssertCloses(4, "82 [ 00 01 `a` 04 ]", ReasonCode.MalformedPacket);
            AssertCloses(4, "a2 [ 00 01 ]", ReasonCode.ProtocolError);
            AssertCloses(5, "a0 [ 00 01 [ ] `a` ]", ReasonCode.MalformedPacket);
            AssertCloses(5, "a2 [ 00 01 [ ] 00 05 'a' ]", ReasonCode.MalformedPacket);
        }

        [TestMethod]
        public void Subscribe_BrokenInItsSecondFilter_MakesNoSubscription()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "82 [ 00 01 [ ] `a` 00 `b` ff ]");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "none");
            bench.ExpectDisconnect(slot, ReasonCode.MalformedPacket);
            bench.Finish();
        }

        [TestMethod]
        public void Subscribe_TooManyFilters_Closes()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxFiltersPerPacket = 3;
            bench.Start();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "82 [ 00 01 [ ] `a` 00 `b` 00 `c` 00 ]");
            bench.Expect(slot, "90 [ 00 01 [ ] 00 00 00 ]");
            bench.Send(slot, "a2 [ 00 01 [ ] `a` `b` `c` ]");
            bench.Expect(slot, "b0 [ 00 01 [ ] 00 00 00 ]");
            bench.Send(slot, "82 [ 00 01 [ ] `a` 00 `b` 00 `c` 00 `d` 00 ]");
            bench.ExpectDisconnect(slot, ReasonCode.QuotaExceeded);
            slot = bench.Connect(5, "c");
            bench.Send(slot, "a2 [ 00 01 [ ] `` `` `` `` ]");
            bench.ExpectDisconnect(slot, ReasonCode.QuotaExceeded);
            Assert.AreEqual(2L, bench.Counted(Counter.LimitFilters), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void Unsubscribe_ManyEmptyFilters_AllAnsweredOrRefused()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "c");
            string filters = "a2 [ 00 01 [ ] ";
            for (int i = 0; i < 250; i++)
            {
                filters += "00 00 ";
            }

            bench.Send(slot, filters + "]");
            bench.Drain(slot);
            Assert.IsTrue(bench.Output[0] == 0xB0 || bench.Output[0] == 0xE0, "answered");
            bench.Finish();
        }

        // [MQTT-3.10.4-1] [MQTT-3.10.4-2] [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT-3.10.4-6]
        // [MQTT-3.11.3-2] [MQTT-2.2.1-6]
        [TestMethod]
        public void Unsubscribe_EveryFilterHasItsCode_V5_MQTT_3_11_3_1()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "82 [ 00 01 [ ] `a` 00 `b/+` 00 ]");
            bench.Drain(slot);
            bench.Send(slot, "a2 [ ab cd [ ] `b/c` `b/+` `b/+` `a` `a/b/c/d/e/f/g/h/i` "
                + "00 41 *65 ]");
            bench.Expect(slot, "b0 [ ab cd [ ] 11 00 11 00 11 11 ]");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "none left");
            bench.Send(slot, "30 [ `a` [ ] 'x' ]");
            bench.Expect(slot, "");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.10.4-1] [MQTT-3.10.4-4] [MQTT-3.10.4-6] [MQTT-2.3.1-7]
        [TestMethod]
        public void Unsubscribe_V311_NoCodes_MQTT_3_10_4_5()
        {
            BrokerBench bench = Bench();
            int slot = bench.Subscriber(4, "c", "a", 0);
            bench.Send(slot, "a2 [ 00 07 `a` `x` ] a2 [ 00 08 `a` ]");
            bench.Expect(slot, "b0 [ 00 07 ] b0 [ 00 08 ]");
            bench.Finish();
        }

        [TestMethod]
        public void Subscribe_SubackTooLarge_NothingAfterDisconnect_MQTT_3_14_4_1()
        {
            BrokerBench bench = Bench();
            int publisher = bench.Connect(4, "p");
            bench.Send(publisher, "31 [ `a` 'x' ]");
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 10 ] `c` ]");
            bench.Expect(slot, BrokerBench.Connack5);
            bench.Send(slot, "82 [ 00 01 [ ] `a` 00 `b` 00 `c` 00 `a` 00 `b` 00 `c` 00 `a` 00 "
                + "`b` 00 `c` 00 `a` 00 `b` 00 `c` 00 ]");
            bench.ExpectClosed(slot, "e0 01 97");
            bench.Finish();
        }

        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            return bench;
        }

        private static void AssertCloses(int version, string packet, int code)
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(version, "c");
            bench.Send(slot, packet);
            if (version == ProtocolVersion.V5)
            {
                bench.ExpectDisconnect(slot, code);
            }
            else
            {
                bench.ExpectClosed(slot, "");
            }

            Assert.AreEqual(1L, bench.Counted(Counter.ProtocolErrors), packet);
            bench.Finish();
        }
    }
}
