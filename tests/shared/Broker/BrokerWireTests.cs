#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>What conformance suites and other programs found on the wire.</summary>
    [TestClass]
    public sealed class BrokerWireTests
    {
        // 3.1.1 [MQTT-3.1.2-2] [MQTT-3.3.5-2]
        [TestMethod]
        public void BridgeOfMosquitto_FallsBackTo311_AndItsWillAtSysIsTaken()
        {
            BrokerBench bench = Bench();
            bench.Limits.MaxClientIdLength = 36;
            int first = bench.Open();
            bench.Send(first, "10 [ `MQTT` 84 2e 00 3c `local.bridge` "
                + "`$SYS/broker/connection/host.bridge/state` `0` ]");
            bench.ExpectClosed(first, "20 02 00 01");
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 2e 00 3c `local.bridge` "
                + "`$SYS/broker/connection/host.bridge/state` `0` ]");
            bench.Expect(slot, BrokerBench.Connack311);
            int five = bench.Open();
            bench.Send(five, "10 [ `MQTT` 05 2e 00 3c [ ] `five` [ ] `$SYS/state` `0` ]");
            bench.Expect(five, BrokerBench.Connack5);
            int watcher = bench.Subscriber(4, "watcher", "$SYS/#", 0);
            bench.Send(slot, "31 [ `$SYS/broker/connection/host.bridge/state` '1' ]");
            bench.Close(slot);
            bench.Close(five);
            bench.Expect(watcher, "");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Retained), "not retained");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "not kept");
            bench.Finish();
        }

        [TestMethod]
        public void NamesThatOnlyBeginLikeSys_AreOrdinary()
        {
            // Findings: "$SYSTEM" taken for "$SYS" was not noticed.
            string[] names = { "$SYSTEM", "$SYSTEM/a", "$SYS2/a", "$SY", "$S", "$sys/a", "$" };
            BrokerBench bench = Bench();
            int watcher = bench.Connect(4, "watcher");
            int five = bench.Connect(5, "five");
            for (int i = 0; i < names.Length; i++)
            {
                bench.Subscribe(watcher, 4, names[i], 0);
                bench.Send(five, "32 [ `" + names[i] + "` 00 07 [ ] 'x' ]");
                bench.Expect(five, "40 [ 00 07 ]");
                bench.Expect(watcher, "30 [ `" + names[i] + "` 'x' ]");
                int will = bench.Open();
                bench.Send(will, "10 [ `MQTT` 04 06 00 00 `w` `" + names[i] + "` `gone` ]");
                bench.Drain(will);
                bench.Close(will);
                bench.Expect(watcher, "30 [ `" + names[i] + "` 'gone' ]");
                bench.Send(watcher, "a2 [ 00 01 `" + names[i] + "` ]");
                bench.Expect(watcher, "b0 [ 00 01 ]");
            }

            bench.Send(five, "32 [ `$SYS` 00 07 [ ] 'x' ] 32 [ `$SYS/a` 00 08 [ ] 'x' ]");
            bench.Expect(five, "40 [ 00 07 87 ] 40 [ 00 08 87 ]");
            bench.Finish();
        }

        // 3.1.1 [MQTT-4.3.2-2]
        [TestMethod]
        public void AnswersBeforeDisconnect_AreSent_MQTT_4_3_2_4()
        {
            AssertAnswered(4, "32 [ `a` 00 01 'x' ] e0 00", "40 [ 00 01 ]");
            AssertAnswered(5, "32 [ `a` 00 01 [ ] 'x' ] e0 00", "40 [ 00 01 10 ]");
            AssertAnswered(4, "82 [ 00 02 `a` 00 ] e0 00", "90 [ 00 02 00 ]");
            AssertAnswered(4, "82 [ 00 02 `a` 00 `b` 00 ] e0 00", "90 [ 00 02 00 00 ]");
            AssertAnswered(5, "a2 [ 00 03 [ ] `a` ] e0 00", "b0 [ 00 03 [ ] 11 ]");
            AssertAnswered(4, "c0 00 c0 00 e0 00", "d0 00 d0 00");
            AssertAnswered(5, "82 [ 00 02 [ ] `a` 00 ] 32 [ `a` 00 01 [ ] 'x' ] e0 00",
                "90 [ 00 02 [ ] 00 ] 40 [ 00 01 ]");
            BrokerBench bench = Bench();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 02 00 00 `c` ] c0 00 e0 00");
            bench.ExpectClosed(slot, "20 [ 00 00 ] d0 00");
            slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ ] `c` ] e0 00");
            bench.ExpectClosed(slot, BrokerBench.Connack5);
            bench.Finish();
        }

        // [MQTT-4.7.1-2] [MQTT-4.7.3-1]
        // 3.1.1 [MQTT-4.7.1-2] [MQTT-4.7.1-3] [MQTT-4.7.3-1]
        [TestMethod]
        public void IllFormedFilters_Close_MQTT_4_7_1_1()
        {
            string[] filters = { "", "ab/+e", "a#", "#/a", "a/#/b", "+a", "a/b+", "++", "##" };
            for (int i = 0; i < filters.Length; i++)
            {
                AssertIllFormed(filters[i]);
            }
        }

        // [MQTT-3.3.2-2] [MQTT-4.7.0-1]
        // 3.1.1 [MQTT-4.7.1-1]
        [TestMethod]
        public void WildcardInATopicName_Malformed_V311Silent_MQTT_3_3_2_2()
        {
            string[] names = { "a/+", "#", "a+b", "+/a" };
            for (int i = 0; i < names.Length; i++)
            {
                AssertWildcard(names[i]);
            }
        }

        // [MQTT-4.3.3-4] [MQTT-3.6.2-1]
        [TestMethod]
        public void FailingPubrec_IsNotAnswered_Section_4_3_3()
        {
            BrokerBench bench = Bench();
            int five = bench.Connect(5, "five");
            bench.Send(five, "50 [ 00 01 80 ] 50 [ 00 02 97 00 ] c0 00");
            bench.Expect(five, "d0 00");
            bench.Send(five, "50 [ 00 03 10 ] 50 [ 00 04 ] 50 [ 00 05 00 ]");
            bench.Expect(five, "62 [ 00 03 92 ] 62 [ 00 04 92 ] 62 [ 00 05 92 ]");
            bench.Finish();
        }

        [TestMethod]
        public void KeepAlive_DoesNotRunWhileTheBrokerDoesNotRead()
        {
            BrokerBench bench = Bench();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 0a [ ] `c` ]");
            bench.Drain(slot);
            byte[] flood = Wire.Parse("32 [ `a` 00 01 [ ] 'x' ] 32 [ `a` 00 02 [ ] 'x' ] "
                + "32 [ `a` 00 03 [ ] 'x' ] 32 [ `a` 00 04 [ ] 'x' ] 32 [ `a` 00 05 [ ] 'x' ]");
            Assert.AreEqual(flood.Length, bench.Offer(slot, flood, 0, flood.Length), "taken");
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(slot), "not read any more");
            bench.Pass(28000);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "it waits for the broker");
            bench.Expect(slot, "40 [ 00 01 10 ] 40 [ 00 02 10 ] 40 [ 00 03 10 ] 40 [ 00 04 10 ] "
                + "40 [ 00 05 10 ]");
            bench.Pass(14900);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "its time began anew");
            bench.Pass(200);
            bench.ExpectDisconnect(slot, ReasonCode.KeepAliveTimeout);
            bench.Finish();
        }

        [TestMethod]
        public void MaxKeepAlive_V311WithALongerOneIsRefusedWith2()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.MaxKeepAliveS = 30;
            bench.Start();
            string[] keepAlives = { "00 1f", "00 00", "ff ff" };
            for (int i = 0; i < keepAlives.Length; i++)
            {
                int slot = bench.Open();
                bench.Send(slot, "10 [ `MQTT` 04 02 " + keepAlives[i] + " `c` ]");
                bench.ExpectClosed(slot, "20 [ 00 02 ]");
            }

            int good = bench.Open();
            bench.Send(good, "10 [ `MQTT` 04 02 00 1e `c` ]");
            bench.Expect(good, BrokerBench.Connack311);
            bench.Finish();
        }

        private static void AssertAnswered(int version, string packets, string answers)
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(version, "c");
            bench.Send(slot, packets);
            bench.ExpectClosed(slot, answers);
            bench.Finish();
        }

        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            return bench;
        }

        private static void AssertIllFormed(string filter)
        {
            BrokerBench bench = Bench();
            int five = bench.Connect(5, "five");
            bench.Send(five, "82 [ 00 01 [ ] `good` 00 `" + filter + "` 00 ]");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "none is made");
            bench.ExpectDisconnect(five, ReasonCode.MalformedPacket);
            five = bench.Connect(5, "five");
            bench.Send(five, "a2 [ 00 01 [ ] `good` `" + filter + "` ]");
            bench.ExpectDisconnect(five, ReasonCode.MalformedPacket);
            int old = bench.Connect(4, "old");
            bench.Send(old, "82 [ 00 01 `good` 00 `" + filter + "` 00 ]");
            bench.ExpectClosed(old, "");
            old = bench.Connect(4, "old");
            bench.Send(old, "a2 [ 00 01 `" + filter + "` ]");
            bench.ExpectClosed(old, "");
            Assert.AreEqual(4L, bench.Counted(Counter.ProtocolErrors), filter);
            bench.Finish();
        }

        private static void AssertWildcard(string name)
        {
            BrokerBench bench = Bench();
            int old = bench.Connect(4, "old");
            bench.Send(old, "30 [ `" + name + "` 'x' ]");
            bench.ExpectClosed(old, "");
            int five = bench.Connect(5, "five");
            bench.Send(five, "32 [ `" + name + "` 00 01 [ ] 'x' ]");
            bench.ExpectDisconnect(five, ReasonCode.MalformedPacket);
            bench.Finish();
        }
    }
}
