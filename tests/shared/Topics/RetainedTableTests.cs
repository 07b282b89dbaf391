#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>What is retained under which name.</summary>
    [TestClass]
    public sealed class RetainedTableTests
    {
        [TestMethod]
        public void Put_Get_Remove_OfNamesWithinEachOther()
        {
            Tables tables = new Tables(8, 1, 1, 16, 32);
            int texts = tables.Texts.FreeCount;
            string[] names = { "a", "a/b", "a/b/c", "/", "a/", "$SYS/a" };
            for (int i = 0; i < names.Length; i++)
            {
                Assert.IsTrue(Put(tables, names[i], i), names[i]);
            }

            Assert.AreEqual(names.Length, tables.Retained.Count, "all");
            for (int i = 0; i < names.Length; i++)
            {
                Assert.AreEqual(i, Get(tables, names[i]), names[i]);
            }

            Assert.AreEqual(RetainedTable.None, Get(tables, "b"), "another name");
            Assert.AreEqual(RetainedTable.None, Get(tables, "$SYS"), "a level between");
            Remove(tables, "$SYS");
            Remove(tables, "b");
            Remove(tables, "a/b");
            Remove(tables, "a/b");
            Assert.AreEqual(names.Length - 1, tables.Retained.Count, "one less");
            Assert.AreEqual(RetainedTable.None, Get(tables, "a/b"), "removed");
            Assert.AreEqual(2, Get(tables, "a/b/c"), "below it");
            Assert.AreEqual(0, Get(tables, "a"), "above it");
            for (int i = 0; i < names.Length; i++)
            {
                Remove(tables, names[i]);
            }

            Assert.AreEqual(0, tables.Retained.Count, "none");
            Assert.AreEqual(texts, tables.Texts.FreeCount, "texts are back");
        }

        [TestMethod]
        public void Put_Again_Replaces_MQTT_3_3_1_5()
        {
            Tables tables = new Tables(1, 1, 1, 4, 8);
            Assert.IsTrue(Put(tables, "a/b", 3), "first");
            Assert.IsTrue(Put(tables, "a/b", 4), "second");
            Assert.AreEqual(4, Get(tables, "a/b"), "the newer one");
            Assert.AreEqual(1, tables.Retained.Count, "one");
        }

        [TestMethod]
        public void Put_MessagesNodesOrTextsRunOut_LeavesNothingBehind()
        {
            AssertFullLeavesNothing(new Tables(2, 1, 1, 32, 32));
            AssertFullLeavesNothing(new Tables(9, 1, 1, 6, 32));
            AssertFullLeavesNothing(new Tables(9, 1, 1, 32, 8));
        }

        [TestMethod]
        public void Put_TooManyLevels_IsRefused()
        {
            Tables tables = new Tables(4, 1, 1, 16, 16);
            Assert.IsFalse(Put(tables, "a/b/c/d/e/f/g", 1), "seven");
            Assert.AreEqual(RetainedTable.None, Get(tables, "a/b/c/d/e/f/g"), "not there");
            byte[] filter = Text.Bytes("a/b/c/d/e/f/#");
            Put(tables, "a", 2);
            tables.Retained.Begin(filter, 0, filter.Length);
            Assert.AreEqual(RetainedTable.None, tables.Retained.Next(), "walk of seven");
        }

        [TestMethod]
        public void At_ShowsEveryMessageOnce()
        {
            Tables tables = new Tables(8, 1, 1, 16, 32);
            Put(tables, "a/b", 3);
            Put(tables, "a", 5);
            Put(tables, "c", 6);
            Remove(tables, "c");
            int sum = 0;
            int found = 0;
            for (int i = 0; i < tables.Retained.Positions(); i++)
            {
                int message = tables.Retained.At(i);
                sum += message == RetainedTable.None ? 0 : message;
                found += message == RetainedTable.None ? 0 : 1;
            }

            Assert.AreEqual(2, found, "messages");
            Assert.AreEqual(8, sum, "the right ones");
        }

        [TestMethod]
        public void RandomNamesAndFilters_WalkWhatMatches()
        {
            for (int seed = 1; seed <= 4; seed++)
            {
                Run(seed, 120, new Tables(24, 1, 1, 50, 60));
            }
        }

        [TestMethod]
        public void RandomNamesInATableThatIsOftenFull_WalkWhatMatches()
        {
            for (int seed = 11; seed <= 14; seed++)
            {
                Run(seed, 120, new Tables(6, 1, 1, 10, 12));
            }
        }

        private static void Run(int seed, int steps, Tables tables)
        {
            Lcg random = new Lcg(seed);
            byte[][] names = new byte[steps][];
            bool[] isThere = new bool[steps];
            int texts = tables.Texts.FreeCount;
            string where = "seed " + seed.ToString();
            for (int step = 0; step < steps; step++)
            {
                byte[] name = RandomTopics.Name(random);
                names[step] = name;
                int old = -1;
                for (int i = 0; i < step; i++)
                {
                    old = isThere[i] && Text.Of(names[i]) == Text.Of(name) ? i : old;
                }

                Assert.AreEqual(old, tables.Retained.Get(name, 0, name.Length), where + ": Get");
                if (random.Below(3) == 0)
                {
                    tables.Retained.Remove(name, 0, name.Length);
                    isThere[old < 0 ? step : old] = false;
                }
                else if (tables.Retained.Put(name, 0, name.Length, step))
                {
                    isThere[old < 0 ? step : old] = false;
                    isThere[step] = true;
                }
                else
                {
                    Assert.IsTrue(old < 0, where + ": there is always room to replace");
                }

                AssertWalk(tables, RandomTopics.Filter(random), names, isThere, step, where);
            }

            for (int i = 0; i < steps; i++)
            {
                tables.Retained.Remove(names[i], 0, names[i].Length);
            }

            Assert.AreEqual(texts, tables.Texts.FreeCount, where + ": texts are back");
        }

        private static void AssertWalk(Tables tables, byte[] filter, byte[][] names,
            bool[] isThere, int last, string where)
        {
            bool[] walked = new bool[last + 1];
            where += ": " + Text.Of(filter);
            tables.Retained.Begin(filter, 0, filter.Length);
            int message = tables.Retained.Next();
            while (message != RetainedTable.None)
            {
                Assert.IsFalse(walked[message], where + ": twice");
                walked[message] = true;
                message = tables.Retained.Next();
            }

            for (int i = 0; i <= last; i++)
            {
                bool expected = isThere[i] && TopicFilter.Matches(
                    filter, 0, filter.Length, names[i], 0, names[i].Length);
                Assert.AreEqual(expected, walked[i], where + " against " + Text.Of(names[i]));
            }
        }

        private static void AssertFullLeavesNothing(Tables tables)
        {
            int texts = tables.Texts.FreeCount;
            Assert.IsTrue(Put(tables, "aaaa/b/c", 1), "first");
            Assert.IsTrue(Put(tables, "d/e/f", 2), "second");
            Assert.IsFalse(Put(tables, "g/h/i", 3), "third");
            Assert.IsTrue(Put(tables, "d/e/f", 4), "replaced");
            Assert.AreEqual(RetainedTable.None, Get(tables, "g/h/i"), "the refused one");
            Remove(tables, "d/e/f");
            Assert.IsTrue(Put(tables, "g/h/i", 3), "room again");
            Remove(tables, "g/h/i");
            Remove(tables, "aaaa/b/c");
            Assert.AreEqual(texts, tables.Texts.FreeCount, "texts are back");
        }

        private static bool Put(Tables tables, string name, int message)
        {
            byte[] n = Text.Bytes(name);
            return tables.Retained.Put(n, 0, n.Length, message);
        }

        private static int Get(Tables tables, string name)
        {
            byte[] n = Text.Bytes(name);
            return tables.Retained.Get(n, 0, n.Length);
        }

        private static void Remove(Tables tables, string name)
        {
            byte[] n = Text.Bytes(name);
            tables.Retained.Remove(n, 0, n.Length);
        }
    }
}
