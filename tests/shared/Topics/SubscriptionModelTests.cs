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
        [TestMethod]
        public void RandomSubscriptionsAndNames_GiveWhatAListGives()
        {
            for (int seed = 1; seed <= 4; seed++)
            {
                Run(seed, 150, new Tables(40, 5, 60, 1, 60));
            }
        }

        [TestMethod]
        public void RandomSubscriptionsInATableThatIsOftenFull_GiveWhatAListGives()
        {
            for (int seed = 11; seed <= 14; seed++)
            {
                Run(seed, 150, new Tables(12, 5, 18, 1, 17));
            }
        }

        private static void Run(int seed, int steps, Tables tables)
        {
            Lcg random = new Lcg(seed);
            SubscriptionList list = new SubscriptionList(200);
            int texts = tables.Texts.FreeCount;
            string where = "seed " + seed.ToString();
            for (int step = 0; step < steps; step++)
            {
                int subscriber = random.Below(5);
                byte[] filter = RandomTopics.Filter(random);
                int what = random.Below(20);
                int had = list.Find(subscriber, filter);
                if (what < 11)
                {
                    byte options = (byte)(random.Below(3) | (random.Below(4) << 2));
                    int result = tables.Subscriptions.Subscribe(
                        subscriber, filter, 0, filter.Length, options);
                    Assert.IsTrue(had >= 0 ? result == SubscriptionTable.Replaced
                        : result != SubscriptionTable.Replaced, where + ": Subscribe");
                    if (result != SubscriptionTable.Full)
                    {
                        list.Set(subscriber, filter, options);
                    }
                }
                else if (what < 19)
                {
                    Assert.AreEqual(had >= 0, tables.Subscriptions.Unsubscribe(
                        subscriber, filter, 0, filter.Length), where + ": Unsubscribe");
                    list.Remove(had);
                }
                else
                {
                    tables.Subscriptions.RemoveAll(subscriber);
                    list.RemoveAll(subscriber);
                }

                Assert.AreEqual(list.Count, tables.Subscriptions.Count, where + ": Count");
                AssertSameMatch(tables, list, RandomTopics.Name(random), where);
            }

            for (int subscriber = 0; subscriber < 5; subscriber++)
            {
                tables.Subscriptions.RemoveAll(subscriber);
            }

            Assert.AreEqual(texts, tables.Texts.FreeCount, where + ": texts are back");
        }

        private static void AssertSameMatch(
            Tables tables, SubscriptionList list, byte[] name, string where)
        {
            int count = tables.Match(name);
            where += ": " + Text.Of(name);
            int expected = 0;
            for (int subscriber = 0; subscriber < 5; subscriber++)
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
