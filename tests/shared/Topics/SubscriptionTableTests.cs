#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>Subscribing, matching and what happens when a table is full.</summary>
    [TestClass]
    public sealed class SubscriptionTableTests
    {
        private const byte NoLocal = SubscriptionOptions.NoLocal;
        private const byte RetainAsPublished = SubscriptionOptions.RetainAsPublished;

        [TestMethod]
        public void Subscribe_Twice_ReplacesTheOptions_MQTT_3_8_4_3()
        {
            Tables tables = new Tables(4, 3, 16, 16);
            Assert.AreEqual(SubscriptionTable.Added, tables.Subscribe(2, "a/b", 1), "first");
            Assert.AreEqual(
                SubscriptionTable.Replaced, tables.Subscribe(2, "a/b", NoLocal), "second");
            Assert.AreEqual(1, tables.Subscriptions.Count, "subscriptions");
            Assert.AreEqual(1, tables.Match(Text.Bytes("a/b")), "matches");
            Assert.AreEqual(2, tables.Found[0], "subscriber");
            Assert.AreEqual(NoLocal, tables.Options[0], "options");
        }

        [TestMethod]
        public void Match_OverlappingFilters_OnceWithTheHighestQos_MQTT_3_3_4_2()
        {
            Tables tables = new Tables(8, 3, 16, 16);
            tables.Subscribe(1, "a/b", 0);
            tables.Subscribe(1, "a/+", 2);
            tables.Subscribe(1, "#", 1);
            tables.Subscribe(2, "+/b", 1);
            Assert.AreEqual(2, tables.Match(Text.Bytes("a/b")), "matches");
            int one = tables.IndexOf(1, 2);
            int two = tables.IndexOf(2, 2);
            Assert.IsTrue(one >= 0 && two >= 0, "both, each once");
            Assert.AreEqual((byte)2, tables.Options[one], "highest QoS");
            Assert.AreEqual((byte)1, tables.Options[two], "own QoS");
        }

        [TestMethod]
        public void Match_NoLocal_OnlyWhenAllMatchingFiltersAskForIt_MQTT_3_8_3_3()
        {
            Tables tables = new Tables(8, 3, 16, 16);
            tables.Subscribe(1, "a", NoLocal);
            tables.Subscribe(1, "+", NoLocal | RetainAsPublished);
            Assert.AreEqual(1, tables.Match(Text.Bytes("a")), "matches");
            Assert.AreEqual((byte)(NoLocal | RetainAsPublished | SubscriptionOptions.RetainOfOthers),
                tables.Options[0], "both ask");
            tables.Subscribe(1, "#", 0);
            Assert.AreEqual(1, tables.Match(Text.Bytes("a")), "matches");
            Assert.AreEqual((byte)(RetainAsPublished | SubscriptionOptions.RetainOfOthers),
                tables.Options[0], "one does not ask");
        }

        [TestMethod]
        public void Match_ResultsTooShort_SaysFullAndWritesNoFurther()
        {
            Tables tables = new Tables(8, 4, 16, 16);
            tables.Subscribe(0, "a", 0);
            tables.Subscribe(1, "+", 0);
            tables.Subscribe(2, "#", 0);
            byte[] name = Text.Bytes("a");
            int[] found = new int[5];
            byte[] options = new byte[5];
            for (int at = 0; at <= 5; at++)
            {
                int count = tables.Subscriptions.Match(name, 0, 1, found, options, at);
                Assert.AreEqual(at <= 2 ? 3 : SubscriptionTable.Full, count, "room from here");
            }
        }

        [TestMethod]
        public void Unsubscribe_ExactlyThisFilter_MQTT_3_10_4_1()
        {
            Tables tables = new Tables(8, 4, 16, 16);
            tables.Subscribe(1, "a/+", 0);
            tables.Subscribe(2, "a/+", 0);
            Assert.IsFalse(tables.Unsubscribe(1, "a/b"), "a name that it matches");
            Assert.IsFalse(tables.Unsubscribe(1, "a"), "a parent");
            Assert.IsFalse(tables.Unsubscribe(1, "a/+/+"), "longer");
            Assert.IsFalse(tables.Unsubscribe(3, "a/+"), "of another subscriber");
            Assert.IsFalse(tables.Unsubscribe(1, "a/b/c/d/e/f/g"), "too many levels");
            Assert.IsTrue(tables.Unsubscribe(1, "a/+"), "the filter");
            Assert.IsFalse(tables.Unsubscribe(1, "a/+"), "only once");
            Assert.AreEqual(1, tables.Match(Text.Bytes("a/b")), "the other one stays");
            Assert.AreEqual(2, tables.Found[0], "the other one");
        }

        [TestMethod]
        public void RemoveAll_TakesOneSubscriberOnlyAndLeavesNothing()
        {
            Tables tables = new Tables(8, 4, 16, 16);
            int texts = tables.Texts.FreeCount;
            tables.Subscribe(1, "a/b", 0);
            tables.Subscribe(1, "a/c", 0);
            tables.Subscribe(2, "a/b", 0);
            tables.Subscribe(1, "#", 0);
            tables.Subscriptions.RemoveAll(1);
            tables.Subscriptions.RemoveAll(3);
            Assert.AreEqual(0, tables.Subscriptions.CountOf(1), "of the one");
            Assert.AreEqual(1, tables.Subscriptions.CountOf(2), "of the other");
            Assert.AreEqual(1, tables.Match(Text.Bytes("a/b")), "the other is found");
            Assert.AreEqual(0, tables.Match(Text.Bytes("a/c")), "nobody");
            tables.Subscriptions.RemoveAll(2);
            Assert.AreEqual(0, tables.Subscriptions.Count, "none");
            Assert.AreEqual(texts, tables.Texts.FreeCount, "texts are back");
        }

        [TestMethod]
        public void Subscribe_SubscriptionsRunOut_LeavesNothingBehind()
        {
            AssertFullLeavesNothing(new Tables(2, 3, 16, 32), 2);
        }

        [TestMethod]
        public void Subscribe_TextsRunOut_LeavesNothingBehind()
        {
            AssertFullLeavesNothing(new Tables(9, 3, 16, 7), 2);
        }

        [TestMethod]
        public void Subscribe_TooManyLevels_IsFull()
        {
            Tables tables = new Tables(4, 3, 16, 32);
            Assert.AreEqual(
                SubscriptionTable.Full, tables.Subscribe(1, "a/b/c/d/e/f/g", 0), "seven");
            Assert.AreEqual(
                SubscriptionTable.Added, tables.Subscribe(1, "a/b/c/d/e/f", 0), "six");
            Assert.AreEqual(0, tables.Match(Text.Bytes("a/b/c/d/e/f/g")), "nothing matches seven");
        }

        [TestMethod]
        public void Match_EveryMixOfWildcards_FindsEach()
        {
            // All filters over {a, +} of six levels, with room for their shapes and without.
            AssertEveryMix(new Tables(160, 64, 80, 4, 480, Tables.Seed), 64);
            AssertEveryMix(new Tables(160, 64, 24, 4, 480, Tables.Seed), 20);
        }

        private static void AssertEveryMix(Tables tables, int mixes)
        {
            string[] levels = { "a", "+" };
            for (int mix = 0; mix < mixes; mix++)
            {
                string filter = levels[mix & 1];
                for (int level = 1; level < Tables.MaxLevels; level++)
                {
                    filter += "/" + levels[(mix >> level) & 1];
                }

                Assert.AreEqual(SubscriptionTable.Added, tables.Subscribe(mix, filter, 0), filter);
            }

            Assert.AreEqual(mixes, tables.Match(Text.Bytes("a/a/a/a/a/a")), "all of them");
            Assert.AreEqual(mixes / 2, tables.Match(Text.Bytes("b/a/a/a/a/a")), "half of them");
            Assert.AreEqual(mixes / 64, tables.Match(Text.Bytes("b/b/b/b/b/b")), "one of them");
            Assert.AreEqual(0, tables.Match(Text.Bytes("a/a/a/a/a")), "too short");
        }

        // Filters of three levels of their own, so that each runs into a limit half-way.
        private static void AssertFullLeavesNothing(Tables tables, int fitting)
        {
            int texts = tables.Texts.FreeCount;
            string[] filters = { "aaaa/b/c", "d/e/f", "g/h/i" };
            for (int i = 0; i < 3; i++)
            {
                int expected = i < fitting ? SubscriptionTable.Added : SubscriptionTable.Full;
                Assert.AreEqual(expected, tables.Subscribe(1, filters[i], 0), filters[i]);
            }

            Assert.AreEqual(
                SubscriptionTable.Replaced, tables.Subscribe(1, "d/e/f", 1), "replaced");
            Assert.AreEqual(fitting, tables.Subscriptions.Count, "subscriptions");
            Assert.AreEqual(0, tables.Match(Text.Bytes("g/h/i")), "the refused one");
            Assert.AreEqual(1, tables.Match(Text.Bytes("d/e/f")), "an accepted one");
            Assert.IsTrue(tables.Unsubscribe(1, "d/e/f"), "remove one");
            Assert.AreEqual(SubscriptionTable.Added, tables.Subscribe(1, "g/h/i", 0), "room again");
            tables.Subscriptions.RemoveAll(1);
            Assert.AreEqual(texts, tables.Texts.FreeCount, "texts are back");
            Assert.AreEqual(
                SubscriptionTable.Added, tables.Subscribe(2, "j/k/l", 0), "room is back");
        }
    }
}
