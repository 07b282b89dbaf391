#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// Every property in every packet, against a table of its own: table 2-4 of MQTT 5.0, written
    /// as the packets' names rather than as bits.
    /// </summary>
    [TestClass]
    public sealed class PropertyTargetTests
    {
        private const int Ids = 0x2B;
        private const int Targets = 17;

        [TestMethod]
        public void EveryPropertyInEveryPacket_IsAllowedOrMalformed()
        {
            PropertySet properties = new PropertySet();
            for (int id = 0; id < Ids; id++)
            {
                byte[] section = Section(id);
                for (int target = 0; target < Targets; target++)
                {
                    byte code = properties.Decode(section, 0, section.Length, (byte)target);
                    byte expected = Expected(id, target);
                    if (expected != code)
                    {
                        Assert.AreEqual(expected, code, "property " + id.ToString()
                            + " in target " + target.ToString() + ": " + properties.Violation);
                    }

                    Assert.AreEqual(expected == ReasonCode.Success, properties.Has((byte)id),
                        "a refused property is there");
                    Assert.AreEqual(expected == ReasonCode.Success,
                        properties.Violation == null, "words");
                }
            }
        }

        [TestMethod]
        public void EveryPropertyTwice_IsProtocolErrorWithTwoExceptions()
        {
            PropertySet properties = new PropertySet();
            for (int id = 0; id < Ids; id++)
            {
                byte[] twice = Hex.Parse("00" + Sample(id) + Sample(id));
                twice[0] = (byte)(twice.Length - 1);
                for (int target = 0; target < Targets; target++)
                {
                    byte expected = Expected(id, target);
                    bool mayRepeat = id == 0x26 || id == 0x0B && target == 16;
                    if (expected == ReasonCode.Success && !mayRepeat)
                    {
                        expected = ReasonCode.ProtocolError;
                    }

                    byte code = properties.Decode(twice, 0, twice.Length, (byte)target);
                    if (expected != code)
                    {
                        Assert.AreEqual(expected, code, "property " + id.ToString()
                            + " twice in target " + target.ToString());
                    }
                }
            }
        }

        [TestMethod]
        public void EveryPropertyCut_IsMalformed()
        {
            PropertySet properties = new PropertySet();
            for (int id = 0; id < Ids; id++)
            {
                byte[] section = Section(id);
                for (int target = 0; target < Targets; target++)
                {
                    if (Expected(id, target) == ReasonCode.Success)
                    {
                        AssertCuts(properties, section, id, (byte)target);
                    }
                }
            }
        }

        [TestMethod]
        public void IdentifiersAboveTheLast_AreMalformed()
        {
            PropertySet properties = new PropertySet();
            for (int id = Ids; id < 256; id++)
            {
                byte[] section = new byte[8];
                section[0] = 7;
                section[1] = (byte)id;
                byte code = properties.Decode(section, 0, 8, PacketType.Connack);
                Assert.AreEqual(ReasonCode.MalformedPacket, code, "unknown property");
                Assert.IsFalse(
                    PropertyRules.IsAllowed((byte)id, PacketType.Connack), "in the table");
            }
        }

        // The Property Length says how much is there, so that only the property itself is cut. A
        // cut between two properties of a sample leaves a good first one.
        private static void AssertCuts(PropertySet properties, byte[] section, int id, byte target)
        {
            for (int count = 2; count < section.Length; count++)
            {
                byte[] cut = new byte[count];
                System.Array.Copy(section, 0, cut, 0, count);
                cut[0] = (byte)(count - 1);
                bool betweenTwo = id == 0x16 && count == 5;
                byte code = properties.Decode(cut, 0, count, target);
                Assert.AreEqual(
                    betweenTwo ? ReasonCode.Success : ReasonCode.MalformedPacket, code, "cut");
                cut[0] = (byte)(section.Length - 1);
                code = properties.Decode(cut, 0, count, target);
                Assert.AreEqual(ReasonCode.MalformedPacket, code, "announced in full");
            }
        }

        private static byte[] Section(int id)
        {
            byte[] section = Hex.Parse("00" + Sample(id));
            section[0] = (byte)(section.Length - 1);
            return section;
        }

        private static byte Expected(int id, int target)
        {
            string name = Name(target);
            bool allowed = name.Length > 0
                && (" " + Packets(id)).IndexOf(" " + name + ";") >= 0;
            if (id == 0x0B && target == 3)
            {
                // In the table, but not from a client: [MQTT-3.3.4-6].
                return ReasonCode.ProtocolError;
            }

            return allowed ? ReasonCode.Success : ReasonCode.MalformedPacket;
        }

        private static string Name(int target)
        {
            switch (target)
            {
                case 0: return "Will Properties";
                case 1: return "CONNECT";
                case 2: return "CONNACK";
                case 3: return "PUBLISH";
                case 4: return "PUBACK";
                case 5: return "PUBREC";
                case 6: return "PUBREL";
                case 7: return "PUBCOMP";
                case 8: return "SUBSCRIBE";
                case 9: return "SUBACK";
                case 10: return "UNSUBSCRIBE";
                case 11: return "UNSUBACK";
                case 14: return "DISCONNECT";
                case 15: return "AUTH";
                case 16: return "PUBLISH";
                default: return "";
            }
        }

        private static string Packets(int id)
        {
            switch (id)
            {
                case 1:
                case 2:
                case 3:
                case 8:
                case 9: return "PUBLISH; Will Properties;";
                case 11: return "PUBLISH; SUBSCRIBE;";
                case 17: return "CONNECT; CONNACK; DISCONNECT;";
                case 18:
                case 19: return "CONNACK;";
                case 21:
                case 22: return "CONNECT; CONNACK; AUTH;";
                case 23: return "CONNECT;";
                case 24: return "Will Properties;";
                case 25: return "CONNECT;";
                case 26: return "CONNACK;";
                case 28: return "CONNACK; DISCONNECT;";
                case 31:
                    return "CONNACK; PUBACK; PUBREC; PUBREL; PUBCOMP; SUBACK; UNSUBACK; "
                    + "DISCONNECT; AUTH;";
                case 33:
                case 34: return "CONNECT; CONNACK;";
                case 35: return "PUBLISH;";
                case 36:
                case 37: return "CONNACK;";
                case 38:
                    return "CONNECT; CONNACK; PUBLISH; Will Properties; PUBACK; PUBREC; "
                    + "PUBREL; PUBCOMP; SUBSCRIBE; SUBACK; UNSUBSCRIBE; UNSUBACK; DISCONNECT; "
                    + "AUTH;";
                case 39: return "CONNECT; CONNACK;";
                case 40:
                case 41:
                case 42: return "CONNACK;";
                default: return "";
            }
        }

        // A good value of each property; Authentication Data needs a method beside it.
        private static string Sample(int id)
        {
            switch (id)
            {
                case 1: return "01 01";
                case 2: return "02 00 00 00 00";
                case 3: return "03 00 01 't'";
                case 8: return "08 00 01 't'";
                case 9: return "09 00 01 00";
                case 11: return "0b 80 01";
                case 17: return "11 ff ff ff ff";
                case 18: return "12 00 01 'c'";
                case 19: return "13 00 00";
                case 21: return "15 00 01 'm'";
                case 22: return "15 00 01 'm' 16 00 00";
                case 23: return "17 00";
                case 24: return "18 00 00 00 01";
                case 25: return "19 01";
                case 26: return "1a 00 01 'i'";
                case 28: return "1c 00 01 's'";
                case 31: return "1f 00 01 'r'";
                case 33: return "21 00 01";
                case 34: return "22 00 00";
                case 35: return "23 00 01";
                case 36: return "24 00";
                case 37: return "25 01";
                case 38: return "26 00 01 'k' 00 01 'v'";
                case 39: return "27 00 00 00 01";
                case 40: return "28 01";
                case 41: return "29 01";
                case 42: return "2a 01";
                default:
                    return "0123456789abcdef".Substring(id >> 4, 1)
                    + "0123456789abcdef".Substring(id & 15, 1) + "00";
            }
        }
    }
}
