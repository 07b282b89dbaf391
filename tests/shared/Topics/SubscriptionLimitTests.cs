#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// What the sizes of a board hold, who gets it, and what chosen collisions come to.
    /// </summary>
    [TestClass]
    public sealed class SubscriptionLimitTests
    {
        private const int Clients = 15;
        private const int Subscriptions = 64;

        [TestMethod]
        public void SixtyFourFiltersOfFourLevels_AllFitABoard()
        {
            Tables tables = Board(Tables.Seed);
            for (int i = 0; i < Subscriptions; i++)
            {
                string filter = "plant/line" + (10 + i).ToString() + "/+/temp";
                Assert.AreEqual(
                    SubscriptionTable.Added, tables.Subscribe(i % Clients, filter, 0), filter);
            }

            Assert.AreEqual(1, tables.Match(Text.Bytes("plant/line73/x/temp")), "the last one");
            Assert.AreEqual(
                SubscriptionTable.Full, tables.Subscribe(0, "one/more", 0), "sixty-five");
        }

        [TestMethod]
        public void OneOrTwoClients_NeverTakeWhatTheOthersAreGuaranteed()
        {
            Tables tables = Board(Tables.Seed);
            int alone = Greedy(tables, 0);
            Assert.IsTrue(alone >= Subscriptions / 2, "half for one alone");
            Greedy(tables, 1);
            for (int client = 2; client < Clients; client++)
            {
                Assert.IsTrue(Greedy(tables, client) >= 2, "at least two for each other one");
            }

            tables.Subscriptions.RemoveAll(0);
            Assert.IsTrue(Greedy(tables, 1) >= Subscriptions / 2 - 4, "what others gave back");
            Assert.AreEqual(2, Greedy(tables, 0), "and two for who comes back");
        }

        [TestMethod]
        public void LongFilters_NeverTakeTheTextThatOthersAreGuaranteed()
        {
            Tables tables = Board(Tables.Seed);
            string filler = "0123456789012345678901234567890123456789/0123456789012345678901234567";
            int taken = 0;
            while (tables.Subscribe(0, filler + taken.ToString(), 0) > 0)
            {
                taken++;
            }

            Assert.IsTrue(taken >= 10, "half of the text");
            for (int client = 1; client < Clients; client++)
            {
                Assert.AreEqual(2, tables.Subscribe(client, "plant/line07/+/temp", 0)
                    + tables.Subscribe(client, "plant/line08/+/temp", 0), "two of one block");
            }
        }

        [TestMethod]
        public void SameText_IsStoredOnceAndStaysUntilTheLastOneLeaves()
        {
            Tables tables = new Tables(16, 4, 16, 64);
            for (int i = 0; i < 4; i++)
            {
                tables.Subscribe(i, "a/+/cdef", 0);
            }

            Assert.AreEqual(62, tables.Texts.FreeCount, "two blocks");
            int[] order = { 2, 3, 0, 1 };
            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual(4 - i, tables.Match(Text.Bytes("a/x/cdef")), "those that are left");
                Assert.IsTrue(tables.Unsubscribe(order[i], "a/+/cdef"), "leaves");
            }

            Assert.AreEqual(64, tables.Texts.FreeCount, "back");
        }

        [TestMethod]
        public void FiltersOfOneBucket_AreCrowdedAfterMaxChain_OthersAreNot()
        {
            Tables tables = Board(Tables.Seed);
            TopicLevels levels = new TopicLevels(Tables.MaxLevels, Tables.Seed);
            int added = 0;
            int number = 0;
            while (added <= Hashing.MaxChain)
            {
                string filter = "x/" + (number++).ToString();
                byte[] f = Text.Bytes(filter);
                levels.Split(f, 0, f.Length);
                if (Hashing.Index(levels.Sum[2], Subscriptions - 1) == 0)
                {
                    int expected = added < Hashing.MaxChain
                        ? SubscriptionTable.Added
                        : SubscriptionTable.Crowded;
                    Assert.AreEqual(expected, tables.Subscribe(0, filter, 0), filter);
                    added++;
                }
            }

            Assert.AreEqual(Hashing.MaxChain, tables.Subscriptions.Count, "so many");
            Assert.AreEqual(SubscriptionTable.Added, tables.Subscribe(0, "y", 0), "another bucket");
            int texts = tables.Texts.FreeCount;
            tables.Subscriptions.RemoveAll(0);
            Assert.AreEqual(texts + Hashing.MaxChain + 1, tables.Texts.FreeCount, "texts are back");
        }

        [TestMethod]
        public void FiltersWithoutRoomForTheirShape_AreCrowdedAfterTwelve_OthersAreNot()
        {
            const int MaxCovered = 12;
            Tables tables = new Tables(Subscriptions, Clients, 5, 8, 320, Tables.Seed);
            for (int i = 0; i <= MaxCovered; i++)
            {
                int expected = i < MaxCovered ? SubscriptionTable.Added : SubscriptionTable.Crowded;
                Assert.AreEqual(
                    expected, tables.Subscribe(0, "+/" + i.ToString(), 0), "filter of a new shape");
            }

            for (int i = 0; i < MaxCovered; i++)
            {
                Assert.AreEqual(SubscriptionTable.Added,
                    tables.Subscribe(1, "a/" + i.ToString(), 0), "name");
                Assert.AreEqual(SubscriptionTable.Added,
                    tables.Subscribe(2, "b/" + i.ToString() + "/+", 0), "with a prefix");
            }

            Assert.AreEqual(1, tables.Match(Text.Bytes("x/3")), "the one");
            Assert.AreEqual(1, tables.Match(Text.Bytes("b/3/x")), "the other");
            Assert.IsTrue(tables.Unsubscribe(0, "+/3"), "found");
            Assert.AreEqual(
                SubscriptionTable.Added, tables.Subscribe(0, "+/x", 0), "room for one");
        }

        [TestMethod]
        public void FilterWhoseShapeCameLater_IsStillReplacedAndRemoved()
        {
            Tables tables = new Tables(16, 2, 6, 64);
            tables.Subscribe(0, "+/+", 0);
            Assert.AreEqual(1, tables.Subscribe(0, "a/+", 0), "under its prefix");
            tables.Unsubscribe(0, "+/+");
            Assert.AreEqual(1, tables.Subscribe(0, "b/+", 0), "now with its shape");
            Assert.AreEqual(0, tables.Subscribe(0, "a/+", 1), "found under the prefix");
            Assert.AreEqual(1, tables.Subscribe(1, "a/+", 1), "of another one, too");
            Assert.AreEqual(2, tables.Match(Text.Bytes("a/x")), "each once");
            Assert.IsTrue(tables.Unsubscribe(0, "a/+"), "removed");
            Assert.AreEqual(1, tables.Match(Text.Bytes("a/x")), "the other one");
        }

        [TestMethod]
        public void TwoHundredLevels_MatchWithWildcardsAnywhere()
        {
            BlockPool texts = new BlockPool(24, 200);
            SubscriptionTable table = new SubscriptionTable(
                16, 8, 8, 16, new TopicLevels(200, Tables.Seed), texts);
            byte[] name = new byte[399];
            for (int i = 0; i < name.Length; i++)
            {
                name[i] = (byte)((i & 1) == 0 ? 'a' : '/');
            }

            int[] plus = { 0, 31, 32, 63, 199, -1 };
            for (int i = 0; i < plus.Length; i++)
            {
                byte[] filter = new byte[399];
                System.Array.Copy(name, 0, filter, 0, 399);
                if (plus[i] >= 0)
                {
                    filter[plus[i] * 2] = (byte)'+';
                }

                Assert.AreEqual(1, table.Subscribe(i, filter, 0, 399, 0), "level");
            }

            Assert.AreEqual(6, table.Match(name, 0, 399, new int[8], new byte[8], 0), "all");
            name[64] = (byte)'b';
            Assert.AreEqual(1, table.Match(name, 0, 399, new int[8], new byte[8], 0), "level 32");
            Assert.AreEqual(0, table.Match(name, 0, 397, new int[8], new byte[8], 0), "199 levels");
        }

        private static int Greedy(Tables tables, int client)
        {
            int taken = 0;
            while (tables.Subscribe(
                client, client.ToString() + "/line" + taken.ToString() + "/+/temp", 0) >= 0)
            {
                taken++;
            }

            return taken;
        }

        private static Tables Board(int seed)
        {
            return new Tables(Subscriptions, Clients, 16, 24, 80, seed);
        }
    }
}
