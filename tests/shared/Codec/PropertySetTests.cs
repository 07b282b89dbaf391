#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>Values of properties. Statement numbers are those of MQTT 5.0.</summary>
    [TestClass]
    public sealed class PropertySetTests
    {
        private const byte Malformed = ReasonCode.MalformedPacket;
        private const byte ProtocolError = ReasonCode.ProtocolError;

        [TestMethod]
        public void Flags_OtherThan0And1_AreProtocolErrors()
        {
            // Maximum QoS of 2 is one of them: section 3.2.2.3.4.
            string ids = "24 25 28 29 2a";
            byte[] flags = Hex.Parse(ids);
            for (int i = 0; i < flags.Length; i++)
            {
                AssertFlag(flags[i], PacketType.Connack);
            }

            AssertFlag(PropertyId.RequestProblemInformation, PacketType.Connect);
            AssertFlag(PropertyId.RequestResponseInformation, PacketType.Connect);
            AssertFlag(PropertyId.PayloadFormatIndicator, PacketType.Publish);
            AssertFlag(PropertyId.PayloadFormatIndicator, PropertySet.WillTarget);
        }

        [TestMethod]
        public void Maxima_OfZero_AreProtocolErrorsWhereTheSpecificationSaysSo()
        {
            Check("03 21 00 00", PacketType.Connect, ProtocolError, "3.1.2.11.3");
            Check("03 21 00 00", PacketType.Connack, ProtocolError, "3.1.2.11.3");
            Check("05 27 00 00 00 00", PacketType.Connect, ProtocolError, "3.1.2.11.4");
            Check("03 21 00 01", PacketType.Connect, ReasonCode.Success, "");
            Check("03 21 ff ff", PacketType.Connect, ReasonCode.Success, "");
            Check("05 27 01 00 00 00", PacketType.Connect, ReasonCode.Success, "");
            Check("05 11 00 00 00 00", PacketType.Connect, ReasonCode.Success, "");
            Check("03 22 00 00", PacketType.Connect, ReasonCode.Success, "");
        }

        [TestMethod]
        public void TopicAlias_OfZero_IsTopicAliasInvalid_MQTT_3_3_2_8()
        {
            Check("03 23 00 00", PacketType.Publish,
                ReasonCode.TopicAliasInvalid, "[MQTT-3.3.2-8]");
            Check("03 23 01 00", PacketType.Publish, ReasonCode.Success, "");
        }

        [TestMethod]
        public void SubscriptionIdentifier_OfZero_IsProtocolError()
        {
            Check("02 0b 00", PacketType.Subscribe, ProtocolError, "3.8.2.1.2");
            Check("02 0b 00", PropertySet.PublishFromServer, ProtocolError, "3.8.2.1.2");
            Check("05 0b ff ff ff 7f", PacketType.Subscribe, ReasonCode.Success, "");
            Check("05 0b ff ff ff ff", PacketType.Subscribe, Malformed, "cut short");
        }

        [TestMethod]
        public void VariableByteInteger_LongerThanNeeded_IsMalformed_MQTT_1_5_5_1()
        {
            Check("03 0b 81 00", PacketType.Subscribe, Malformed, "[MQTT-1.5.5-1]");
            Check("04 0b ff 80 00", PacketType.Subscribe, Malformed, "[MQTT-1.5.5-1]");
            Check("05 0b ff ff ff 00", PacketType.Subscribe, Malformed, "[MQTT-1.5.5-1]");
            Check("80 00", PacketType.Publish, Malformed, "[MQTT-1.5.5-1]");
            Check("82 80 00 01 00", PacketType.Publish, Malformed, "[MQTT-1.5.5-1]");
        }

        [TestMethod]
        public void PropertyLength_BeyondThePacket_IsMalformed()
        {
            Check("", PacketType.Publish, Malformed, "cut short");
            Check("02 01", PacketType.Publish, Malformed, "cut short");
            Check("ff ff ff 7f 01 01", PacketType.Publish, Malformed, "cut short");
            Check("ff ff ff ff 01", PacketType.Publish, Malformed, "cut short");
        }

        // [MQTT-3.3.2-13] [MQTT-3.3.2-19]
        [TestMethod]
        public void Strings_NotUtf8_AreMalformed_MQTT_1_5_4_1()
        {
            Check("05 03 00 02 c0 80", PacketType.Publish, Malformed, "[MQTT-1.5.4-1]");
            Check("04 1f 00 01 00", PacketType.Puback, Malformed, "[MQTT-1.5.4-1]");
            Check("04 12 00 01 ff", PacketType.Connack, Malformed, "[MQTT-1.5.4-1]");
            Check("06 15 00 03 ed a0 80", PacketType.Auth, Malformed, "[MQTT-1.5.4-1]");
            Check("04 1a 00 01 80", PacketType.Connack, Malformed, "[MQTT-1.5.4-1]");
            Check("04 1c 00 01 80", PacketType.Disconnect, Malformed, "[MQTT-1.5.4-1]");
            Check("04 08 00 01 80", PropertySet.WillTarget, Malformed, "[MQTT-1.5.4-1]");
        }

        [TestMethod]
        public void UserProperty_NotUtf8_IsMalformed_MQTT_1_5_7_1()
        {
            Check("06 26 00 01 80 00 00", PacketType.Publish, Malformed, "[MQTT-1.5.7-1]");
            Check("06 26 00 00 00 01 80", PacketType.Publish, Malformed, "[MQTT-1.5.7-1]");
            Check("07 26 00 01 'k' 00 01 00", PacketType.Publish, Malformed, "[MQTT-1.5.7-1]");

            // A character that is cut by the end of the name does not go on in the value.
            Check("08 26 00 01 c2 00 02 80 'v'", PacketType.Publish, Malformed, "[MQTT-1.5.7-1]");
        }

        [TestMethod]
        public void BinaryData_OfAnyBytes_IsGood()
        {
            Check("07 09 00 04 00 ff c0 80", PacketType.Publish, ReasonCode.Success, "");
        }

        [TestMethod]
        public void ResponseTopic_WithWildcard_IsProtocolError_MQTT_3_3_2_14()
        {
            Check("04 08 00 01 '#'", PacketType.Publish, ProtocolError, "[MQTT-3.3.2-14]");
            Check("06 08 00 03 'a/+'", PacketType.Publish, ProtocolError, "[MQTT-3.3.2-14]");
            Check("06 08 00 03 'a+b'", PropertySet.WillTarget, ProtocolError, "[MQTT-3.3.2-14]");
        }

        [TestMethod]
        public void ResponseTopic_Empty_IsProtocolError_MQTT_4_7_3_1()
        {
            Check("03 08 00 00", PacketType.Publish, ProtocolError, "[MQTT-4.7.3-1]");
        }

        [TestMethod]
        public void AuthenticationData_WithoutMethod_IsProtocolError()
        {
            Check("04 16 00 01 00", PacketType.Connect, ProtocolError, "3.1.2.11.10");
            Check("04 16 00 01 00", PacketType.Connack, ProtocolError, "3.1.2.11.10");
            Check("04 16 00 01 00", PacketType.Auth, ProtocolError, "3.1.2.11.10");
            Check("08 16 00 01 00 15 00 01 'm'", PacketType.Connect, ReasonCode.Success, "");
        }

        [TestMethod]
        public void Lookup_OfAbsentProperties_SaysSo()
        {
            PropertySet properties = new PropertySet();
            Assert.IsFalse(properties.Has(PropertyId.TopicAlias), "never used");
            byte[] section = Hex.Parse("05 09 00 02 '#&' ff");
            properties.Decode(section, 0, section.Length, PacketType.Publish);
            Assert.AreEqual(6, properties.End, "end");
            Assert.IsFalse(properties.Has(PropertyId.TopicAlias), "a value is not an identifier");
            Assert.AreEqual(-1L, properties.Number(PropertyId.TopicAlias), "number");
            Assert.AreEqual(-1, properties.TextOffset(PropertyId.ContentType), "offset");
            Assert.AreEqual(0, properties.TextLength(PropertyId.ContentType), "length");
            properties.Clear();
            Assert.IsFalse(properties.Has(PropertyId.CorrelationData), "cleared");
        }

        private static void AssertFlag(byte id, byte target)
        {
            byte[] section = new byte[3];
            section[0] = 2;
            section[1] = id;
            PropertySet properties = new PropertySet();
            for (int value = 0; value < 256; value++)
            {
                section[2] = (byte)value;
                byte code = properties.Decode(section, 0, 3, target);
                Assert.AreEqual(
                    value < 2 ? ReasonCode.Success : ProtocolError, code, "value of a flag");
            }
        }

        private static void Check(string text, byte target, byte expected, string words)
        {
            byte[] section = Hex.Parse(text);
            PropertySet properties = new PropertySet();
            byte code = properties.Decode(section, 0, section.Length, target);
            Assert.AreEqual(expected, code, text + ": " + properties.Violation);
            if (expected != ReasonCode.Success)
            {
                Assert.IsTrue(properties.Violation.IndexOf(words) >= 0, properties.Violation);
                Assert.AreEqual(0, properties.Length, "a refused set is empty");
            }
        }
    }
}
