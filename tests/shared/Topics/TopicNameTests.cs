#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>Which Topic Names are valid (MQTT 5.0, section 4.7).</summary>
    [TestClass]
    public sealed class TopicNameTests
    {
        [TestMethod]
        public void Check_ValidNames_Pass()
        {
            AssertCheck(ReasonCode.Success, "'a'");
            AssertCheck(ReasonCode.Success, "'/'");
            AssertCheck(ReasonCode.Success, "'//'");
            AssertCheck(ReasonCode.Success, "'/finance'");
            AssertCheck(ReasonCode.Success, "'Accounts payable'");
            AssertCheck(ReasonCode.Success, "'sport/tennis/player1'");
            AssertCheck(ReasonCode.Success, "'$SYS/monitor/Clients'");
            AssertCheck(ReasonCode.Success, "'a//b/'");
            AssertCheck(ReasonCode.Success, "7f");
            AssertCheck(ReasonCode.Success, "c3 a4 2f e2 82 ac 2f f0 9f 98 80");
            AssertCheck(ReasonCode.Success, "ef bb bf 'a'");
            AssertCheck(ReasonCode.Success, "f4 8f bf bf");
        }

        // 3.1.1 [MQTT-4.7.3-1]
        [TestMethod]
        public void Check_Empty_IsInvalid_MQTT_4_7_3_1()
        {
            AssertCheck(ReasonCode.TopicNameInvalid, "");
        }

        // [MQTT-4.7.0-1]
        // 3.1.1 [MQTT-3.3.2-2] [MQTT-4.7.1-1]
        [TestMethod]
        public void Check_Wildcard_IsInvalid_MQTT_3_3_2_2()
        {
            AssertCheck(ReasonCode.TopicNameInvalid, "'#'");
            AssertCheck(ReasonCode.TopicNameInvalid, "'+'");
            AssertCheck(ReasonCode.TopicNameInvalid, "'a/+/b'");
            AssertCheck(ReasonCode.TopicNameInvalid, "'a/b#'");
            AssertCheck(ReasonCode.TopicNameInvalid, "'a+'");
            AssertCheck(ReasonCode.TopicNameInvalid, "c3 a4 '+'");
        }

        // 3.1.1 [MQTT-4.7.3-2]
        [TestMethod]
        public void Check_Null_IsMalformed_MQTT_4_7_3_2()
        {
            AssertCheck(ReasonCode.MalformedPacket, "00");
            AssertCheck(ReasonCode.MalformedPacket, "'a/' 00");
            AssertCheck(ReasonCode.MalformedPacket, "c3 a4 00");
        }

        [TestMethod]
        public void Check_IllFormedUtf8_IsMalformed_MQTT_1_5_4_1()
        {
            AssertCheck(ReasonCode.MalformedPacket, "80");
            AssertCheck(ReasonCode.MalformedPacket, "'a/' c0 80");
            AssertCheck(ReasonCode.MalformedPacket, "c1 bf");
            AssertCheck(ReasonCode.MalformedPacket, "c3");
            AssertCheck(ReasonCode.MalformedPacket, "e0 9f bf");
            AssertCheck(ReasonCode.MalformedPacket, "ed a0 80 'a'");
            AssertCheck(ReasonCode.MalformedPacket, "f0 8f bf bf");
            AssertCheck(ReasonCode.MalformedPacket, "f4 90 80 80");
            AssertCheck(ReasonCode.MalformedPacket, "ff");
        }

        [TestMethod]
        public void Check_TooManyLevels_IsOverTheQuota()
        {
            AssertCheck(ReasonCode.Success, "'a/b/c/d'");
            AssertCheck(ReasonCode.Success, "'///'");
            AssertCheck(ReasonCode.QuotaExceeded, "'////'");
            AssertCheck(ReasonCode.QuotaExceeded, "'a/b/c/d/e'");
            AssertCheck(ReasonCode.QuotaExceeded, "'a/b/c/d/'");
        }

        private static void AssertCheck(byte expected, string text)
        {
            // Among foreign bytes that would spoil every name.
            byte[] name = Wire.Parse(text);
            byte[] buffer = Wire.Parse("c3 '+' " + text + " '#' 00 80");
            byte code = TopicName.Check(buffer, 2, name.Length, 4);
            Assert.AreEqual(expected, code, text);
        }
    }
}
