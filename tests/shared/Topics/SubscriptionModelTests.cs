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
    /// The table against a list of subscriptions that is searched from end to end.
    /// </summary>
    [TestClass]
    public sealed class SubscriptionModelTests
    {
        private const int Subscribers = 5;

        [TestMethod]
        public void RandomSubscriptionsAndNames_GiveWhatAListGives()
        {
            for (int seed = 1; seed <= 4; seed++)
            {
                Run(seed, 150, 80, 64, 300);
            }
        }

        [TestMethod]
        public void RandomSubscriptionsWithMoreShapesThanFit_GiveWhatAListGives()
        {
            for (int seed = 5; seed <= 8; seed++)
            {
                Run(seed, 150, 60, 7, 300);
            }
        }

        [TestMethod]
        public void RandomSubscriptionsInATableThatIsOftenFull_GiveWhatAListGives()
        {
            for (int seed = 11; seed <= 14; seed++)
            {
                Run(seed, 150, 12, 9, 60);
            }
        }

        [TestMethod]
        public void RandomSubscriptionsWithTextThatIsOftenFull_GiveWhatAListGives()
        {
            for (int seed = 15; seed <= 18; seed++)
            {
                Run(seed, 150, 60, 16, 25);
            }
        }

        private static void Run(int seed, int steps, int subscriptions, int shapes, int texts)
        {
            Tables tables = new Tables(subscriptions, Subscribers, shapes, texts);
            SubscriptionTable table = tables.Subscriptions;
            Lcg random = new Lcg(seed);
            SubscriptionList list = new SubscriptionList(200);
            string where = "seed " + seed.ToString();
            for (int step = 0; step < steps; step++)
            {
                int subscriber = random.Below(Subscribers);
                byte[] filter = RandomTopics.Filter(random);
                int what = random.Below(20);
                int had = list.Find(subscriber, filter);
                Assert.AreEqual(had >= 0, table.Has(subscriber, filter, 0, filter.Length),
                    where + ": Has");
                if (what < 12)
                {
                    byte options = (byte)(random.Below(3) | (random.Below(4) << 2));
                    bool isFair = list.IsFair(
                            subscriber, filter.Length, 0, subscriptions, Subscribers)
                        && list.IsFair(subscriber, filter.Length, 4, texts, Subscribers);
                    int result = table.Subscribe(subscriber, filter, 0, filter.Length, options);
                    AssertResult(result, had >= 0, isFair, shapes, where);
                    if (result >= 0)
                    {
                        list.Set(subscriber, filter, options);
                    }
                }
                else if (what < 19)
                {
                    Assert.AreEqual(had >= 0, table.Unsubscribe(
                        subscriber, filter, 0, filter.Length), where + ": Unsubscribe");
                    list.Remove(had);
                }
                else
                {
                    table.RemoveAll(subscriber);
                    list.RemoveAll(subscriber);
                }

                Assert.AreEqual(list.Count, table.Count, where + ": Count");
                AssertSameMatch(tables, list, RandomTopics.Name(random), where);
                AssertSameOrder(table, list, subscriber, where);
            }

            for (int subscriber = 0; subscriber < Subscribers; subscriber++)
            {
                table.RemoveAll(subscriber);
            }

            Assert.AreEqual(0, table.Count, where + ": none left");
            Assert.AreEqual(texts, tables.Texts.FreeCount, where + ": texts are back");
            Assert.AreEqual(0, tables.Match(Text.Bytes("a/b")), where + ": nothing matches");
        }

        private static void AssertResult(
            int result, bool had, bool isFair, int shapes, string where)
        {
            // Only filters that share the few keys of prefixes come to be too many.
            if (result != SubscriptionTable.Crowded || shapes > 32)
            {
                int expected = had ? SubscriptionTable.Replaced
                    : isFair ? SubscriptionTable.Added : SubscriptionTable.Full;
                Assert.AreEqual(expected, result, where + ": Subscribe");
            }
            else
            {
                Assert.IsTrue(!had && isFair, where + ": crowded");
            }
        }

        private static void AssertSameOrder(
            SubscriptionTable table, SubscriptionList list, int subscriber, string where)
        {
            byte[] buffer = new byte[64];
            int s = table.FirstOf(subscriber);
            int i = list.Newest(subscriber, list.Count);
            int count = 0;
            while (i >= 0)
            {
                byte[] filter = new byte[table.ReadFilter(s, buffer)];
                System.Array.Copy(buffer, 0, filter, 0, filter.Length);
                Assert.AreEqual(Text.Of(list.FilterAt(i)), Text.Of(filter), where + ": order");
                Assert.AreEqual(list.OptionsAt(i), table.OptionsOf(s), where + ": options");
                s = table.NextOf(s);
                i = list.Newest(subscriber, i);
                count++;
            }

            Assert.AreEqual(-1, s, where + ": no more");
            Assert.AreEqual(count, table.CountOf(subscriber), where + ": CountOf");
        }

        private static void AssertSameMatch(
            Tables tables, SubscriptionList list, byte[] name, string where)
        {
            int count = tables.Match(name);
            where += ": " + Text.Of(name);
            int expected = 0;
            for (int subscriber = 0; subscriber < Subscribers; subscriber++)
            {
                int options = list.OptionsFor(subscriber, name);
                int at = tables.IndexOf(subscriber, count);
                Assert.AreEqual(options >= 0, at >= 0, where + ": subscriber");
                Assert.IsTrue(at != -2, where + ": twice");
                if (at >= 0)
                {
                    const int Mask = SubscriptionOptions.QosMask | SubscriptionOptions.NoLocal
                        | SubscriptionOptions.RetainAsPublished;
                    Assert.AreEqual(options, tables.Options[at] & Mask, where + ": options");
                    expected++;
                }
            }

            Assert.AreEqual(expected, count, where + ": results");
        }
    }
}
