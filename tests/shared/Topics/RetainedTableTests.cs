#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Memory;
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
            Tables tables = new Tables(8, 1, 1, 1);
            int blocks = tables.Messages.FreeCount;
            string[] names = { "a", "a/b", "a/b/c", "/", "a/", "$SYS/a" };
            int[] messages = new int[names.Length];
            for (int i = 0; i < names.Length; i++)
            {
                messages[i] = tables.Retain(Text.Bytes(names[i]));
                Assert.IsTrue(messages[i] >= 0, names[i]);
            }

            Assert.AreEqual(names.Length, tables.Retained.Count, "all");
            for (int i = 0; i < names.Length; i++)
            {
                Assert.AreEqual(messages[i], Get(tables, names[i]), names[i]);
            }

            Assert.AreEqual(RetainedTable.None, Get(tables, "b"), "another name");
            Assert.AreEqual(RetainedTable.None, Get(tables, "$SYS"), "a level between");
            Assert.IsFalse(tables.Forget(Text.Bytes("$SYS")), "nothing");
            Assert.IsTrue(tables.Forget(Text.Bytes("a/b")), "there");
            Assert.IsFalse(tables.Forget(Text.Bytes("a/b")), "only once");
            Assert.AreEqual(names.Length - 1, tables.Retained.Count, "one less");
            Assert.AreEqual(RetainedTable.None, Get(tables, "a/b"), "removed");
            Assert.AreEqual(messages[2], Get(tables, "a/b/c"), "below it");
            Assert.AreEqual(messages[0], Get(tables, "a"), "above it");
            for (int i = 0; i < names.Length; i++)
            {
                tables.Forget(Text.Bytes(names[i]));
            }

            Assert.AreEqual(0, tables.Retained.Count, "none");
            Assert.AreEqual(blocks, tables.Messages.FreeCount, "messages are back");
        }

        [TestMethod]
        public void Put_Again_ReplacesInItsPlace_MQTT_3_3_1_5()
        {
            Tables tables = new Tables(1, 1, 1, 1);
            tables.Retain(Text.Bytes("a/b"));
            int second = tables.Retain(Text.Bytes("a/b"));
            Assert.AreEqual(second, Get(tables, "a/b"), "the newer one");
            Assert.AreEqual(second, tables.Retained.At(0), "in its place");
            Assert.AreEqual(1, tables.Retained.Count, "one");
        }

        [TestMethod]
        public void Put_WithoutRoom_ChangesNothing()
        {
            Tables tables = new Tables(2, 1, 1, 1);
            tables.Retain(Text.Bytes("a"));
            int second = tables.Retain(Text.Bytes("d/e/f"));
            Assert.AreEqual(RetainedTable.None, tables.Retain(Text.Bytes("g/h/i")), "third");
            Assert.AreEqual(RetainedTable.None, Get(tables, "g/h/i"), "the refused one");
            Assert.AreEqual(second, Get(tables, "d/e/f"), "the other one");
            Assert.IsTrue(tables.Retain(Text.Bytes("d/e/f")) >= 0, "replaced");
            tables.Forget(Text.Bytes("a"));
            Assert.IsTrue(tables.Retain(Text.Bytes("g/h/i")) >= 0, "room again");
            Assert.AreEqual(RetainedTable.None, new Tables(0, 1, 1, 1).Retain(Text.Bytes("a")),
                "no room at all");
        }

        [TestMethod]
        public void TooManyLevels_AreRefusedAndFoundNowhere()
        {
            Tables tables = new Tables(4, 1, 1, 1);
            tables.Retain(Text.Bytes("a"));
            byte[] seven = Text.Bytes("a/b/c/d/e/f/g");
            Assert.AreEqual(RetainedTable.None, tables.Retain(seven), "seven");
            Assert.AreEqual(RetainedTable.None, Get(tables, "a/b/c/d/e/f/g"), "not there");
            Assert.IsFalse(tables.Forget(seven), "not there");
            byte[] filter = Text.Bytes("a/b/c/d/e/f/#");
            Assert.AreEqual(1, Tables.Scan(tables.Retained, filter, 0, 100), "scan");
        }

        [TestMethod]
        public void WildcardOnAnyLevel_BehindNamesOfAnyNumber_IsFound()
        {
            Tables tables = new Tables(4, 1, 1, 1);
            string[] filters =
            {
                "+/b/c/d/e/f", "a/+/c/d/e/f", "a/b/+/d/e/f", "a/b/c/+/e/f", "a/b/c/d/+/f",
                "a/b/c/d/e/+", "#", "a/#", "a/b/#", "a/b/c/#", "a/b/c/d/#", "a/b/c/d/e/#",
                "a/b/c/d/e/f", "+/+/+/+/+/+",
            };
            int message = tables.Retain(Text.Bytes("a/b/c/d/e/f"));
            for (int i = 0; i < filters.Length; i++)
            {
                int place = Tables.Scan(tables.Retained, Text.Bytes(filters[i]), 0, 100);
                Assert.IsTrue(place >= 0 && place < tables.Retained.Positions(), filters[i]);
                Assert.AreEqual(message, tables.Retained.At(place), filters[i]);
            }
        }

        [TestMethod]
        public void NamesOfOneBucket_AreRefusedAfterMaxChain_OthersAreNot()
        {
            Tables tables = new Tables(64, 1, 1, 1);
            TopicLevels levels = new TopicLevels(Tables.MaxLevels, Tables.Seed);
            int put = 0;
            int number = 0;
            while (put <= Hashing.MaxChain)
            {
                byte[] name = Text.Bytes("x/" + (number++).ToString());
                levels.Split(name, 0, name.Length);
                if (Hashing.Index(levels.Sum[2], 63) == 0)
                {
                    Assert.AreEqual(put < Hashing.MaxChain, tables.Retain(name) >= 0, "in a chain");
                    put++;
                }
            }

            Assert.IsTrue(tables.Retain(Text.Bytes("y")) >= 0, "in another bucket");
        }

        [TestMethod]
        public void At_ShowsEveryMessageOnce()
        {
            Tables tables = new Tables(8, 1, 1, 1);
            int sum = tables.Retain(Text.Bytes("a/b")) + tables.Retain(Text.Bytes("a"));
            tables.Retain(Text.Bytes("c"));
            tables.Forget(Text.Bytes("c"));
            int found = 0;
            for (int i = 0; i < tables.Retained.Positions(); i++)
            {
                int message = tables.Retained.At(i);
                sum -= message == RetainedTable.None ? 0 : message;
                found += message == RetainedTable.None ? 0 : 1;
            }

            Assert.AreEqual(2, found, "messages");
            Assert.AreEqual(0, sum, "the right ones");
        }

        [TestMethod]
        public void RandomNamesAndFilters_ScanFindsWhatMatches()
        {
            for (int seed = 1; seed <= 4; seed++)
            {
                Run(seed, 120, new Tables(24, 1, 1, 1));
                Run(seed + 10, 120, new Tables(6, 1, 1, 1));
            }
        }

        private static void Run(int seed, int steps, Tables tables)
        {
            Lcg random = new Lcg(seed);
            RetainedNames names = new RetainedNames(tables, steps);
            int blocks = tables.Messages.FreeCount;
            string where = "seed " + seed.ToString();
            for (int step = 0; step < steps; step++)
            {
                names.Change(random, where);
                byte[] filter = RandomTopics.Filter(random);
                int budget = 1 + random.Below(40);
                names.BeginScan();
                int place = 0;
                while (place != tables.Retained.Positions())
                {
                    place = Tables.Scan(tables.Retained, filter, place, budget);
                    Assert.IsTrue(tables.Retained.StepsUsed <= budget + 8, where + ": steps");
                    if (place < 0)
                    {
                        place = ~place;
                    }
                    else if (place != tables.Retained.Positions())
                    {
                        names.Find(tables.Retained.At(place), filter, where);
                        place++;
                    }

                    // Whatever comes and goes in between.
                    if (random.Below(4) == 0)
                    {
                        names.Change(random, where);
                    }
                }

                names.AssertFound(filter, where);
            }

            names.ForgetAll();
            Assert.AreEqual(blocks, tables.Messages.FreeCount, where + ": messages are back");
        }

        private static int Get(Tables tables, string name)
        {
            byte[] n = Text.Bytes(name);
            return tables.Retained.Get(n, 0, n.Length);
        }
    }
}
