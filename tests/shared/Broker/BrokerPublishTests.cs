#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>PUBLISH: what is routed, what is answered, what is refused.</summary>
    [TestClass]
    public sealed class BrokerPublishTests
    {
        // [MQTT-2.2.1-2] [MQTT-2.2.2-1] [MQTT-3.3.2-3] [MQTT-4.3.1-1]
        // 3.1.1 [MQTT-3.3.4-1] [MQTT-2.3.1-5] [MQTT-3.3.2-3] [MQTT-4.3.1-1] [MQTT-3.3.2-1]
        [TestMethod]
        public void Publish_ReachesBothVersions_MQTT_3_3_4_1()
        {
            BrokerBench bench = Bench();
            int old = bench.Subscriber(4, "old", "a/+", 0);
            int five = bench.Subscriber(5, "five", "a/#", 0);
            bench.Subscriber(4, "other", "b", 0);
            bench.Send(old, "30 [ `a/b` 'from 3.1.1' ]");
            bench.Send(five, "30 [ `a/b` [ ] 'from 5.0' ]");
            bench.Expect(old, "30 [ `a/b` 'from 3.1.1' ] 30 [ `a/b` 'from 5.0' ]");
            bench.Expect(five, "30 [ `a/b` [ ] 'from 3.1.1' ] 30 [ `a/b` [ ] 'from 5.0' ]");
            bench.Finish();
        }

        // [MQTT-3.3.2-4] [MQTT-3.3.2-15] [MQTT-3.3.2-16] [MQTT-3.3.2-18] [MQTT-3.3.2-20]
        [TestMethod]
        public void Publish_AllProperties_GoOnUnalteredAndInOrder_MQTT_3_3_2_17()
        {
            BrokerBench bench = Bench();
            int old = bench.Subscriber(4, "old", "a", 0);
            int five = bench.Subscriber(5, "five", "a", 0);
            string packet = "30 [ `a` [ 26 `k2` `v` 01 01 08 `r/t` 26 `k1` `` 09 00 03 00 ff 80 "
                + "03 `text/plain` 26 `k2` `v` ] 00 ff ]";
            bench.Send(five, packet);
            bench.Expect(five, packet);
            bench.Expect(old, "30 [ `a` 00 ff ]");
            bench.Finish();
        }

        [TestMethod]
        public void Publish_PropertiesOf128Bytes_TakeALongerLength()
        {
            BrokerBench bench = Bench();
            int five = bench.Subscriber(5, "five", "a", 0);
            for (int size = 115; size < 130; size++)
            {
                string packet = "30 [ `a` [ 26 `k` " + "00 " + Wire.Hex(size) + " *"
                    + size.ToString() + " ] *3 ]";
                bench.Send(five, packet);
                bench.Expect(five, packet);
            }

            bench.Finish();
        }

        [TestMethod]
        public void Publish_EveryPayloadSize_ArrivesWhole()
        {
            BrokerBench bench = Bench();
            int old = bench.Subscriber(4, "old", "a", 0);
            int five = bench.Subscriber(5, "five", "a", 0);
            for (int size = 0; size < 500; size += size < 260 ? 1 : 7)
            {
                string text = size.ToString();
                bench.Send(old, "30 [ `a` *" + text + " ]");
                bench.Expect(old, "30 [ `a` *" + text + " ]");
                bench.Expect(five, "30 [ `a` [ ] *" + text + " ]");
            }

            bench.Finish();
        }

        // [MQTT-2.2.1-5] [MQTT-3.2.2-10] [MQTT-3.8.4-8] [MQTT-3.3.4-1]
        // 3.1.1 [MQTT-2.3.1-6] [MQTT-4.3.2-2] [MQTT-3.8.4-6] [MQTT-3.3.4-1]
        [TestMethod]
        public void Qos1_IsAcknowledgedAndDeliveredAtQos0_MQTT_4_3_2_4()
        {
            BrokerBench bench = Bench();
            int old = bench.Subscriber(4, "old", "a", 1);
            int five = bench.Subscriber(5, "five", "a", 2);
            bench.Send(old, "32 [ `a` 12 34 'x' ] 3a [ `a` 12 35 'y' ]");
            bench.Expect(old, "30 [ `a` 'x' ] 40 [ 12 34 ] 30 [ `a` 'y' ] 40 [ 12 35 ]");
            bench.Expect(five, "30 [ `a` [ ] 'x' ] 30 [ `a` [ ] 'y' ]");
            bench.Send(five, "32 [ `a` ff ff [ ] 'z' ]");
            bench.Expect(five, "30 [ `a` [ ] 'z' ] 40 [ ff ff ]");
            bench.Finish();
        }

        // [MQTT-3.4.2-1]
        [TestMethod]
        public void Qos1_WithoutSubscribers_V5IsToldSo()
        {
            BrokerBench bench = Bench();
            int old = bench.Connect(4, "old");
            int five = bench.Connect(5, "five");
            bench.Send(old, "32 [ `a` 00 01 'x' ]");
            bench.Expect(old, "40 [ 00 01 ]");
            bench.Send(five, "32 [ `a` 00 01 [ ] 'x' ]");
            bench.Expect(five, "40 [ 00 01 10 ]");
            bench.Finish();
        }

        [TestMethod]
        public void Qos1_WithMaxQos0_V5IsTold_V311Closed_MQTT_3_2_2_11()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.MaxQos = 0;
            bench.Start();
            int old = bench.Connect(4, "old");
            bench.Send(old, "32 [ `a` 00 01 'x' ]");
            bench.ExpectClosed(old, "");
            int five = bench.Open();
            bench.Send(five, "10 [ `MQTT` 05 02 00 00 [ ] `five` ]");
            bench.Drain(five);
            bench.Send(five, "32 [ `a` 00 01 [ ] 'x' ]");
            bench.ExpectDisconnect(five, ReasonCode.QosNotSupported);
            bench.Finish();
        }

        [TestMethod]
        public void Qos2_V5IsTold_V311Closed_MQTT_3_2_2_11()
        {
            BrokerBench bench = Bench();
            int watcher = bench.Subscriber(4, "watcher", "#", 0);
            int old = bench.Connect(4, "old");
            bench.Send(old, "34 [ `a` 00 01 'x' ]");
            bench.ExpectClosed(old, "");
            int five = bench.Connect(5, "five");
            bench.Send(five, "34 [ `a` 00 01 [ ] 'x' ]");
            bench.ExpectDisconnect(five, ReasonCode.QosNotSupported);
            bench.Expect(watcher, "");
            bench.Finish();
        }

        // [MQTT-3.2.2-18] [MQTT-3.3.2-7] [MQTT-3.3.2-9] [MQTT-3.3.2-12]
        [TestMethod]
        public void TopicAlias_IsInvalid_MQTT_3_2_2_17()
        {
            BrokerBench bench = Bench();
            AssertTold(bench, "30 [ `a` [ 23 00 01 ] 'x' ]", ReasonCode.TopicAliasInvalid);
            AssertTold(bench, "30 [ `` [ 23 00 01 ] 'x' ]", ReasonCode.TopicAliasInvalid);
            AssertTold(bench, "30 [ `` [ ] 'x' ]", ReasonCode.ProtocolError);
            bench.Finish();
        }

        [TestMethod]
        public void BrokenPublish_IsTold()
        {
            BrokerBench bench = Bench();
            AssertTold(bench, "36 [ `a` 00 01 [ ] 'x' ]", ReasonCode.MalformedPacket);
            AssertTold(bench, "38 [ `a` [ ] 'x' ]", ReasonCode.MalformedPacket);
            AssertTold(bench, "30 00", ReasonCode.MalformedPacket);
            AssertTold(bench, "30 [ 00 05 'a' ]", ReasonCode.MalformedPacket);
            AssertTold(bench, "30 [ `a` ]", ReasonCode.MalformedPacket);
            AssertTold(bench, "32 [ `a` 00 00 [ ] 'x' ]", ReasonCode.ProtocolError);
            AssertTold(bench, "30 [ `a` [ 0b 01 ] 'x' ]", ReasonCode.ProtocolError);
            AssertTold(bench, "30 [ `a` [ 11 00 00 00 01 ] 'x' ]", ReasonCode.MalformedPacket);
            bench.Finish();
        }

        // [MQTT-4.7.0-1]
        [TestMethod]
        public void TopicNameWithWildcard_IsMalformed_MQTT_3_3_2_2()
        {
            BrokerBench bench = Bench();
            AssertTold(bench, "30 [ `a/+` [ ] 'x' ]", ReasonCode.MalformedPacket);
            AssertTold(bench, "30 [ `#` [ ] 'x' ]", ReasonCode.MalformedPacket);
            bench.Finish();
        }

        // [MQTT-4.7.3-2] [MQTT-1.5.4-1] [MQTT-1.5.4-2]
        [TestMethod]
        public void TopicNameIllFormed_IsMalformed_MQTT_3_3_2_1()
        {
            BrokerBench bench = Bench();
            AssertTold(bench, "30 [ 00 02 c0 80 [ ] 'x' ]", ReasonCode.MalformedPacket);
            AssertTold(bench, "30 [ 00 02 'a' 00 [ ] 'x' ]", ReasonCode.MalformedPacket);
            bench.Finish();
        }

        // [MQTT-4.7.3-3]
        [TestMethod]
        public void TopicNameTooLongOrTooDeep_IsInvalid()
        {
            BrokerBench bench = Bench();
            int watcher = bench.Subscriber(4, "watcher", "#", 0);
            int slot = bench.Connect(5, "five");
            bench.Send(slot, "30 [ 00 40 *64 [ ] 'x' ] 30 [ `///////` [ ] 'y' ]");
            bench.Expect(watcher, "30 [ 00 40 *64 'x' ] 30 [ `///////` 'y' ]");
            bench.Close(slot);
            AssertTold(bench, "30 [ 00 41 *65 [ ] 'x' ]", ReasonCode.TopicNameInvalid);
            AssertTold(bench, "30 [ `////////` [ ] 'x' ]", ReasonCode.TopicNameInvalid);
            bench.Expect(watcher, "");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitTopic), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void PacketTooLarge_IsRefusedBeforeItArrives_MQTT_3_2_2_15()
        {
            BrokerBench bench = Bench();
            int watcher = bench.Subscriber(4, "watcher", "a", 0);
            int slot = bench.Connect(5, "five");
            bench.Send(slot, "30 [ `a` [ ] *505 ]");
            bench.Expect(watcher, "30 [ `a` *505 ]");
            bench.Send(slot, "30 fe 03");
            bench.ExpectDisconnect(slot, ReasonCode.PacketTooLarge);
            Assert.AreEqual(1L, bench.Counted(Counter.LimitPacketSize), "counted");
            bench.Finish();
        }

        // [MQTT-3.6.2-1] [MQTT-3.7.2-1] [MQTT-2.2.1-5] [MQTT-4.3.3-11]
        // 3.1.1 [MQTT-2.3.1-6]
        [TestMethod]
        public void Acknowledgements_AreEndedOrIgnored()
        {
            BrokerBench bench = Bench();
            int old = bench.Connect(4, "old");
            bench.Send(old, "40 [ 00 01 ] 50 [ 00 02 ] 62 [ 00 03 ] 70 [ 00 04 ]");
            bench.Expect(old, "62 [ 00 02 ] 70 [ 00 03 ]");
            int five = bench.Connect(5, "five");
            bench.Send(five, "40 [ 00 01 ] 50 [ 00 02 ] 62 [ 00 03 92 ] 70 [ 00 04 ]");
            bench.Expect(five, "62 [ 00 02 92 ] 70 [ 00 03 92 ]");
            bench.Finish();
        }

        // [MQTT-3.6.1-1] [MQTT-4.12.0-7] [MQTT-4.12.1-2] [MQTT-4.13.1-1]
        [TestMethod]
        public void PacketsThatOnlyAServerSends_AreProtocolErrors_MQTT_2_1_3_1()
        {
            BrokerBench bench = Bench();
            AssertTold(bench, "20 [ 00 00 [ ] ]", ReasonCode.ProtocolError);
            AssertTold(bench, "90 [ 00 01 [ ] 00 ]", ReasonCode.ProtocolError);
            AssertTold(bench, "b0 [ 00 01 [ ] 00 ]", ReasonCode.ProtocolError);
            AssertTold(bench, "d0 00", ReasonCode.ProtocolError);
            AssertTold(bench, "f0 00", ReasonCode.ProtocolError);
            AssertTold(bench, "f0 [ 18 [ 15 `m` ] ]", ReasonCode.ProtocolError);
            AssertTold(bench, "00 00", ReasonCode.MalformedPacket);
            AssertTold(bench, "c1 00", ReasonCode.MalformedPacket);
            AssertTold(bench, "c0 01 00", ReasonCode.MalformedPacket);
            AssertTold(bench, "60 [ 00 01 ]", ReasonCode.MalformedPacket);
            AssertTold(bench, "40 [ 00 00 ]", ReasonCode.ProtocolError);
            bench.Finish();
        }

        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            return bench;
        }

        private static void AssertTold(BrokerBench bench, string packet, int code)
        {
            int slot = bench.Connect(5, "told");
            bench.Send(slot, packet + " c0 00");
            Assert.AreEqual(code, (int)bench.Events.ReasonCode, packet);
            bench.ExpectDisconnect(slot, code);
        }
    }
}
