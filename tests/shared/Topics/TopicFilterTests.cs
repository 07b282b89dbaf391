#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// Which Topic Filters are valid, and what they match (MQTT 5.0, section 4.7).
    /// </summary>
    [TestClass]
    public sealed class TopicFilterTests
    {
        [TestMethod]
        public void Check_ValidFilters_Pass()
        {
            string[] valid =
            {
                "a", "/", "//", "#", "+", "/#", "/+", "+/", "+/+", "+/#", "+/+/#", "a/+", "a/#",
                "+/tennis/#", "sport/+/player1", "sport/tennis/player1/#", "$SYS/#", "a//#",
                "+//+", "$share", " ", "a b",
            };
            for (int i = 0; i < valid.Length; i++)
            {
                AssertCheck(ReasonCode.Success, valid[i]);
            }
        }

        [TestMethod]
        public void Check_Empty_IsInvalid_MQTT_4_7_3_1()
        {
            AssertCheck(ReasonCode.TopicFilterInvalid, "");
        }

        // 3.1.1 [MQTT-4.7.1-2]
        [TestMethod]
        public void Check_MultiLevelWildcardMisplaced_IsInvalid_MQTT_4_7_1_1()
        {
            string[] invalid =
            {
                "sport/tennis#", "sport/tennis/#/ranking", "a#", "#a", "#/", "##", "#/a", "a/#/",
                "a/##", "#+", "/#/", "a/b#",
            };
            for (int i = 0; i < invalid.Length; i++)
            {
                AssertCheck(ReasonCode.TopicFilterInvalid, invalid[i]);
            }
        }

        // 3.1.1 [MQTT-4.7.1-3]
        [TestMethod]
        public void Check_SingleLevelWildcardMisplaced_IsInvalid_MQTT_4_7_1_2()
        {
            string[] invalid =
            {
                "sport+", "+a", "a+", "++", "a/+b", "a/b+", "a/+b/c", "+a/b", "+#", "a/++",
            };
            for (int i = 0; i < invalid.Length; i++)
            {
                AssertCheck(ReasonCode.TopicFilterInvalid, invalid[i]);
            }
        }

        [TestMethod]
        public void Check_TooManyLevels_IsOverTheQuota()
        {
            AssertCheck(ReasonCode.Success, "+/+/+/#");
            AssertCheck(ReasonCode.QuotaExceeded, "+/+/+/+/#");
            AssertCheck(ReasonCode.QuotaExceeded, "////");
        }

        [TestMethod]
        public void IsShared_OnlyWithTheSlash()
        {
            AssertShared(true, "$share/g/a");
            AssertShared(true, "$share/");
            AssertShared(false, "$share");
            AssertShared(false, "$shared/a");
            AssertShared(false, "$Share/g/a");
            AssertShared(false, "a$share/g/a");
        }

        // [MQTT-3.3.2-3]
        // 3.1.1 [MQTT-3.3.2-3]
        [TestMethod]
        public void Matches_ExamplesOfTheSpecification()
        {
            AssertMatch("sport/tennis/player1/#", "sport/tennis/player1", true);
            AssertMatch("sport/tennis/player1/#", "sport/tennis/player1/ranking", true);
            AssertMatch("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true);
            AssertMatch("sport/tennis/player1/#", "sport/tennis/player2", false);
            AssertMatch("sport/#", "sport", true);
            AssertMatch("#", "a/b/c", true);
            AssertMatch("sport/tennis/+", "sport/tennis/player1", true);
            AssertMatch("sport/tennis/+", "sport/tennis/player2", true);
            AssertMatch("sport/tennis/+", "sport/tennis/player1/ranking", false);
            AssertMatch("sport/+", "sport", false);
            AssertMatch("sport/+", "sport/", true);
            AssertMatch("+/+", "/finance", true);
            AssertMatch("/+", "/finance", true);
            AssertMatch("+", "/finance", false);
            AssertMatch("ACCOUNTS", "Accounts", false);
            AssertMatch("/finance", "finance", false);
        }

        // 3.1.1 [MQTT-4.7.2-1]
        [TestMethod]
        public void Matches_WildcardInFrontOfDollar_Never_MQTT_4_7_2_1()
        {
            AssertMatch("#", "$SYS/a", false);
            AssertMatch("+/monitor/Clients", "$SYS/monitor/Clients", false);
            AssertMatch("+", "$SYS", false);
            AssertMatch("+/#", "$SYS/a", false);
            AssertMatch("$SYS/#", "$SYS/a", true);
            AssertMatch("$SYS/#", "$SYS", true);
            AssertMatch("$SYS/monitor/+", "$SYS/monitor/Clients", true);
            AssertMatch("a/#", "a/$b", true);
            AssertMatch("a/+", "a/$b", true);
            AssertMatch("/+", "/$b", true);
        }

        [TestMethod]
        public void Matches_EmptyLevels()
        {
            AssertMatch("+", "", false);
            AssertMatch("/", "/", true);
            AssertMatch("+/+", "/", true);
            AssertMatch("+/", "/", true);
            AssertMatch("/+", "/", true);
            AssertMatch("#", "/", true);
            AssertMatch("/#", "/", true);
            AssertMatch("//#", "/", true);
            AssertMatch("+/+/#", "/", true);
            AssertMatch("+/+/+", "/", false);
            AssertMatch("+", "/", false);
            AssertMatch("a/+/b", "a//b", true);
            AssertMatch("a//b", "a/b", false);
            AssertMatch("a", "a/", false);
            AssertMatch("a/", "a", false);
            AssertMatch("a/#", "a/", true);
            AssertMatch("a/#", "ab", false);
            AssertMatch("+/#", "a", true);
            AssertMatch("ab", "a", false);
            AssertMatch("a", "ab", false);
        }

        // Asks Matches and, with the same question, the subscription and the retained table.
        private static void AssertMatch(string filter, string name, bool expected)
        {
            if (name.Length == 0)
            {
                return;
            }

            byte[] f = Text.Bytes(filter);
            byte[] n = Text.Bytes(name);
            byte[] both = Text.Bytes("+/" + filter + "/#" + name + "/x");
            string what = filter + " against " + name;
            Assert.AreEqual(expected, TopicFilter.Matches(
                both, 2, f.Length, both, 4 + f.Length, n.Length), what);

            // Once with its own shape, once where only prefixes have room.
            for (int shapes = 5; shapes <= 16; shapes += 11)
            {
                Tables tables = new Tables(4, 2, shapes, 64);
                tables.Subscriptions.Subscribe(1, f, 0, f.Length, 0);
                Assert.AreEqual(expected ? 1 : 0, tables.Match(n), what + " in the table");
                Assert.IsTrue(tables.Retain(n) >= 0, what + ": retained");
                int place = Tables.Scan(tables.Retained, f, 0, 100);
                Assert.AreEqual(expected ? 0 : 1, place, what + " among retained");
                Assert.AreEqual(1, Tables.Scan(tables.Retained, f, 1, 100), what + ": end");
            }
        }

        private static void AssertShared(bool expected, string filter)
        {
            byte[] f = Text.Bytes(filter);
            Assert.AreEqual(expected, TopicFilter.IsShared(f, 0, f.Length), filter);
        }

        private static void AssertCheck(byte expected, string filter)
        {
            byte[] f = Text.Bytes(filter);
            byte[] buffer = Text.Bytes("#+" + filter + "+#");
            Assert.AreEqual(expected, TopicFilter.Check(buffer, 2, f.Length, 4), filter);
        }
    }
}
