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
    /// PUBACK, PUBREC, PUBREL and PUBCOMP. Statement numbers are those of MQTT 5.0.
    /// </summary>
    [TestClass]
    public sealed class AckTests
    {
        private const byte Malformed = ReasonCode.MalformedPacket;
        private const byte ProtocolError = ReasonCode.ProtocolError;
        private const byte V311 = ProtocolVersion.V311;
        private const byte V5 = ProtocolVersion.V5;

        [TestMethod]
        public void V311_AllFour_AreRead()
        {
            Plain("40 02 12 34", V311);
            Plain("50 02 12 34", V311);
            Plain("62 02 12 34", V311);
            Plain("70 02 12 34", V311);
        }

        [TestMethod]
        public void V5_ShortForms_AreRead()
        {
            Plain("40 02 12 34", V5);
            Plain("50 02 12 34", V5);
            Plain("62 02 12 34", V5);
            Plain("70 02 12 34", V5);
        }

        [TestMethod]
        public void V5_WithReasonCode_IsRead()
        {
            WithCode("40 03 12 34 10", ReasonCode.NoMatchingSubscribers);
            WithCode("50 03 12 34 97", ReasonCode.QuotaExceeded);
            WithCode("50 03 00 01 80", ReasonCode.UnspecifiedError);
            WithCode("62 03 12 34 92", ReasonCode.PacketIdentifierNotFound);
            WithCode("70 03 12 34 92", ReasonCode.PacketIdentifierNotFound);
        }

        [TestMethod]
        public void V5_WithProperties_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"40 0f                  // PUBACK
                  12 34 87               // Packet Identifier, Not authorized
                  0b                     // Property Length 11
                  1f 00 01 's'           // Reason String
                  26 00 01 'k' 00 01 'v' // User Property",
                V5, 2);
            PropertySet properties = bench.Reason.Properties;
            Assert.AreEqual(11, properties.Length, "Property Length");
            Hex.AssertText("s", packet, properties.TextOffset(PropertyId.ReasonString),
                properties.TextLength(PropertyId.ReasonString), "Reason String");
        }

        [TestMethod]
        public void V5_ExplicitSuccessAndNoProperties_AreReadAndShortened()
        {
            Shortened("40 03 12 34 00", "40 02 12 34");
            Shortened("40 04 12 34 00 00", "40 02 12 34");
            Shortened("62 04 12 34 92 00", "62 03 12 34 92");
        }

        [TestMethod]
        public void Ack_PacketIdZero_IsProtocolError_MQTT_2_2_1_5()
        {
            new PacketBench().Bad("40 02 00 00", V311, ProtocolError, "MQTT-2.2.1-5]");
            new PacketBench().Bad("62 02 00 00", V5, ProtocolError, "MQTT-2.2.1-5]");
        }

        [TestMethod]
        public void Ack_WrongLength_IsMalformed()
        {
            new PacketBench().Bad("40 00", V5, Malformed, "cut short");
            new PacketBench().Bad("50 01 12", V311, Malformed, "cut short");
            new PacketBench().Bad("40 03 12 34 00", V311, Malformed, "3.1.1");
            new PacketBench().Bad("70 05 12 34 00 00 00", V5, Malformed, "behind");
            new PacketBench().Bad("40 04 12 34 00 01", V5, Malformed, "cut short");
        }

        [TestMethod]
        public void Puback_ForeignReasonCode_IsProtocolError_MQTT_3_4_2_1()
        {
            new PacketBench().Bad("40 03 12 34 92", V5, ProtocolError, "MQTT-3.4.2-1]");
            new PacketBench().Bad("40 03 12 34 01", V5, ProtocolError, "MQTT-3.4.2-1]");
        }

        [TestMethod]
        public void Pubrec_ForeignReasonCode_IsProtocolError_MQTT_3_5_2_1()
        {
            new PacketBench().Bad("50 03 12 34 92", V5, ProtocolError, "MQTT-3.5.2-1]");
        }

        [TestMethod]
        public void Pubrel_ForeignReasonCode_IsProtocolError_MQTT_3_6_2_1()
        {
            new PacketBench().Bad("62 03 12 34 10", V5, ProtocolError, "MQTT-3.6.2-1]");
        }

        [TestMethod]
        public void Pubcomp_ForeignReasonCode_IsProtocolError_MQTT_3_7_2_1()
        {
            new PacketBench().Bad("70 03 12 34 80", V5, ProtocolError, "MQTT-3.7.2-1]");
        }

        [TestMethod]
        public void V311_AckWithReasonCode_IsWrittenWithoutIt()
        {
            ReasonPacket ack = new ReasonPacket();
            ack.PacketId = 0x1234;
            ack.ReasonCode = ReasonCode.NotAuthorized;
            byte[] target = new byte[4];
            int size = AckEncoder.Encode(ack, PacketType.Puback, V311, target, 0, 4);
            Hex.AssertBytes(Hex.Parse("40 02 12 34"), target, 0, size, "PUBACK");
        }

        private static void Plain(string text, byte version)
        {
            PacketBench bench = new PacketBench();
            bench.Good(text, version, 0);
            Assert.AreEqual(0x1234, bench.Reason.PacketId, "Packet Identifier");
            Assert.AreEqual(ReasonCode.Success, bench.Reason.ReasonCode, "code");
        }

        private static void WithCode(string text, byte code)
        {
            PacketBench bench = new PacketBench();
            bench.Good(text, V5, 1);
            Assert.AreEqual(code, bench.Reason.ReasonCode, text);
        }

        private static void Shortened(string text, string expected)
        {
            PacketBench bench = new PacketBench();
            byte[] packet = Hex.Parse(text);
            Assert.AreEqual(ReasonCode.Success,
                bench.Decode(packet, 0, packet.Length, V5), text + bench.Violation);
            bench.AssertEncodes(Hex.Parse(expected));
        }
    }
}
