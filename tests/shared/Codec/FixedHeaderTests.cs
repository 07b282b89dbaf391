#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    // Statement numbers are those of MQTT 5.0.
    [TestClass]
    public sealed class FixedHeaderTests
    {
        [TestMethod]
        public void RemainingLength_LimitsOfEachSize_AreReadAndWritten()
        {
            // Table 1-1 of MQTT 5.0.
            Both(0, "00");
            Both(1, "01");
            Both(127, "7f");
            Both(128, "80 01");
            Both(16383, "ff 7f");
            Both(16384, "80 80 01");
            Both(2097151, "ff ff 7f");
            Both(2097152, "80 80 80 01");
            Both(268435455, "ff ff ff 7f");
        }

        [TestMethod]
        public void RemainingLength_FourContinuationBits_IsMalformed()
        {
            Read(-1, 0, "ff ff ff ff");
            Read(-1, 0, "80 80 80 80");
            Read(-1, 0, "80 80 80 80 01");
        }

        [TestMethod]
        public void RemainingLength_CutShort_NeedsMore()
        {
            Read(0, 0, "");
            Read(0, 0, "80");
            Read(0, 0, "ff ff");
            Read(0, 0, "ff ff ff");
        }

        [TestMethod]
        public void RemainingLength_LongerThanNeeded_IsRead()
        {
            // Allowed by MQTT 3.1.1; the reasons stand in FixedHeader.
            Read(2, 0, "80 00");
            Read(4, 2, "82 80 80 00");
            Read(3, 127, "ff 80 00");
        }

        [TestMethod]
        public void RemainingLength_EndIsNotArrayEnd_StopsAtEnd()
        {
            byte[] buffer = Hex.Parse("aa 80 01 aa");
            int value;
            Assert.AreEqual(0, FixedHeader.DecodeRemainingLength(buffer, 1, 1, out value), "none");
            Assert.AreEqual(0, FixedHeader.DecodeRemainingLength(buffer, 1, 2, out value), "half");
            Assert.AreEqual(2, FixedHeader.DecodeRemainingLength(buffer, 1, 3, out value), "all");
            Assert.AreEqual(128, value, "value");
        }

        // [MQTT-3.6.1-1] [MQTT-3.8.1-1] [MQTT-3.10.1-1] [MQTT-3.14.1-1] [MQTT-3.15.1-1]
        // [MQTT-3.3.1-4]
        // 3.1.1 [MQTT-2.2.2-1] [MQTT-2.2.2-2] [MQTT-3.6.1-1] [MQTT-3.8.1-1] [MQTT-3.10.1-1]
        // 3.1.1 [MQTT-3.14.1-1] [MQTT-3.3.1-4]
        [TestMethod]
        public void Flags_AllFirstBytes_FollowTable_MQTT_2_1_3_1()
        {
            // Table 2-2: one column per type, the flags that are allowed.
            for (int first = 0; first < 256; first++)
            {
                int type = first >> 4;
                int flags = first & 15;
                bool expected = flags == 0;
                if (type == 6 || type == 8 || type == 10)
                {
                    expected = flags == 2;
                }

                if (type == 3)
                {
                    expected = flags != 6 && flags != 7 && flags != 14 && flags != 15;
                }

                expected = expected && type != 0;
                Assert.AreEqual(
                    expected ? ReasonCode.Success : ReasonCode.MalformedPacket,
                    FixedHeader.CheckFlags((byte)first), "first byte " + first.ToString());
            }
        }

        [TestMethod]
        public void Write_PacketDoesNotFit_WritesNothing()
        {
            byte[] target = new byte[8];
            Assert.AreEqual(-1, FixedHeader.Write(target, 0, 5, 0x30, 4), "one byte short");
            Assert.AreEqual(-1, FixedHeader.Write(target, 0, 0, 0x30, 0), "no room");
            Assert.AreEqual(-1, FixedHeader.Write(target, 0, 1, 0x30, 0), "room for one byte");
            Assert.AreEqual(-1, FixedHeader.Write(target, 0, int.MaxValue, 0x30, 268435456),
                "larger than any packet");
            Hex.AssertBytes(new byte[8], target, 0, 8, "untouched");
            Assert.AreEqual(3, FixedHeader.Write(target, 1, 6, 0x30, 4), "fits");
            Assert.AreEqual((byte)0x30, target[1], "first byte");
            Assert.AreEqual((byte)4, target[2], "Remaining Length");
        }

        private static void Both(int value, string text)
        {
            byte[] encoded = Hex.Parse(text);
            Read(encoded.Length, value, text);
            Assert.AreEqual(encoded.Length, FixedHeader.SizeOf(value), "size of " + text);
            byte[] target = new byte[6];
            int end = FixedHeader.WriteRemainingLength(target, 1, value);
            Hex.AssertBytes(encoded, target, 1, end - 1, "written " + text);
        }

        private static void Read(int used, int value, string text)
        {
            byte[] buffer = Hex.Parse(text);
            int found;
            Assert.AreEqual(used,
                FixedHeader.DecodeRemainingLength(buffer, 0, buffer.Length, out found),
                "bytes used by " + text);
            Assert.AreEqual(value, found, "value of " + text);
        }
    }
}
