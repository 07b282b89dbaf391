#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>Retained Messages: kept, replaced, removed and sent to new subscriptions.</summary>
    [TestClass]
    public sealed class BrokerRetainTests
    {
        // [MQTT-3.3.1-8] [MQTT-3.3.1-9]
        // 3.1.1 [MQTT-3.3.1-6] [MQTT-3.3.1-8] [MQTT-3.3.1-12]
        [TestMethod]
        public void Retained_IsSentToANewSubscription_MQTT_3_3_1_6()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "31 [ `a/b` 'one' ] 30 [ `a/b` 'two' ]");
            bench.Expect(0, "");
            AssertReplay(bench, 4, "a/b", 0, "31 [ `a/b` 'one' ]");
            AssertReplay(bench, 5, "a/b", 0, "31 [ `a/b` [ ] 'one' ]");
            AssertReplay(bench, 4, "a/+", 0, "31 [ `a/b` 'one' ]");
            AssertReplay(bench, 4, "#", 0, "31 [ `a/b` 'one' ]");
            AssertReplay(bench, 4, "a/b/#", 0, "31 [ `a/b` 'one' ]");
            AssertReplay(bench, 4, "a", 0, "");
            AssertReplay(bench, 4, "+", 0, "");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.3.1-7] [MQTT-3.3.1-5]
        [TestMethod]
        public void Retained_NewerOneReplaces_MQTT_3_3_1_5()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "31 [ `a` 'one' ] 31 [ `a` 'two' ]");
            AssertReplay(bench, 4, "a", 0, "31 [ `a` 'two' ]");
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.StoredMessages), "stored");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.3.1-10] [MQTT-3.3.1-11]
        [TestMethod]
        public void Retained_EmptyPayloadRemoves_MQTT_3_3_1_6_MQTT_3_3_1_7()
        {
            BrokerBench bench = Bench();
            int watcher = bench.Subscriber(4, "watcher", "a", 0);
            bench.Send(0, "31 [ `a` 'one' ] 31 [ `a` ] 31 [ `a` ]");
            bench.Expect(watcher, "30 [ `a` 'one' ] 30 [ `a` ] 30 [ `a` ]");
            AssertReplay(bench, 4, "a", 0, "");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "stored");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.3.1-9]
        [TestMethod]
        public void Retained_ReachesExistingSubscriptionsWithoutTheFlag_MQTT_3_3_1_12()
        {
            BrokerBench bench = Bench();
            int old = bench.Subscriber(4, "old", "a", 0);
            int five = bench.Subscriber(5, "five", "a", 0);
            bench.Send(0, "31 [ `a` 'x' ]");
            bench.Expect(old, "30 [ `a` 'x' ]");
            bench.Expect(five, "30 [ `a` [ ] 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void RetainAsPublished_KeepsTheFlag_MQTT_3_3_1_13()
        {
            BrokerBench bench = Bench();
            int five = bench.Subscriber(5, "five", "a", SubscriptionOptions.RetainAsPublished);
            bench.Send(0, "31 [ `a` 'x' ] 30 [ `a` 'y' ] 31 [ `a` ]");
            bench.Expect(five, "31 [ `a` [ ] 'x' ] 30 [ `a` [ ] 'y' ] 31 [ `a` [ ] ]");
            bench.Finish();
        }

        [TestMethod]
        public void RetainAsPublished_OfANoLocalFilter_IsNotForOwnMessages_MQTT_3_3_1_12()
        {
            BrokerBench bench = Bench();
            int five = bench.Subscriber(5, "five", "#", 0);
            bench.Send(five, "82 [ 00 01 [ ] `a` 0C ]");
            bench.Expect(five, "90 [ 00 01 [ ] 00 ]");
            bench.Send(five, "31 [ `a` [ ] 'x' ]");
            bench.Expect(five, "30 [ `a` [ ] 'x' ]");
            bench.Send(0, "31 [ `a` 'y' ]");
            bench.Expect(five, "31 [ `a` [ ] 'y' ]");
            bench.Finish();
        }

        [TestMethod]
        public void RetainHandling0_SendsAtEverySubscribe_MQTT_3_3_1_9()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "31 [ `a` 'x' ]");
            int five = bench.Connect(5, "five");
            for (int i = 0; i < 3; i++)
            {
                bench.Send(five, "82 [ 00 01 [ ] `a` 00 ]");
                bench.Expect(five, "90 [ 00 01 [ ] 00 ] 31 [ `a` [ ] 'x' ]");
            }

            bench.Finish();
        }

        [TestMethod]
        public void RetainHandling1_SendsOnlyToANewSubscription_MQTT_3_3_1_10()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "31 [ `a` 'x' ]");
            int five = bench.Connect(5, "five");
            bench.Send(five, "82 [ 00 01 [ ] `a` 10 ] 82 [ 00 02 [ ] `a` 10 ]");
            bench.Expect(five,
                "90 [ 00 01 [ ] 00 ] 90 [ 00 02 [ ] 00 ] 31 [ `a` [ ] 'x' ]");
            bench.Send(five, "82 [ 00 02 [ ] `a` 10 ]");
            bench.Expect(five, "90 [ 00 02 [ ] 00 ]");
            bench.Send(five, "a2 [ 00 03 [ ] `a` ] 82 [ 00 04 [ ] `a` 10 ]");
            bench.Expect(five,
                "b0 [ 00 03 [ ] 00 ] 90 [ 00 04 [ ] 00 ] 31 [ `a` [ ] 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void RetainHandling2_NeverSends_MQTT_3_3_1_11()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "31 [ `a` 'x' ]");
            int five = bench.Connect(5, "five");
            bench.Send(five, "82 [ 00 01 [ ] `a` 20 ] 82 [ 00 02 [ ] `a` 28 ]");
            bench.Expect(five, "90 [ 00 01 [ ] 00 ] 90 [ 00 02 [ ] 00 ]");
            bench.Finish();
        }

        [TestMethod]
        public void V311_EverySubscribeIsAnswered_MQTT_3_8_4_3()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "31 [ `a` 'x' ]");
            int old = bench.Connect(4, "old");
            bench.Send(old, "82 [ 00 01 `a` 00 ] 82 [ 00 02 `a` 00 ]");
            // What is retained comes behind both answers, and once: none was sent before.
            bench.Expect(old, "90 [ 00 01 00 ] 90 [ 00 02 00 ] 31 [ `a` 'x' ]");
            bench.Send(old, "82 [ 00 03 `a` 00 ]");
            bench.Expect(old, "90 [ 00 03 00 ] 31 [ `a` 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void SeveralFilters_EachIsReplayedAfterTheSuback()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "31 [ `a` 'x' ] 31 [ `b` 'y' ]");
            int old = bench.Connect(4, "old");
            bench.Send(old, "82 [ 00 01 `b` 00 `$share/g/a` 00 `a` 00 `+` 00 ]");
            // The newest subscription comes first.
            bench.Expect(old, "90 [ 00 01 00 80 00 00 ] 31 [ `a` 'x' ] 31 [ `b` 'y' ] "
                + "31 [ `a` 'x' ] 31 [ `b` 'y' ]");
            bench.Finish();
        }

        [TestMethod]
        public void RefusedFilter_IsNotReplayed()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxSubscriptionsPerClient = 1;
            bench.Start();
            bench.Connect(4, "publisher");
            bench.Send(0, "31 [ `a` 'x' ] 31 [ `b` 'y' ]");
            int five = bench.Connect(5, "five");
            bench.Send(five, "82 [ 00 01 [ ] `a` 00 `b` 00 ]");
            bench.Expect(five, "90 [ 00 01 [ ] 00 97 ] 31 [ `a` [ ] 'x' ]");
            bench.Finish();
        }

        // 3.1.1 [MQTT-4.7.2-1]
        [TestMethod]
        public void DollarNames_OnlyForFiltersThatNameThem_MQTT_4_7_2_1()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "31 [ `$x/a` '1' ] 31 [ `b/$x` '2' ]");
            AssertReplay(bench, 4, "#", 0, "31 [ `b/$x` '2' ]");
            AssertReplay(bench, 4, "+/a", 0, "");
            AssertReplay(bench, 4, "$x/#", 0, "31 [ `$x/a` '1' ]");
            bench.Send(0, "31 [ `$x/a` ]");
            bench.Finish();
        }

        [TestMethod]
        public void RetainNotAvailable_V5IsTold_V311Closed_MQTT_3_2_2_14()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.RetainAvailable = false;
            bench.Start();
            int old = bench.Connect(4, "old");
            bench.Send(old, "31 [ `a` 'x' ]");
            bench.ExpectClosed(old, "");
            int five = bench.Connect(5, "five");
            bench.Send(five, "31 [ `a` [ ] 'x' ]");
            bench.ExpectDisconnect(five, ReasonCode.RetainNotSupported);
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.3.1-7]
        [TestMethod]
        public void TooManyOrTooLarge_IsDeliveredButNotRetained()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxRetainedMessages = 2;
            bench.Limits.MaxRetainedBytes = 40;
            bench.Start();
            int slot = bench.Subscriber(4, "c", "#", 0);
            bench.Send(slot, "31 [ `a` *20 ] 31 [ `b` *20 ]");
            bench.Expect(slot, "30 [ `a` *20 ] 30 [ `b` *20 ]");
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Retained), "23 + 23 is over 40");
            Assert.AreEqual(1L, bench.Counted(Counter.LimitRetained), "counted");
            Assert.IsTrue(bench.Events.Last == BrokerEvent.PublishRefused, "observer");
            bench.Send(slot, "31 [ `a` *37 ] 31 [ `a` *38 ]");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitRetained), "40 fits, 41 does not");
            bench.Send(slot, "31 [ `a` 'x' ] 31 [ `b` 'x' ] 31 [ `c` 'x' ]");
            bench.Drain(slot);
            Assert.AreEqual(2L, bench.Broker.SysValue(SysTopics.Retained), "two of three");
            Assert.AreEqual(3L, bench.Counted(Counter.LimitRetained), "counted");
            bench.Send(slot, "31 [ `a` ] 31 [ `c` 'x' ]");
            bench.Drain(slot);
            Assert.AreEqual(2L, bench.Broker.SysValue(SysTopics.Retained), "room again");
            Assert.AreEqual(3L, bench.Counted(Counter.LimitRetained), "not counted");
            bench.Finish();
        }

        [TestMethod]
        public void RetainedWhileWaiting_StaysUntilBothAreDone()
        {
            BrokerBench bench = Bench();
            int slow = bench.Subscriber(4, "slow", "a", 0);
            bench.Send(0, "31 [ `a` 'one' ] 31 [ `a` 'two' ] 31 [ `a` ]");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Retained), "retained");
            bench.Expect(slow, "30 [ `a` 'one' ] 30 [ `a` 'two' ] 30 [ `a` ]");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "stored");
            bench.Finish();
        }

        // Slot 0 is a 3.1.1 publisher.
        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            bench.Connect(4, "publisher");
            return bench;
        }

        private static void AssertReplay(
            BrokerBench bench, int version, string filter, int options, string expected)
        {
            int slot = bench.Connect(version, "replay");
            bool isV5 = version == ProtocolVersion.V5;
            bench.Send(slot, "82 [ 00 01 " + (isV5 ? "[ ] `" : "`") + filter + "` "
                + Wire.Hex(options) + " ]");
            bench.Expect(slot, (isV5 ? "90 [ 00 01 [ ] 00 ]" : "90 [ 00 01 00 ]") + expected);
            bench.Close(slot);
        }
    }
}
