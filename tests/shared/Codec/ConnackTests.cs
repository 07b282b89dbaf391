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
    public sealed class ConnackTests
    {
        private const byte Malformed = ReasonCode.MalformedPacket;
        private const byte ProtocolError = ReasonCode.ProtocolError;
        private const byte V311 = ProtocolVersion.V311;
        private const byte V5 = ProtocolVersion.V5;

        [TestMethod]
        public void V311_AcceptedWithSession_IsRead()
        {
            PacketBench bench = new PacketBench();
            bench.Good("20 02 01 00", V311, 0);
            Assert.IsTrue(bench.Connack.SessionPresent, "Session Present");
            Assert.AreEqual(ReasonCode.Success, bench.Connack.ReasonCode, "code");
        }

        [TestMethod]
        public void V311_EveryReturnCode_IsMapped()
        {
            Refusal("20 02 00 01", ReasonCode.UnsupportedProtocolVersion);
            Refusal("20 02 00 02", ReasonCode.ClientIdentifierNotValid);
            Refusal("20 02 00 03", ReasonCode.ServerUnavailable);
            Refusal("20 02 00 04", ReasonCode.BadUserNameOrPassword);
            Refusal("20 02 00 05", ReasonCode.NotAuthorized);
            new PacketBench().Bad("20 02 00 06", V311, ProtocolError, "reserved");
            new PacketBench().Bad("20 02 00 ff", V311, ProtocolError, "reserved");
        }

        [TestMethod]
        public void V311_RefusalWithOtherReasonCode_IsWrittenAsTheNearest()
        {
            Written(V311, false, ReasonCode.ServerBusy, "20 02 00 03");
            Written(V311, false, ReasonCode.QuotaExceeded, "20 02 00 03");
            Written(V311, false, ReasonCode.ServerShuttingDown, "20 02 00 03");
            Written(V311, false, ReasonCode.UnsupportedProtocolVersion, "20 02 00 01");
            Written(V311, false, ReasonCode.Banned, "20 02 00 05");
            Written(V311, false, ReasonCode.BadAuthenticationMethod, "20 02 00 05");
        }

        [TestMethod]
        public void V311_RefusalOfAWrongPacket_IsNotWritten_MQTT_3_1_4_1()
        {
            Written(V311, false, ReasonCode.MalformedPacket, "");
            Written(V311, false, ReasonCode.ProtocolError, "");
            Written(V311, false, ReasonCode.TopicNameInvalid, "");
            Written(V5, false, ReasonCode.MalformedPacket, "20 03 00 81 00");
            Written(V5, false, ReasonCode.TopicNameInvalid, "20 03 00 90 00");
        }

        [TestMethod]
        public void V311_Properties_AreLeftOut()
        {
            byte[] target = new byte[8];
            byte[] properties = Hex.Parse("24 00");
            int size = ConnackEncoder.Encode(
                target, 0, 8, V311, true, ReasonCode.Success, properties, 0, 2);
            Hex.AssertBytes(Hex.Parse("20 02 01 00"), target, 0, size, "3.1.1");
            size = ConnackEncoder.Encode(
                target, 0, 8, V5, true, ReasonCode.Success, properties, 0, 2);
            Hex.AssertBytes(Hex.Parse("20 05 01 00 02 24 00"), target, 0, size, "5.0");
        }

        [TestMethod]
        public void V5_WithEveryProperty_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"20 48           // CONNACK, Remaining Length 72
                  00 00           // no session, Success
                  45              // Property Length 69
                  11 00 00 00 3c  // Session Expiry Interval 60
                  21 00 05        // Receive Maximum 5
                  24 01           // Maximum QoS 1
                  25 00           // Retain Available: no
                  27 00 00 10 00  // Maximum Packet Size 4096
                  12 00 02 'id'   // Assigned Client Identifier
                  22 00 08        // Topic Alias Maximum 8
                  1f 00 01 's'    // Reason String
                  26 00 01 'a' 00 00 // User Property
                  28 01           // Wildcard Subscription Available
                  29 00           // Subscription Identifier Available: no
                  2a 00           // Shared Subscription Available: no
                  13 00 1e        // Server Keep Alive 30
                  1a 00 01 'i'    // Response Information
                  1c 00 03 'h:1'  // Server Reference
                  15 00 01 'm'    // Authentication Method
                  16 00 01 00     // Authentication Data
                  26 00 01 'a' 00 01 'b'  // User Property",
                V5, 0);
            PropertySet properties = bench.Connack.Properties;
            Assert.AreEqual(60L, properties.Number(PropertyId.SessionExpiryInterval), "11");
            Assert.AreEqual(1L, properties.Number(PropertyId.MaximumQos), "24");
            Assert.AreEqual(4096L, properties.Number(PropertyId.MaximumPacketSize), "27");
            Assert.AreEqual(30L, properties.Number(PropertyId.ServerKeepAlive), "13");
            Assert.AreEqual(0L, properties.Number(PropertyId.SharedSubscriptionAvailable), "2a");
            Hex.AssertText("id", packet,
                properties.TextOffset(PropertyId.AssignedClientIdentifier),
                properties.TextLength(PropertyId.AssignedClientIdentifier), "12");
            Hex.AssertText("h:1", packet, properties.TextOffset(PropertyId.ServerReference),
                properties.TextLength(PropertyId.ServerReference), "1c");
        }

        [TestMethod]
        public void V5_RefusalWithReason_IsRead()
        {
            PacketBench bench = new PacketBench();
            bench.Good("20 08 00 87 05 1f 00 02 'no'", V5, 0);
            Assert.AreEqual(ReasonCode.NotAuthorized, bench.Connack.ReasonCode, "code");
        }

        [TestMethod]
        public void Connack_ReservedFlagSet_IsMalformed_MQTT_3_2_2_1()
        {
            new PacketBench().Bad("20 02 02 00", V311, Malformed, "MQTT-3.2.2-1]");
            new PacketBench().Bad("20 02 81 00", V311, Malformed, "MQTT-3.2.2-1]");
            new PacketBench().Bad("20 03 02 00 00", V5, Malformed, "MQTT-3.2.2-1]");
        }

        [TestMethod]
        public void Connack_RefusalWithSessionPresent_IsProtocolError_MQTT_3_2_2_6()
        {
            new PacketBench().Bad("20 02 01 05", V311, ProtocolError, "MQTT-3.2.2-6]");
            new PacketBench().Bad("20 03 01 87 00", V5, ProtocolError, "MQTT-3.2.2-6]");
            Written(V5, true, ReasonCode.NotAuthorized, "20 03 00 87 00");
            Written(V5, true, ReasonCode.Success, "20 03 01 00 00");
        }

        [TestMethod]
        public void Connack_ForeignReasonCode_IsProtocolError_MQTT_3_2_2_8()
        {
            new PacketBench().Bad("20 03 00 01 00", V5, ProtocolError, "MQTT-3.2.2-8]");
            new PacketBench().Bad("20 03 00 8e 00", V5, ProtocolError, "MQTT-3.2.2-8]");
        }

        [TestMethod]
        public void Connack_WrongLength_IsMalformed()
        {
            new PacketBench().Bad("20 01 00", V311, Malformed, "length");
            new PacketBench().Bad("20 03 00 00 00", V311, Malformed, "length");
            new PacketBench().Bad("20 02 00 00", V5, Malformed, "length");
            new PacketBench().Bad("20 04 00 00 00 00", V5, Malformed, "behind the properties");
            new PacketBench().Bad("20 04 00 00 02 24", V5, Malformed, "cut short");
        }

        private static void Refusal(string text, byte reasonCode)
        {
            PacketBench bench = new PacketBench();
            bench.Good(text, V311, 0);
            Assert.AreEqual(reasonCode, bench.Connack.ReasonCode, text);
        }

        private static void Written(
            byte version, bool sessionPresent, byte reasonCode, string text)
        {
            byte[] target = new byte[8];
            int size = ConnackEncoder.Encode(
                target, 0, 8, version, sessionPresent, reasonCode, null, 0, 0);
            Hex.AssertBytes(Hex.Parse(text), target, 0, size, text);
        }
    }
}
