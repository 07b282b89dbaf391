#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Codec.Client;

namespace EdgeBroker.Tests
{
    [TestClass]
    public sealed class ReasonCodeTests
    {
        [TestMethod]
        public void EveryCodeInEveryPacket_FollowsTheTablesOfThePackets()
        {
            for (int type = 0; type < 16; type++)
            {
                byte[] allowed = Hex.Parse(CodesOf(type));
                for (int code = 0; code < 256; code++)
                {
                    bool expected = false;
                    for (int i = 0; i < allowed.Length; i++)
                    {
                        expected = expected || allowed[i] == code;
                    }

                    if (expected != ReasonCodeRules.IsAllowed((byte)code, (byte)type))
                    {
                        Assert.AreEqual(expected, !expected,
                            "code " + code.ToString() + " in type " + type.ToString());
                    }
                }
            }
        }

        [TestMethod]
        public void ReturnCodes_ThereAndBack_AreTheSame()
        {
            for (int code = 0; code <= 5; code++)
            {
                byte reason = ConnackPacket.ToReasonCode((byte)code);
                Assert.AreEqual((byte)code, ConnectReturnCode.FromReasonCode(reason), "3.1.1");
            }
        }

        [TestMethod]
        public void ReturnCodes_OfAllReasonCodes_AreDefined_MQTT_3_1_4_1()
        {
            for (int reason = 1; reason < 256; reason++)
            {
                byte code = ConnectReturnCode.FromReasonCode((byte)reason);
                bool isSilent = reason == ReasonCode.MalformedPacket
                    || reason == ReasonCode.ProtocolError
                    || reason == ReasonCode.TopicNameInvalid;
                Assert.AreEqual(isSilent, code == ConnectReturnCode.NoAnswer, "closed silently");
                Assert.IsTrue(isSilent || code >= 1 && code <= 5,
                    "a refusal must not become an acceptance");
            }
        }

        // The Reason Code tables of chapter 3 of MQTT 5.0, packet by packet.
        private static string CodesOf(int type)
        {
            switch (type)
            {
                case 2:
                    return @"00 80 81 82 83 84 85 86 87 88 89 8a 8c 90 95 97 99 9a 9b 9c 9d 9f";
                case 4:
                case 5:
                    return "00 10 80 83 87 90 91 97 99";
                case 6:
                case 7:
                    return "00 92";
                case 9:
                    return "00 01 02 80 83 87 8f 91 97 9e a1 a2";
                case 11:
                    return "00 11 80 83 87 8f 91";
                case 14:
                    return @"00 04 80 81 82 83 87 89 8b 8c 8d 8e 8f 90 93 94 95 96 97 98 99 9a
                             9b 9c 9d 9e 9f a0 a1 a2";
                case 15:
                    return "00 18 19";
                default:
                    return "";
            }
        }
    }
}
