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
    public sealed class Utf8Tests
    {
        [TestMethod]
        public void WellFormed_LimitsOfEachLength_AreValid()
        {
            Check(true, "");
            Check(true, "01");
            Check(true, "7f");
            Check(true, "c2 80");       // U+0080
            Check(true, "df bf");       // U+07FF
            Check(true, "e0 a0 80");    // U+0800
            Check(true, "ed 9f bf");    // U+D7FF, the last before the surrogates
            Check(true, "ee 80 80");    // U+E000, the first behind them
            Check(true, "ef bf bd");    // U+FFFD
            Check(true, "f0 90 80 80"); // U+10000
            Check(true, "f4 8f bf bf"); // U+10FFFF
            Check(true, "'A' f0 aa 9b 94 'z'"); // The example of section 1.5.4.
        }

        [TestMethod]
        public void ControlAndNonCharacters_AreValid()
        {
            Check(true, "09 0a 0d 1f 7f");
            Check(true, "c2 9f");
            Check(true, "ef bf bf");
            Check(true, "ef b7 90");
        }

        // 3.1.1 [MQTT-1.5.3-3]
        [TestMethod]
        public void ByteOrderMark_StaysAndIsValid_MQTT_1_5_4_3()
        {
            Check(true, "ef bb bf 'a'");
            Check(true, "'a' ef bb bf");
        }

        // [MQTT-4.7.3-2]
        // 3.1.1 [MQTT-1.5.3-2] [MQTT-4.7.3-2]
        [TestMethod]
        public void NullCharacter_IsInvalid_MQTT_1_5_4_2()
        {
            Check(false, "00");
            Check(false, "'a' 00 'b'");
            Check(false, "'a' 00");
        }

        [TestMethod]
        public void Overlong_IsInvalid_MQTT_1_5_4_1()
        {
            Check(false, "c0 80");       // U+0000
            Check(false, "c0 af");       // U+002F, a slash
            Check(false, "c1 bf");       // U+007F
            Check(false, "e0 80 80");
            Check(false, "e0 80 af");
            Check(false, "e0 9f bf");    // U+07FF
            Check(false, "f0 80 80 80");
            Check(false, "f0 80 80 af");
            Check(false, "f0 8f bf bf"); // U+FFFF
            Check(false, "f8 80 80 80 80");
            Check(false, "fc 80 80 80 80 80");
        }

        // 3.1.1 [MQTT-1.5.3-1]
        [TestMethod]
        public void Surrogates_AreInvalid_MQTT_1_5_4_1()
        {
            Check(false, "ed a0 80");          // U+D800
            Check(false, "ed af bf");          // U+DBFF
            Check(false, "ed b0 80");          // U+DC00
            Check(false, "ed bf bf");          // U+DFFF
            Check(false, "ed a0 bd ed b8 80"); // A pair, as CESU-8 writes it.
        }

        [TestMethod]
        public void AboveTheLastCodePoint_IsInvalid_MQTT_1_5_4_1()
        {
            Check(false, "f4 90 80 80"); // U+110000
            Check(false, "f5 80 80 80");
            Check(false, "f7 bf bf bf");
            Check(false, "fe");
            Check(false, "ff");
        }

        [TestMethod]
        public void CutOrInterruptedSequence_IsInvalid_MQTT_1_5_4_1()
        {
            Check(false, "80");
            Check(false, "bf");
            Check(false, "'a' 80");
            Check(false, "c2");
            Check(false, "c2 41");
            Check(false, "c2 c2 80");
            Check(false, "e1 80");
            Check(false, "e1 80 41");
            Check(false, "e1 41 80");
            Check(false, "f1 80 80");
            Check(false, "f1 80 80 41");
            Check(false, "f1 80 c2 80");
            Check(false, "c2 80 80");
        }

        // [MQTT-1.5.4-1]
        // 3.1.1 [MQTT-1.5.3-1]
        [TestMethod]
        public void EveryLeadByteWithEverySecondByte_FollowsTheUnicodeTable()
        {
            // Table 3-7 of the Unicode standard, written as ranges of the first two bytes.
            byte[] text = new byte[4];
            for (int first = 0x80; first < 0x100; first++)
            {
                for (int second = 0; second < 0x100; second++)
                {
                    text[0] = (byte)first;
                    text[1] = (byte)second;
                    text[2] = 0x80;
                    text[3] = 0x80;
                    int pair = first << 8 | second;
                    int length = pair < 0xE000 ? 2 : pair < 0xF000 ? 3 : 4;
                    bool expected = second >= 0x80 && second <= 0xBF
                        && (first >= 0xC2 && first <= 0xDF
                            || pair >= 0xE0A0 && pair <= 0xED9F
                            || pair >= 0xEE80 && pair <= 0xEFBF
                            || pair >= 0xF090 && pair <= 0xF48F);
                    if (expected != Utf8.IsValid(text, 0, length))
                    {
                        Assert.AreEqual(expected, !expected, "bytes " + pair.ToString());
                    }
                }
            }
        }

        [TestMethod]
        public void EndInsideTheArray_StopsThere()
        {
            byte[] text = Hex.Parse("'a' c2 80 ff");
            Assert.IsTrue(Utf8.IsValid(text, 0, 3), "the text");
            Assert.IsFalse(Utf8.IsValid(text, 0, 2), "a cut character goes on behind the end");
            Assert.IsTrue(Utf8.IsValid(text, 0, 1), "only the first");
            Assert.IsTrue(Utf8.IsValid(text, 4, 0), "nothing");
        }

        private static void Check(bool expected, string text)
        {
            byte[] bytes = Hex.Parse(text);
            Assert.AreEqual(expected, Utf8.IsValid(bytes, 0, bytes.Length), text);
        }
    }
}
