#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Codec.Client;

namespace EdgeBroker.Tests
{
    // Statement numbers are those of MQTT 5.0.
    [TestClass]
    public sealed class PublishTests
    {
        private const byte Malformed = ReasonCode.MalformedPacket;
        private const byte ProtocolError = ReasonCode.ProtocolError;
        private const byte V311 = ProtocolVersion.V311;
        private const byte V5 = ProtocolVersion.V5;

        // 3.1.1 [MQTT-2.3.1-5] [MQTT-3.3.2-1]
        [TestMethod]
        public void V311_Qos0_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"30 07     // PUBLISH, QoS 0
                  00 03 'a/b'
                  'hi'      // payload",
                V311, 2);
            PublishPacket publish = bench.Publish;
            Assert.AreEqual((byte)0, publish.Qos, "QoS");
            Assert.IsFalse(publish.Retain, "RETAIN");
            Assert.AreEqual(0, publish.PacketId, "Packet Identifier");
            Assert.AreEqual(0, publish.Properties.Length, "properties");
            Hex.AssertText("a/b", packet, publish.TopicOffset, publish.TopicLength, "topic");
            Hex.AssertText("hi", packet, publish.PayloadOffset, publish.PayloadLength, "payload");
        }

        [TestMethod]
        public void V311_Qos2DupRetainNoPayload_IsRead()
        {
            PacketBench bench = new PacketBench();
            bench.Good("3d 05 00 01 't' ff fe", V311, 0);
            PublishPacket publish = bench.Publish;
            Assert.AreEqual((byte)2, publish.Qos, "QoS");
            Assert.IsTrue(publish.Retain, "RETAIN");
            Assert.AreEqual(65534, publish.PacketId, "Packet Identifier");
            Assert.AreEqual(0, publish.PayloadLength, "payload");
        }

        // [MQTT-2.2.2-1]
        [TestMethod]
        public void V5_NoProperties_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good("33 08 00 01 't' 00 0a 00 'xy'", V5, 2);
            PublishPacket publish = bench.Publish;
            Assert.AreEqual((byte)1, publish.Qos, "QoS");
            Assert.IsTrue(publish.Retain, "RETAIN");
            Assert.AreEqual(10, publish.PacketId, "Packet Identifier");
            Assert.AreEqual(0, publish.Properties.Length, "properties");
            Hex.AssertText("xy", packet, publish.PayloadOffset, publish.PayloadLength, "payload");
        }

        [TestMethod]
        public void V5_WithEveryProperty_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"30 2d           // PUBLISH, QoS 0
                  00 01 't'       // Topic Name
                  28              // Property Length 40
                  01 01           // Payload Format Indicator
                  02 ff ff ff ff  // Message Expiry Interval
                  23 00 07        // Topic Alias 7
                  08 00 03 'r/s'  // Response Topic
                  09 00 02 00 ff  // Correlation Data
                  26 00 01 'k' 00 01 'v' // User Property
                  26 00 01 'k' 00 01 'w' // and again, in order
                  03 00 02 't/'   // Content Type
                  '!'             // payload",
                V5, 1);
            PublishPacket publish = bench.Publish;
            PropertySet properties = publish.Properties;
            Assert.AreEqual(40, properties.Length, "Property Length");
            Assert.AreEqual(4294967295L, properties.Number(PropertyId.MessageExpiryInterval), "2");
            Assert.AreEqual(7L, properties.Number(PropertyId.TopicAlias), "alias");
            Assert.AreEqual(1L, properties.Number(PropertyId.PayloadFormatIndicator), "format");
            Hex.AssertText("r/s", packet, properties.TextOffset(PropertyId.ResponseTopic),
                properties.TextLength(PropertyId.ResponseTopic), "Response Topic");
            Hex.AssertText("t/", packet, properties.TextOffset(PropertyId.ContentType),
                properties.TextLength(PropertyId.ContentType), "Content Type");
        }

        [TestMethod]
        public void V5_PropertyLengthOfTwoBytes_IsRead()
        {
            byte[] body = new byte[3 + 2 + 130];
            byte[] head = Hex.Parse("00 01 't' 82 01 03 00 7f");
            System.Array.Copy(head, 0, body, 0, head.Length);
            for (int i = head.Length; i < body.Length; i++)
            {
                body[i] = (byte)'x';
            }

            PublishPacket publish = new PublishPacket();
            byte code = publish.Decode(body, 0, body.Length, 0x30, V5);
            Assert.AreEqual(ReasonCode.Success, code, publish.Violation);
            Assert.AreEqual(130, publish.Properties.Length, "Property Length");
            Assert.AreEqual(0, publish.PayloadLength, "payload");
        }

        [TestMethod]
        public void V5_TopicAliasInsteadOfTopic_IsRead()
        {
            PacketBench bench = new PacketBench();
            bench.Good("30 07 00 00 03 23 00 01 'p'", V5, 1);
            Assert.AreEqual(0, bench.Publish.TopicLength, "topic");
            Assert.AreEqual(1L, bench.Publish.Properties.Number(PropertyId.TopicAlias), "alias");
        }

        [TestMethod]
        public void V5_FromServerWithSubscriptionIdentifiers_IsRead()
        {
            PacketBench bench = new PacketBench();
            bench.Publish.FromServer = true;
            bench.Good("30 0b 00 01 't' 05 0b 01 0b ff 7f 'pq'", V5, 2);
            PropertySet properties = bench.Publish.Properties;
            int first = properties.Find(PropertyId.SubscriptionIdentifier, -1);
            int second = properties.Find(PropertyId.SubscriptionIdentifier, first);
            Assert.AreEqual(1L, properties.NumberAt(PropertyId.SubscriptionIdentifier, first), "1");
            Assert.AreEqual(16383L,
                properties.NumberAt(PropertyId.SubscriptionIdentifier, second), "second");
            Assert.AreEqual(-1,
                properties.Find(PropertyId.SubscriptionIdentifier, second), "no third");
        }

        [TestMethod]
        public void Decode_AfterAFullerPacket_KeepsNothingOfIt()
        {
            PacketBench bench = new PacketBench();
            bench.Good("3b 09 00 01 't' 00 0a 03 23 00 01", V5, 0);
            bench.Good("30 04 00 01 't' 00", V5, 0);
            Assert.AreEqual(0, bench.Publish.PacketId, "Packet Identifier");
            Assert.AreEqual(0, bench.Publish.Properties.Length, "properties");
            Assert.IsFalse(bench.Publish.Properties.Has(PropertyId.TopicAlias), "alias");
            bench.Good("30 07 00 01 't' 03 23 00 01", V5, 0);
            bench.Good("30 03 00 01 't'", V311, 0);
            Assert.AreEqual(0, bench.Publish.Properties.Length, "properties in 3.1.1");
        }

        // 3.1.1 [MQTT-3.3.1-4]
        [TestMethod]
        public void Publish_Qos3_IsMalformed_MQTT_3_3_1_4()
        {
            PublishPacket publish = new PublishPacket();
            byte[] body = Hex.Parse("00 01 't' 00 0a 00");
            Assert.AreEqual(Malformed, publish.Decode(body, 0, 6, 0x36, V5), "5.0");
            Assert.IsTrue(publish.Violation.IndexOf("[MQTT-3.3.1-4]") > 0, publish.Violation);
            Assert.AreEqual(Malformed, publish.Decode(body, 0, 6, 0x3E, V311), "3.1.1");
        }

        // 3.1.1 [MQTT-3.3.1-2]
        [TestMethod]
        public void Publish_DupWithQos0_IsMalformed_MQTT_3_3_1_2()
        {
            new PacketBench().Bad("38 04 00 01 't' 00", V5, Malformed, "MQTT-3.3.1-2]");
            new PacketBench().Bad("39 03 00 01 't'", V311, Malformed, "MQTT-3.3.1-2]");
        }

        // 3.1.1 [MQTT-3.3.2-1]
        [TestMethod]
        public void Publish_NoTopic_IsMalformed_MQTT_3_3_2_1()
        {
            new PacketBench().Bad("30 00", V311, Malformed, "MQTT-3.3.2-1]");
            new PacketBench().Bad("30 01 00", V5, Malformed, "MQTT-3.3.2-1]");
            new PacketBench().Bad("30 04 00 03 'ab'", V311, Malformed, "cut short");
            new PacketBench().Bad("30 04 ff ff 'ab'", V5, Malformed, "cut short");
        }

        // 3.1.1 [MQTT-2.3.1-1]
        [TestMethod]
        public void Publish_PacketIdZero_IsProtocolError_MQTT_2_2_1_3()
        {
            new PacketBench().Bad("32 06 00 01 't' 00 00 00", V5, ProtocolError, "MQTT-2.2.1-3]");
            new PacketBench().Bad("34 05 00 01 't' 00 00", V311, ProtocolError, "MQTT-2.2.1-3]");
        }

        [TestMethod]
        public void Publish_PacketIdCut_IsMalformed()
        {
            new PacketBench().Bad("32 04 00 01 't' 00", V311, Malformed, "Packet Identifier");
            new PacketBench().Bad("32 03 00 01 't'", V5, Malformed, "Packet Identifier");
        }

        // 3.1.1 [MQTT-4.7.3-1]
        [TestMethod]
        public void Publish_EmptyTopic_IsRefused_MQTT_4_7_3_1()
        {
            new PacketBench().Bad("30 03 00 00 'p'", V311, Malformed, "MQTT-4.7.3-1]");
            new PacketBench().Bad("30 04 00 00 00 'p'", V5, ProtocolError, "MQTT-4.7.3-1]");
            new PacketBench().Bad("30 06 00 00 02 01 00 'p'", V5, ProtocolError, "MQTT-4.7.3-1]");
        }

        [TestMethod]
        public void Publish_TopicAliasZero_IsTopicAliasInvalid_MQTT_3_3_2_8()
        {
            new PacketBench().Bad("30 07 00 01 't' 03 23 00 00", V5,
                ReasonCode.TopicAliasInvalid, "MQTT-3.3.2-8]");
        }

        [TestMethod]
        public void Publish_SubscriptionIdentifierFromClient_IsProtocolError_MQTT_3_3_4_6()
        {
            new PacketBench().Bad("30 06 00 01 't' 02 0b 01", V5, ProtocolError, "MQTT-3.3.4-6]");
        }

        [TestMethod]
        public void Publish_NoPropertyLengthInV5_IsMalformed()
        {
            new PacketBench().Bad("30 03 00 01 't'", V5, Malformed, "cut short");
            new PacketBench().Bad("30 04 00 01 't' 80", V5, Malformed, "cut short");
            new PacketBench().Bad("30 04 00 01 't' 01", V5, Malformed, "cut short");
        }

        [TestMethod]
        public void Encode_AliasWithoutTopicAndPayload_NeedsNoBuffer()
        {
            PublishPacket publish = new PublishPacket();
            byte[] raw = Hex.Parse("23 00 05");
            byte[] target = new byte[8];
            publish.Properties.Use(raw, 0, raw.Length);
            int size = PublishEncoder.Encode(publish, V5, false, target, 0, 8);
            Hex.AssertBytes(Hex.Parse("30 06 00 00 03 23 00 05"), target, 0, size, "PUBLISH");
        }

        [TestMethod]
        public void Encode_TopicLongerThanItsLengthCanSay_IsRefused()
        {
            PublishPacket publish = new PublishPacket();
            publish.Buffer = new byte[1];
            publish.TopicLength = 65536;
            Assert.AreEqual(-1, PublishEncoder.Encode(
                publish, V311, false, new byte[4], 0, 100000), "Topic Name");
        }
    }
}
