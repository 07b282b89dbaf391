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
    /// SUBACK and UNSUBACK. Statement numbers are those of MQTT 5.0 where the method does not say
    /// V311.
    /// </summary>
    [TestClass]
    public sealed class SubackTests
    {
        private const byte Malformed = ReasonCode.MalformedPacket;
        private const byte ProtocolError = ReasonCode.ProtocolError;
        private const byte V311 = ProtocolVersion.V311;
        private const byte V5 = ProtocolVersion.V5;

        [TestMethod]
        public void V311_EveryReturnCode_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good("90 06 00 0a 00 01 02 80", V311, 3);
            SubackPacket suback = bench.Suback;
            Assert.AreEqual(PacketType.Suback, suback.Type, "type");
            Assert.AreEqual(10, suback.PacketId, "Packet Identifier");
            Hex.AssertBytes(Hex.Parse("00 01 02 80"), packet, suback.CodesOffset,
                suback.CodeCount, "codes");
        }

        [TestMethod]
        public void V311_Unsuback_HasNoCodes()
        {
            PacketBench bench = new PacketBench();
            bench.Good("b0 02 00 0a", V311, 0);
            Assert.AreEqual(PacketType.Unsuback, bench.Suback.Type, "type");
            Assert.AreEqual(0, bench.Suback.CodeCount, "codes");
            new PacketBench().Bad("b0 03 00 0a 00", V311, Malformed, "payload");
        }

        [TestMethod]
        public void V5_SubackWithProperties_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"90 0a         // SUBACK
                  00 01         // Packet Identifier
                  04            // Property Length 4
                  1f 00 01 's'  // Reason String
                  02 87 9e      // QoS 2, Not authorized, Shared Subscriptions not supported",
                V5, 2, "90 06 00 01 00 02 87 9e"); // written without properties
            Hex.AssertBytes(Hex.Parse("02 87 9e"), packet, bench.Suback.CodesOffset,
                bench.Suback.CodeCount, "codes");
        }

        [TestMethod]
        public void V5_Unsuback_IsRead()
        {
            PacketBench bench = new PacketBench();
            bench.Good("b0 05 00 01 00 00 11", V5, 1);
            Assert.AreEqual(2, bench.Suback.CodeCount, "codes");
        }

        [TestMethod]
        public void V311_FailureCodes_AreWrittenAs80_MQTT_3_9_3_2()
        {
            byte[] codes = Hex.Parse("ff 00 01 02 80 87 8f 9e a1 a2");
            byte[] target = new byte[16];
            int size = SubackEncoder.Encode(
                target, 0, 16, V311, PacketType.Suback, 1, codes, 1, 9);
            Hex.AssertBytes(Hex.Parse("90 0b 00 01 00 01 02 80 80 80 80 80 80"),
                target, 0, size, "SUBACK");
            size = SubackEncoder.Encode(
                target, 0, 16, V311, PacketType.Unsuback, 1, codes, 1, 9);
            Hex.AssertBytes(Hex.Parse("b0 02 00 01"), target, 0, size, "UNSUBACK");
        }

        [TestMethod]
        public void Codes_MayStandAtTheEndOfTheTarget()
        {
            byte[] target = Hex.Parse("ff ff ff ff ff 00 87 02");
            int size = SubackEncoder.Encode(
                target, 0, 8, V5, PacketType.Suback, 0x1234, target, 5, 3);
            Hex.AssertBytes(Hex.Parse("90 06 12 34 00 00 87 02"), target, 0, size, "SUBACK");
        }

        [TestMethod]
        public void Suback_PacketIdZero_IsProtocolError_MQTT_2_2_1_6()
        {
            new PacketBench().Bad("90 03 00 00 00", V311, ProtocolError, "MQTT-2.2.1-6]");
            new PacketBench().Bad("b0 04 00 00 00 00", V5, ProtocolError, "MQTT-2.2.1-6]");
            new PacketBench().Bad("90 01 00", V311, Malformed, "cut short");
        }

        [TestMethod]
        public void Suback_BadProperties_AreRefusedWithTheirCode()
        {
            new PacketBench().Bad(
                "90 07 00 01 03 21 00 01 00", V5, Malformed, "does not belong");
            new PacketBench().Bad(
                "b0 0a 00 01 06 1f 00 00 1f 00 00 00", V5, ProtocolError, "more than once");
        }

        [TestMethod]
        public void Suback_NoCode_IsProtocolError()
        {
            new PacketBench().Bad("90 02 00 01", V311, ProtocolError, "no Reason Code");
            new PacketBench().Bad("90 03 00 01 00", V5, ProtocolError, "no Reason Code");
            new PacketBench().Bad("b0 03 00 01 00", V5, ProtocolError, "no Reason Code");
        }

        [TestMethod]
        public void Suback_ForeignReasonCode_IsProtocolError_MQTT_3_9_3_2()
        {
            new PacketBench().Bad("90 03 00 01 03", V311, ProtocolError, "MQTT-3.9.3-2]");
            new PacketBench().Bad("90 04 00 01 00 87", V311, ProtocolError, "MQTT-3.9.3-2]");
            new PacketBench().Bad("90 05 00 01 00 00 11", V5, ProtocolError, "MQTT-3.9.3-2]");
        }

        [TestMethod]
        public void Unsuback_ForeignReasonCode_IsProtocolError_MQTT_3_11_3_2()
        {
            new PacketBench().Bad("b0 04 00 01 00 01", V5, ProtocolError, "MQTT-3.11.3-2]");
            new PacketBench().Bad("b0 04 00 01 00 97", V5, ProtocolError, "MQTT-3.11.3-2]");
        }
    }
}
