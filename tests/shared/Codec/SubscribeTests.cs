#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Codec.Client;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// SUBSCRIBE. Statement numbers are those of MQTT 5.0 where the method does not say V311.
    /// </summary>
    [TestClass]
    public sealed class SubscribeTests
    {
        private const byte Malformed = ReasonCode.MalformedPacket;
        private const byte ProtocolError = ReasonCode.ProtocolError;
        private const byte V311 = ProtocolVersion.V311;
        private const byte V5 = ProtocolVersion.V5;

        [TestMethod]
        public void V311_TwoFilters_AreRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"82 0e          // SUBSCRIBE
                  00 0a          // Packet Identifier 10
                  00 03 'a/b' 01 // QoS 1
                  00 03 'c/#' 02 // QoS 2",
                V311, 1);
            SubscribePacket subscribe = bench.Subscribe;
            Assert.AreEqual(10, subscribe.PacketId, "Packet Identifier");
            Assert.AreEqual(2, subscribe.FilterCount, "filters");
            NextIs(subscribe, packet, "a/b", 1);
            NextIs(subscribe, packet, "c/#", 2);
            Assert.IsFalse(subscribe.Next(), "no third filter");
            Assert.IsFalse(subscribe.Next(), "and none later");
            subscribe.Rewind();
            NextIs(subscribe, packet, "a/b", 1);
        }

        [TestMethod]
        public void V5_AllOptionsAndProperties_AreRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"82 20                  // SUBSCRIBE
                  ff ff                  // Packet Identifier 65,535
                  0b                     // Property Length 11
                  0b ff ff 7f            // Subscription Identifier 2,097,151
                  26 00 01 'k' 00 01 'v' // User Property
                  00 01 '#' 2e           // Retain Handling 2, Retain As Published, No Local, QoS 2
                  00 0b '$share/g/+x' 18 // Retain Handling 1, Retain As Published, QoS 0",
                V5, 1);
            SubscribePacket subscribe = bench.Subscribe;
            Assert.AreEqual(65535, subscribe.PacketId, "Packet Identifier");
            Assert.AreEqual(2097151L,
                subscribe.Properties.Number(PropertyId.SubscriptionIdentifier), "identifier");
            NextIs(subscribe, packet, "#", 0x2E);
            Assert.AreEqual(2, subscribe.Options & SubscriptionOptions.QosMask, "QoS");
            Assert.IsTrue((subscribe.Options & SubscriptionOptions.NoLocal) != 0, "No Local");
            Assert.AreEqual(2, (subscribe.Options & SubscriptionOptions.RetainHandlingMask)
                >> SubscriptionOptions.RetainHandlingShift, "Retain Handling");
            NextIs(subscribe, packet, "$share/g/+x", 0x18);
            Assert.IsFalse(subscribe.Next(), "no third filter");
        }

        [TestMethod]
        public void InvalidAndEmptyFilters_AreReadForWhoeverKeepsTopicsToJudge()
        {
            new PacketBench().Good("82 08 00 01 00 03 'a#b' 00", V311, 0);
            new PacketBench().Good("82 06 00 01 00 00 00 00", V5, 0);
        }

        // 3.1.1 [MQTT-2.3.1-1]
        [TestMethod]
        public void Subscribe_PacketIdZero_IsProtocolError_MQTT_2_2_1_3()
        {
            new PacketBench().Bad("82 06 00 00 00 01 'a' 00", V311, ProtocolError, "MQTT-2.2.1-3]");
            new PacketBench().Bad(
                "82 07 00 00 00 00 01 'a' 00", V5, ProtocolError, "MQTT-2.2.1-3]");
            new PacketBench().Bad("82 01 00", V311, Malformed, "cut short");
        }

        // 3.1.1 [MQTT-3.8.3-1]
        [TestMethod]
        public void Subscribe_FilterNotUtf8_IsMalformed_MQTT_3_8_3_1()
        {
            new PacketBench().Bad("82 07 00 01 00 02 c1 81 00", V311, Malformed, "MQTT-3.8.3-1]");
            new PacketBench().Bad(
                "82 08 00 01 00 00 02 'a' 00 00", V5, Malformed, "MQTT-3.8.3-1]");
            new PacketBench().Bad(
                "82 0c 00 01 00 00 01 'a' 00 00 02 c2 41 00", V5, Malformed, "MQTT-3.8.3-1]");
        }

        // 3.1.1 [MQTT-3.8.3-3]
        [TestMethod]
        public void Subscribe_NoFilter_IsProtocolError_MQTT_3_8_3_2()
        {
            new PacketBench().Bad("82 02 00 01", V311, ProtocolError, "MQTT-3.8.3-2]");
            new PacketBench().Bad("82 03 00 01 00", V5, ProtocolError, "MQTT-3.8.3-2]");
        }

        [TestMethod]
        public void Subscribe_FilterCut_IsMalformed_MQTT_3_8_3_2()
        {
            new PacketBench().Bad("82 03 00 01 00", V311, Malformed, "MQTT-3.8.3-2]");
            new PacketBench().Bad("82 05 00 01 00 01 'a'", V311, Malformed, "MQTT-3.8.3-2]");
            new PacketBench().Bad("82 06 00 01 00 02 'a' 00", V311, Malformed, "MQTT-3.8.3-2]");
            new PacketBench().Bad("82 08 00 01 00 ff ff 'a' 00 00", V5, Malformed, "MQTT-3.8.3-2]");
        }

        [TestMethod]
        public void Subscribe_NoLocalOnSharedSubscription_IsProtocolError_MQTT_3_8_3_4()
        {
            new PacketBench().Bad(
                "82 10 00 01 00 00 0a '$share/g/t' 04", V5, ProtocolError, "MQTT-3.8.3-4]");
            new PacketBench().Good("82 10 00 01 00 00 0a '$share/g/t' 02", V5, 0);

            // Ordinary filters that only begin alike.
            new PacketBench().Good("82 10 00 01 00 00 0a '$sharE/g/t' 04", V5, 0);
            new PacketBench().Good("82 0c 00 01 00 00 06 '$share' 04", V5, 0);
        }

        [TestMethod]
        public void Subscribe_V311QosNot012_IsMalformed_MQTT_3_8_3_4()
        {
            for (int qos = 3; qos < 256; qos++)
            {
                byte[] body = Hex.Parse("00 01 00 01 'a' 00");
                body[5] = (byte)qos;
                SubscribePacket subscribe = new SubscribePacket();
                byte code = subscribe.Decode(body, 0, 6, 0x82, V311);
                Assert.AreEqual(Malformed, code, "Requested QoS");
                Assert.IsTrue(subscribe.Violation.IndexOf("[MQTT-3.8.3-4]") > 0, "words");
            }
        }

        [TestMethod]
        public void Subscribe_ReservedOption_IsMalformed_MQTT_3_8_3_5()
        {
            new PacketBench().Bad(
                "82 07 00 01 00 00 01 'a' 40", V5, Malformed, "MQTT-3.8.3-5]");
            new PacketBench().Bad(
                "82 07 00 01 00 00 01 'a' 80", V5, Malformed, "MQTT-3.8.3-5]");
        }

        [TestMethod]
        public void Subscribe_Qos3OrRetainHandling3_IsProtocolError()
        {
            new PacketBench().Bad("82 07 00 01 00 00 01 'a' 03", V5, ProtocolError, "3.8.3.1");
            new PacketBench().Bad("82 07 00 01 00 00 01 'a' 30", V5, ProtocolError, "3.8.3.1");
        }

        [TestMethod]
        public void Subscribe_SubscriptionIdentifierZeroOrTwice_IsProtocolError()
        {
            new PacketBench().Bad(
                "82 09 00 01 02 0b 00 00 01 'a' 00", V5, ProtocolError, "is 0");
            new PacketBench().Bad(
                "82 0b 00 01 04 0b 01 0b 02 00 01 'a' 00", V5, ProtocolError, "more than once");
        }

        [TestMethod]
        public void AppendFilter_BuildsAPayload()
        {
            byte[] filter = Hex.Parse("'xa/bx'");
            byte[] target = new byte[16];
            int end = SubscribeEncoder.AppendFilter(target, 2, 6, filter, 1, 3, 0x2D);
            Hex.AssertBytes(Hex.Parse("00 03 'a/b' 2d"), target, 2, end - 2, "payload");
            Assert.AreEqual(-1, SubscribeEncoder.AppendFilter(target, 2, 5, filter, 1, 3, 0), "5");
            Assert.AreEqual(-1, SubscribeEncoder.AppendFilter(
                target, 2, 100000, filter, 0, 65536, 0), "too long for its length");
        }

        private static void NextIs(
            SubscribePacket subscribe, byte[] packet, string filter, int options)
        {
            Assert.IsTrue(subscribe.Next(), "a filter");
            Hex.AssertText(
                filter, packet, subscribe.FilterOffset, subscribe.FilterLength, "filter");
            Assert.AreEqual(options, (int)subscribe.Options, "options of " + filter);
        }
    }
}
