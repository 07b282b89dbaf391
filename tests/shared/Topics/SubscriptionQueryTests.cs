#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>What the table says of single subscriptions and of itself.</summary>
    [TestClass]
    public sealed class SubscriptionQueryTests
    {
        [TestMethod]
        public void HasDollarFilters_OnlyWhileSomebodyHasOne()
        {
            Tables tables = new Tables(8, 3, 16, 32);
            Assert.IsFalse(tables.Subscriptions.HasDollarFilters(), "nobody");
            tables.Subscribe(1, "#", 0);
            tables.Subscribe(1, "a/$SYS", 0);
            Assert.IsFalse(tables.Subscriptions.HasDollarFilters(), "others");
            tables.Subscribe(1, "$SYS/#", 0);
            tables.Subscribe(2, "$SYS/#", 0);
            tables.Unsubscribe(1, "$SYS/#");
            Assert.IsTrue(tables.Subscriptions.HasDollarFilters(), "somebody");
            tables.Unsubscribe(2, "$SYS/#");
            Assert.IsFalse(tables.Subscriptions.HasDollarFilters(), "nobody again");
        }

        [TestMethod]
        public void Subscribe_MakesTheSubscriptionTheFirstAndTheLast()
        {
            Tables tables = new Tables(8, 3, 16, 32);
            SubscriptionTable table = tables.Subscriptions;
            Assert.AreEqual(-1, table.FirstOf(1), "none");
            tables.Subscribe(1, "a/b/c", 1);
            int oldest = table.Last;
            tables.Subscribe(1, "b", 2);
            Assert.AreEqual(table.Last, table.FirstOf(1), "the newer one");
            Assert.AreEqual(oldest, table.NextOf(table.Last), "then the older one");
            tables.Subscribe(2, "b", 0);
            tables.Subscribe(1, "a/b/c", 0);
            Assert.AreEqual(oldest, table.Last, "replaced, it stays where it is");
            Assert.AreEqual(oldest, table.FirstOf(1), "and is the first");
            byte[] filter = new byte[5];
            Assert.AreEqual(5, table.ReadFilter(oldest, filter), "length");
            Assert.AreEqual("a/b/c", Text.Of(filter), "filter");
            Assert.AreEqual(1, table.ReadFilter(table.NextOf(oldest), filter), "the other");
            Assert.AreEqual(-1, table.NextOf(table.NextOf(oldest)), "two");
            tables.Unsubscribe(1, "a/b/c");
            Assert.AreEqual(oldest, table.Last, "ended");
        }

        [TestMethod]
        public void SetMark_IsNotSeenInOptionsOrMatches()
        {
            Tables tables = new Tables(8, 3, 16, 32);
            SubscriptionTable table = tables.Subscriptions;
            tables.Subscribe(1, "a", 0xFF);
            Assert.IsFalse(table.IsMarked(table.Last), "the caller's bit is not taken over");
            table.SetMark(table.Last, true);
            Assert.IsTrue(table.IsMarked(table.Last), "marked");
            Assert.AreEqual((byte)0x7F, table.OptionsOf(table.Last), "options");
            tables.Match(Text.Bytes("a"));
            Assert.AreEqual((byte)0x7F, tables.Options[0], "match");
            tables.Subscribe(1, "+", 0xFF);
            table.SetMark(table.Last, true);
            tables.Match(Text.Bytes("a"));
            Assert.IsTrue(tables.Options[0] < 0x80, "merged");
            table.SetMark(table.Last, false);
            Assert.IsFalse(table.IsMarked(table.Last), "not any more");
            table.SetMark(table.Last, true);
            tables.Subscribe(1, "+", 1);
            Assert.IsTrue(table.IsMarked(table.Last), "what was owed is owed to the replaced one");
            tables.Unsubscribe(1, "+");
            tables.Subscribe(1, "+", 1);
            Assert.IsFalse(table.IsMarked(table.Last), "a new one");
            tables.Subscribe(2, "b", 0);
            table.SetMark(table.Last, true);
            Assert.AreEqual((byte)0, table.OptionsOf(table.Last), "no options");
        }

        [TestMethod]
        public void Generation_GrowsWithEveryChangeOnly()
        {
            Tables tables = new Tables(2, 3, 16, 32);
            SubscriptionTable table = tables.Subscriptions;
            int before = table.Generation;
            tables.Unsubscribe(1, "a");
            tables.Match(Text.Bytes("a"));
            table.RemoveAll(1);
            Assert.AreEqual(before, table.Generation, "nothing has changed");
            tables.Subscribe(1, "a", 0);
            Assert.IsTrue(table.Generation > before, "added");
            before = table.Generation;
            tables.Subscribe(1, "a", 1);
            Assert.IsTrue(table.Generation > before, "replaced");
            before = table.Generation;
            table.RemoveAll(1);
            Assert.IsTrue(table.Generation > before, "removed");
        }
    }
}
