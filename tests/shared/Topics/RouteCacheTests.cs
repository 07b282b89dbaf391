#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>The cache gives what the subscription table gives, whatever it remembers.</summary>
    [TestClass]
    public sealed class RouteCacheTests
    {
        [TestMethod]
        public void Find_Again_IsTheSameRoute()
        {
            Tables tables = new Tables(8, 4, 16, 32);
            RouteCache cache = Cache(tables, 4, 8, 8);
            Subscribe(tables, 1, "a/+");
            int route = Find(cache, "a/b", RouteCache.None);
            Assert.AreEqual(1, cache.Count[route], "subscribers");
            Assert.AreEqual(1, cache.Subscribers[cache.First[route]], "subscriber");
            int other = Find(cache, "a/c", route);
            Assert.AreEqual(route, Find(cache, "a/b", other), "by hash");
            Assert.AreEqual(route, Find(cache, "a/b", route), "by hint");
            Assert.AreEqual(other, Find(cache, "a/c", route), "the other");
            Assert.AreEqual(0, cache.Count[Find(cache, "b/c", route)], "nobody");
        }

        [TestMethod]
        public void Find_AfterEveryChange_IsRight()
        {
            Tables tables = new Tables(8, 4, 16, 32);
            RouteCache cache = Cache(tables, 4, 8, 8);
            int route = Find(cache, "a", RouteCache.None);
            Assert.AreEqual(0, cache.Count[route], "nobody yet");
            Subscribe(tables, 1, "a");
            route = Find(cache, "a", route);
            Assert.AreEqual(1, cache.Count[route], "subscribed");
            byte[] filter = Text.Bytes("a");
            tables.Subscriptions.Subscribe(1, filter, 0, 1, SubscriptionOptions.NoLocal);
            route = Find(cache, "a", route);
            Assert.AreEqual(SubscriptionOptions.NoLocal, cache.Options[cache.First[route]],
                "options replaced");
            tables.Subscriptions.Unsubscribe(1, filter, 0, 1);
            route = Find(cache, "a", route);
            Assert.AreEqual(0, cache.Count[route], "unsubscribed");
            Subscribe(tables, 2, "+");
            tables.Subscriptions.RemoveAll(2);
            Assert.AreEqual(0, cache.Count[Find(cache, "a", route)], "removed");
        }

        [TestMethod]
        public void Find_MoreNamesThanEntries_StaysRight()
        {
            Tables tables = new Tables(16, 10, 16, 32);
            RouteCache cache = Cache(tables, 4, 8, 16);
            for (int i = 0; i < 10; i++)
            {
                Subscribe(tables, i, Digit(i));
            }

            Lcg random = new Lcg(3);
            int hint = RouteCache.None;
            for (int step = 0; step < 200; step++)
            {
                int i = random.Below(10);
                hint = Find(cache, Digit(i), hint);
                Assert.AreEqual(1, cache.Count[hint], "one subscriber");
                Assert.AreEqual(i, cache.Subscribers[cache.First[hint]], "the right one");
            }
        }

        [TestMethod]
        public void Find_NameTooLongToRemember_IsRightAndNeverHit()
        {
            Tables tables = new Tables(8, 4, 16, 32);
            RouteCache cache = Cache(tables, 4, 4, 8);
            Subscribe(tables, 1, "abcde");
            Subscribe(tables, 2, "abcdf");
            int one = Find(cache, "abcde", RouteCache.None);
            Assert.AreEqual(1, cache.Subscribers[cache.First[one]], "first");
            int two = Find(cache, "abcdf", one);
            Assert.AreEqual(2, cache.Subscribers[cache.First[two]], "second");
            int four = Find(cache, "abcd", two);
            Assert.AreEqual(0, cache.Count[four], "a name of exactly the longest length");
            Assert.AreEqual(four, Find(cache, "abcd", two), "which is remembered");
        }

        [TestMethod]
        public void Find_ResultsRunOver_StaysRight()
        {
            Tables tables = new Tables(12, 4, 16, 32);
            RouteCache cache = Cache(tables, 8, 8, 5);
            for (int i = 0; i < 4; i++)
            {
                Subscribe(tables, i, "+");
            }

            string[] names = { "a", "b", "c", "abcdefghi" };
            int hint = RouteCache.None;
            for (int step = 0; step < 20; step++)
            {
                hint = Find(cache, names[step * 7 % 4], hint);
                Assert.AreEqual(4, cache.Count[hint], "all four");
                int seen = 0;
                for (int i = 0; i < 4; i++)
                {
                    seen |= 1 << cache.Subscribers[cache.First[hint] + i];
                }

                Assert.AreEqual(15, seen, "each of them");
            }
        }

        [TestMethod]
        public void TwelveSensorsInTurn_OneToFiveDashboards_AreNearlyAlwaysHits()
        {
            for (int dashboards = 1; dashboards <= 5; dashboards++)
            {
                for (int seed = 0; seed < 20; seed++)
                {
                    AssertHits(12, dashboards, seed * 7919, 95);
                }
            }
        }

        [TestMethod]
        public void MoreSensorsThanEntries_StillHitForMost()
        {
            // Driving out the oldest for every new name would leave no hit at all.
            AssertHits(20, 1, 1, 60);
            AssertHits(14, 5, 2, 60);
        }

        [TestMethod]
        public void Find_RouteLargerThanTheResults_IsRightAndNotRemembered()
        {
            Tables tables = new Tables(12, 4, 16, 32);
            RouteCache cache = Cache(tables, 4, 8, 3);
            for (int i = 0; i < 4; i++)
            {
                Subscribe(tables, i, "+");
            }

            for (int step = 0; step < 5; step++)
            {
                Assert.AreEqual(4, cache.Count[Find(cache, "a", RouteCache.None)], "all four");
                Assert.AreEqual(0, cache.Count[Find(cache, "a/b", RouteCache.None)], "nobody");
            }

            Assert.AreEqual(6, cache.Matches, "only the small one is remembered");
        }

        [TestMethod]
        public void Find_EveryEntryWithANameOfTheLongestLength_AllAreHits()
        {
            for (int textSize = 7; textSize <= 9; textSize++)
            {
                Tables tables = new Tables(12, 4, 16, 32);
                RouteCache cache = Cache(tables, 16, textSize, 16);
                for (int i = 0; i < 32; i++)
                {
                    string name = "sensors/x".Substring(0, textSize - 2) + (10 + i % 16).ToString();
                    Find(cache, name, RouteCache.None);
                }

                Assert.AreEqual(16, cache.Matches, "each once");
            }
        }

        [TestMethod]
        public void Find_NamesOfOneBucket_AreNotRememberedAfterMaxChain()
        {
            Tables tables = new Tables(12, 4, 16, 32);
            RouteCache cache = Cache(tables, 64, 8, 64);
            for (int round = 0; round < 2; round++)
            {
                int number = 0;
                for (int found = 0; found <= Hashing.MaxChain; number++)
                {
                    byte[] name = Text.Bytes("x/" + number.ToString());
                    if (Hashing.Index(cache.HashOf(name, 0, name.Length), 63) == 0)
                    {
                        cache.Find(name, 0, name.Length, RouteCache.None);
                        found++;
                    }
                }
            }

            Assert.AreEqual(Hashing.MaxChain + 2, cache.Matches, "the last one twice");
        }

        [TestMethod]
        public void Find_InvalidName_SaysWhyAndIsNotRemembered()
        {
            Tables tables = new Tables(8, 4, 16, 32);
            RouteCache cache = Cache(tables, 4, 16, 8);
            for (int round = 0; round < 2; round++)
            {
                AssertError(cache, "'a/+'", ReasonCode.TopicNameInvalid);
                AssertError(cache, "'a' 00", ReasonCode.MalformedPacket);
                AssertError(cache, "'a/b/c/d/e/f/g'", ReasonCode.QuotaExceeded);
                AssertError(cache, "'a/b/c/d/e/f/g/h/i/j'", ReasonCode.QuotaExceeded);
                Assert.IsTrue(Find(cache, "a", RouteCache.None) >= 0, "a good one in between");
            }
        }

        // The limits of a board: 16 routes, 64 results, names of 28 bytes.
        private static void AssertHits(int sensors, int dashboards, int seed, int percent)
        {
            Tables tables = new Tables(64, 16, 16, 24, 80, seed);
            RouteCache cache = Cache(tables, 16, 28, 64);
            for (int i = 0; i < dashboards; i++)
            {
                Subscribe(tables, i, "plant/#");
            }

            const int Rounds = 30;
            for (int round = 0; round < Rounds; round++)
            {
                for (int sensor = 0; sensor < sensors; sensor++)
                {
                    int route = Find(cache, "plant/line" + sensor.ToString() + "/temp", -1);
                    Assert.AreEqual(dashboards, cache.Count[route], "subscribers");
                }
            }

            int all = Rounds * sensors;
            Assert.IsTrue(100 * (all - cache.Matches) >= percent * all, "hits, seed "
                + seed.ToString() + ": " + (all - cache.Matches).ToString());
        }

        private static void AssertError(RouteCache cache, string text, byte expected)
        {
            byte[] name = Wire.Parse(text);
            Assert.AreEqual(RouteCache.None,
                cache.Find(name, 0, name.Length, RouteCache.None), text);
            Assert.AreEqual(expected, cache.Error, text);
        }

        private static RouteCache Cache(Tables tables, int entries, int textSize, int results)
        {
            return new RouteCache(tables.Subscriptions, entries, textSize, results);
        }

        private static int Find(RouteCache cache, string name, int hint)
        {
            byte[] n = Text.Bytes("/" + name + "/");
            return cache.Find(n, 1, n.Length - 2, hint);
        }

        private static void Subscribe(Tables tables, int subscriber, string filter)
        {
            byte[] f = Text.Bytes(filter);
            tables.Subscriptions.Subscribe(subscriber, f, 0, f.Length, 0);
        }

        private static string Digit(int i)
        {
            return i.ToString();
        }
    }
}
