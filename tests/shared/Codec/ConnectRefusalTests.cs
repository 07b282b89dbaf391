#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// CONNECT packets that are refused. Statement numbers are those of MQTT 5.0 where the method
    /// does not say V311.
    /// </summary>
    [TestClass]
    public sealed class ConnectRefusalTests
    {
        private const byte Malformed = ReasonCode.MalformedPacket;
        private const byte V311 = ProtocolVersion.V311;
        private const byte V5 = ProtocolVersion.V5;

        // 3.1.1 [MQTT-3.1.2-1]
        [TestMethod]
        public void Connect_ForeignProtocolName_IsUnsupported_MQTT_3_1_2_1()
        {
            PacketBench bench = new PacketBench();
            const byte Unsupported = ReasonCode.UnsupportedProtocolVersion;
            Bad(bench, "10 0e 00 04 'mqtt' 04 02 00 3c 00 02 'c1'", Unsupported, "MQTT-3.1.2-1]");
            Assert.AreEqual((byte)0, bench.Connect.Version, "a stranger gets no answer");
            Bad(bench, "10 0d 00 03 'MQT' 04 02 00 3c 00 02 'c1'", Unsupported, "MQTT-3.1.2-1]");
            Bad(bench, "10 0f 00 05 'MQTTs' 04 02 00 3c 00 02 'c1'", Unsupported, "MQTT-3.1.2-1]");
            Bad(bench, "10 02 00 00", Unsupported, "MQTT-3.1.2-1]");
            Bad(bench, "10 05 00 03 'abc'", Unsupported, "MQTT-3.1.2-1]");
            Bad(bench, "10 0f 00 05 'MQTTs' 05 02 00 3c 00 02 'c1'", Unsupported, "MQTT-3.1.2-1]");
        }

        [TestMethod]
        public void Connect_ProtocolNameOrVersionCut_IsMalformed()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 00", Malformed, "protocol name is cut short");
            Bad(bench, "10 01 00", Malformed, "protocol name is cut short");
            Bad(bench, "10 05 00 04 'MQT'", Malformed, "protocol name is cut short");
            Bad(bench, "10 06 00 04 'MQTT'", Malformed, "cut short");
            Bad(bench, "10 08 00 06 'MQIsdp'", Malformed, "cut short");
            Bad(bench, "10 09 00 04 'MQTT' 04 02 00", Malformed, "variable header is cut short");
        }

        [TestMethod]
        public void Connect_Mqtt31_IsUnsupportedAndRecognised_MQTT_3_1_2_1()
        {
            PacketBench bench = new PacketBench();
            string text = "10 10 00 06 'MQIsdp' 03 02 00 3c 00 02 'c1'";
            Bad(bench, text, ReasonCode.UnsupportedProtocolVersion, "MQTT-3.1.2-1]");
            byte[] packet = Hex.Parse(text);
            bench.Decode(packet, 0, packet.Length, V311);
            Assert.AreEqual(V311, bench.Connect.Version, "to be answered as 3.1.1");
        }

        // 3.1.1 [MQTT-3.1.2-2]
        [TestMethod]
        public void Connect_UnknownVersion_IsUnsupported_MQTT_3_1_2_2()
        {
            PacketBench bench = new PacketBench();
            for (int version = 0; version < 256; version++)
            {
                byte[] packet = Hex.Parse("00 04 'MQTT' 00 02 00 3c 00 02 'c1'");
                packet[6] = (byte)version;
                byte code = bench.Connect.Decode(packet, 0, packet.Length);
                if (version == 4)
                {
                    Assert.AreEqual(ReasonCode.Success, code, "3.1.1");
                }
                else if (version != 5)
                {
                    Assert.AreEqual(ReasonCode.UnsupportedProtocolVersion, code, "version");
                    Assert.IsTrue(bench.Connect.Violation.IndexOf("[MQTT-3.1.2-2]") > 0, "words");

                    // A bridge of mosquitto says 0x84 and wants return code 1 to go on with 4.
                    Assert.AreEqual(V311, bench.Connect.Version, "to be answered as 3.1.1");
                }
            }
        }

        // 3.1.1 [MQTT-3.1.2-3]
        [TestMethod]
        public void Connect_ReservedFlagSet_IsMalformed_MQTT_3_1_2_3()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 0e 00 04 'MQTT' 04 03 00 3c 00 02 'c1'", Malformed, "MQTT-3.1.2-3]");
            Bad(bench, "10 0f 00 04 'MQTT' 05 03 00 3c 00 00 02 'c1'", Malformed, "MQTT-3.1.2-3]");
        }

        // 3.1.1 [MQTT-3.1.2-11] [MQTT-3.1.2-13]
        [TestMethod]
        public void Connect_WillQosWithoutWill_IsMalformed_MQTT_3_1_2_11()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 0e 00 04 'MQTT' 04 0a 00 3c 00 02 'c1'", Malformed, "MQTT-3.1.2-11]");
            Bad(bench, "10 0f 00 04 'MQTT' 05 12 00 3c 00 00 02 'c1'", Malformed, "MQTT-3.1.2-11]");
        }

        // 3.1.1 [MQTT-3.1.2-14]
        [TestMethod]
        public void Connect_WillQos3_IsMalformed_MQTT_3_1_2_12()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 14 00 04 'MQTT' 04 1e 00 3c 00 02 'c1' 00 01 'w' 00 01 'p'",
                Malformed, "MQTT-3.1.2-12]");
            Bad(bench, "10 16 00 04 'MQTT' 05 1e 00 3c 00 00 02 'c1' 00 00 01 'w' 00 01 'p'",
                Malformed, "MQTT-3.1.2-12]");
        }

        // 3.1.1 [MQTT-3.1.2-11] [MQTT-3.1.2-15]
        [TestMethod]
        public void Connect_WillRetainWithoutWill_IsMalformed_MQTT_3_1_2_13()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 0e 00 04 'MQTT' 04 22 00 3c 00 02 'c1'", Malformed, "MQTT-3.1.2-13]");
            Bad(bench, "10 0f 00 04 'MQTT' 05 22 00 3c 00 00 02 'c1'", Malformed, "MQTT-3.1.2-13]");
        }

        [TestMethod]
        public void Connect_V311PasswordWithoutUserName_IsMalformed_MQTT_3_1_2_22()
        {
            Bad(new PacketBench(), "10 12 00 04 'MQTT' 04 42 00 00 00 02 'c1' 00 02 'pw'",
                Malformed, "MQTT-3.1.2-22]");
        }

        // 3.1.1 [MQTT-3.1.3-3]
        [TestMethod]
        public void Connect_NoClientId_IsMalformed_MQTT_3_1_3_3()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 0a 00 04 'MQTT' 04 02 00 3c", Malformed, "MQTT-3.1.3-3]");
            Bad(bench, "10 0d 00 04 'MQTT' 04 02 00 3c 00 02 'c'", Malformed, "MQTT-3.1.3-3]");
            Bad(bench, "10 0b 00 04 'MQTT' 05 02 00 3c 00", Malformed, "MQTT-3.1.3-3]");
        }

        // 3.1.1 [MQTT-3.1.3-4] [MQTT-1.5.3-1] [MQTT-1.5.3-2]
        [TestMethod]
        public void Connect_ClientIdNotUtf8_IsMalformed_MQTT_3_1_3_4()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 0e 00 04 'MQTT' 04 02 00 3c 00 02 c0 80", Malformed, "MQTT-3.1.3-4]");
            Bad(bench, "10 0e 00 04 'MQTT' 04 02 00 3c 00 02 'a' 00", Malformed, "MQTT-3.1.3-4]");
            Bad(bench, "10 10 00 04 'MQTT' 05 02 00 3c 00 00 03 ed a0 80",
                Malformed, "MQTT-3.1.3-4]");
        }

        [TestMethod]
        public void Connect_V311EmptyClientIdWithoutCleanSession_IsRejected_MQTT_3_1_3_8()
        {
            Bad(new PacketBench(), "10 0c 00 04 'MQTT' 04 00 00 3c 00 00",
                ReasonCode.ClientIdentifierNotValid, "MQTT-3.1.3-8]");
        }

        // 3.1.1 [MQTT-3.1.2-9]
        [TestMethod]
        public void Connect_WillFieldsMissing_IsMalformed_MQTT_3_1_2_9()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 0e 00 04 'MQTT' 04 06 00 3c 00 02 'c1'", Malformed, "MQTT-3.1.2-9]");
            Bad(bench, "10 11 00 04 'MQTT' 04 06 00 3c 00 02 'c1' 00 01 'w'",
                Malformed, "Will Payload is missing or cut short [MQTT-3.1.2-9]");
            Bad(bench, "10 10 00 04 'MQTT' 05 06 00 3c 00 00 02 'c1' 00",
                Malformed, "Will Topic is missing or cut short [MQTT-3.1.2-9]");
        }

        // 3.1.1 [MQTT-3.1.3-10]
        [TestMethod]
        public void Connect_WillTopicNotUtf8_IsMalformed_MQTT_3_1_3_11()
        {
            Bad(new PacketBench(),
                "10 14 00 04 'MQTT' 04 06 00 3c 00 02 'c1' 00 01 80 00 01 'p'",
                Malformed, "MQTT-3.1.3-11]");
        }

        // 3.1.1 [MQTT-3.1.2-19]
        [TestMethod]
        public void Connect_UserNameMissing_IsMalformed_MQTT_3_1_2_17()
        {
            Bad(new PacketBench(), "10 0e 00 04 'MQTT' 04 82 00 3c 00 02 'c1'",
                Malformed, "MQTT-3.1.2-17]");
        }

        // 3.1.1 [MQTT-3.1.3-11]
        [TestMethod]
        public void Connect_UserNameNotUtf8_IsMalformed_MQTT_3_1_3_12()
        {
            Bad(new PacketBench(), "10 11 00 04 'MQTT' 04 82 00 3c 00 02 'c1' 00 01 ff",
                Malformed, "MQTT-3.1.3-12]");
        }

        // 3.1.1 [MQTT-3.1.2-21]
        [TestMethod]
        public void Connect_PasswordMissing_IsMalformed_MQTT_3_1_2_19()
        {
            Bad(new PacketBench(), "10 11 00 04 'MQTT' 04 c2 00 3c 00 02 'c1' 00 01 'u'",
                Malformed, "MQTT-3.1.2-19]");
        }

        // [MQTT-3.1.2-16] [MQTT-3.1.2-18]
        // 3.1.1 [MQTT-3.1.2-18] [MQTT-3.1.2-20] [MQTT-3.1.4-1]
        [TestMethod]
        public void Connect_BytesBehindPayload_IsMalformed_MQTT_3_1_4_1()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 0f 00 04 'MQTT' 04 02 00 3c 00 02 'c1' 00", Malformed, "MQTT-3.1.4-1]");

            // A user name that its flag does not announce, then a password.
            Bad(bench, "10 11 00 04 'MQTT' 04 02 00 3c 00 02 'c1' 00 01 'u'",
                Malformed, "MQTT-3.1.4-1]");
            Bad(bench, "10 12 00 04 'MQTT' 05 02 00 3c 00 00 02 'c1' 00 01 'u'",
                Malformed, "MQTT-3.1.4-1]");
            Bad(bench, "10 14 00 04 'MQTT' 04 82 00 3c 00 02 'c1' 00 01 'u' 00 01 'p'",
                Malformed, "MQTT-3.1.4-1]");
            Bad(bench, "10 15 00 04 'MQTT' 05 82 00 3c 00 00 02 'c1' 00 01 'u' 00 01 'p'",
                Malformed, "MQTT-3.1.4-1]");
        }

        [TestMethod]
        public void Connect_BadProperties_AreRefusedWithTheirCode()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 10 00 04 'MQTT' 05 02 00 3c 03 21 00 00 00 00",
                ReasonCode.ProtocolError, "Receive Maximum is 0");
            Bad(bench, "10 10 00 04 'MQTT' 05 02 00 3c 03 13 00 01 00 00",
                Malformed, "does not belong");
            Bad(bench, "10 12 00 04 'MQTT' 05 02 00 3c 05 27 00 00 00 00 00 00",
                ReasonCode.ProtocolError, "Maximum Packet Size is 0");
        }

        [TestMethod]
        public void Connect_BadWillProperties_AreRefusedWithTheirCode()
        {
            PacketBench bench = new PacketBench();
            Bad(bench, "10 16 00 04 'MQTT' 05 06 00 3c 00 00 00 02 01 02 00 01 'w' 00 01 'p'",
                ReasonCode.ProtocolError, "0 or 1");
            Bad(bench, "10 17 00 04 'MQTT' 05 06 00 3c 00 00 00 03 23 00 01 00 01 'w' 00 01 'p'",
                Malformed, "does not belong");
        }

        private static void Bad(PacketBench bench, string text, byte code, string words)
        {
            bench.Bad(text, V5, code, words);
        }
    }
}
