#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Wills that are kept, and those that are due and wait for room.</summary>
    [TestClass]
    public sealed class WillMessagesTests
    {
        [TestMethod]
        public void Set_Drop_LeavesNothing()
        {
            CoreParts parts = Parts();
            Set(parts, 0, "w", 10, false);
            Assert.AreEqual(1, parts.Store.PinnedBlocks, "kept");
            parts.Wills.Drop(0);
            parts.Wills.Drop(0);
            AssertNothing(parts);
        }

        [TestMethod]
        public void Publish_GoesToSubscribers_Once()
        {
            CoreParts parts = Parts();
            parts.Subscribe(1, "w");
            Set(parts, 0, "w", 10, false);
            parts.Wills.Publish(0);
            parts.Wills.Publish(0);
            parts.Wills.PublishDue();
            Assert.AreEqual(1, parts.Queues.Messages[1], "queued once");
            Assert.AreEqual(0, parts.Store.PinnedBlocks, "kept no more");
            parts.Queues.Clear(1, false);
            AssertNothing(parts);
        }

        [TestMethod]
        public void Publish_NoRoom_WaitsInOrder()
        {
            CoreParts parts = Parts();
            parts.Subscribe(1, "#");
            Set(parts, 2, "one", 10, false);
            Set(parts, 3, "two", 10, true);
            Set(parts, 0, "three", 10, false);
            parts.Router.IsCrowded = true;
            parts.Wills.Publish(3);
            parts.Wills.Publish(2);
            parts.Wills.Publish(0);
            Assert.AreEqual(3, parts.Wills.DueCount, "all of them wait");
            Assert.AreEqual(0, parts.Queues.Messages[1], "nothing went out");
            Set(parts, 2, "next", 10, false);
            parts.Router.IsCrowded = false;
            parts.Wills.PublishDue();
            Assert.AreEqual(0, parts.Wills.DueCount, "none waits");
            Assert.AreEqual(3, parts.Queues.Messages[1], "all went out");
            int entry = parts.Queues.Head[1];
            Assert.AreEqual(3, parts.Store.TopicLength(parts.Queues.Value[entry]), "two");
            entry = parts.Queues.Next[parts.Queues.Next[entry]];
            Assert.AreEqual(5, parts.Store.TopicLength(parts.Queues.Value[entry]), "three");
            Assert.AreEqual(1, parts.Retained.Table.Count, "the one that asked for it");
            Assert.AreEqual(2, parts.Store.PinnedBlocks, "that, and the next Will");
        }

        [TestMethod]
        public void Set_AsManyAsThereAreConnections_DueOnesCount()
        {
            CoreParts parts = Parts();
            for (int slot = 0; slot < 5; slot++)
            {
                Assert.IsTrue(Set(parts, slot, "w", 1, false), "room");
            }

            parts.Router.IsCrowded = true;
            parts.Wills.Publish(4);
            Assert.IsFalse(Set(parts, 4, "w", 1, false), "the place of a due one");
            parts.Router.IsCrowded = false;
            parts.Wills.PublishDue();
            Assert.IsTrue(Set(parts, 4, "w", 1, false), "free again");
            for (int round = 0; round < 40; round++)
            {
                parts.Wills.Publish(round % 5);
                parts.Wills.PublishDue();
                Assert.IsTrue(Set(parts, round % 5, "w", 1, false), "round and round");
            }

            for (int slot = 0; slot < 5; slot++)
            {
                parts.Wills.Drop(slot);
            }

            AssertNothing(parts);
        }

        [TestMethod]
        public void Publish_NoRoomAgainAndAgain_EachGoesOutOnceInOrder()
        {
            // Three at a time in a ring of five: it begins anew at every place.
            string[] topics = { "w", "ww", "www", "wwww", "wwwww" };
            CoreParts parts = Parts();
            parts.Subscribe(4, "#");
            for (int round = 0; round < 10; round++)
            {
                parts.Router.IsCrowded = true;
                for (int i = 0; i < 3; i++)
                {
                    Assert.IsTrue(Set(parts, i, topics[(round + i) % 5], 1, false), "kept");
                    parts.Wills.Publish(i);
                }

                parts.Router.IsCrowded = false;
                parts.Wills.PublishDue();
                Assert.AreEqual(3, parts.Queues.Messages[4], "each once");
                for (int i = 0; i < 3; i++)
                {
                    int message = parts.Queues.Value[parts.Queues.Head[4]];
                    Assert.AreEqual(1 + (round + i) % 5, parts.Store.TopicLength(message), "order");
                    parts.Queues.RemoveFirst(4);
                }

                AssertNothing(parts);
            }
        }

        [TestMethod]
        public void Set_NoMemoryLeft_IsRefused_InPlaceOfAnOlderOneNot()
        {
            CoreParts parts = Parts();
            int kept = 0;
            while (kept < 4 && Set(parts, kept, "w", 100, false))
            {
                kept++;
            }

            parts.Store.PinnedBlocks = parts.Store.Pool.BlockCount;
            Assert.IsFalse(Set(parts, 4, "w", 100, false), "no memory for one more");
            parts.Store.PinnedBlocks = 0;
            Assert.IsTrue(kept >= 2, "the test means something");
        }

        private static bool Set(
            CoreParts parts, int slot, string topic, int payload, bool isRetained)
        {
            int message = parts.Message(topic, payload);
            int will = parts.Wills.Take(message, isRetained, OutboundQueues.None);
            parts.Store.Release(message);
            if (will != 0)
            {
                parts.Wills.Give(slot, will, 0);
            }

            return will != 0;
        }

        private static void AssertNothing(CoreParts parts)
        {
            Assert.AreEqual(0, parts.Store.Count, "messages");
            Assert.AreEqual(0, parts.Store.PinnedBlocks, "kept for good");
            Assert.AreEqual(0L, parts.Store.Pool.UsedBytes(), "blocks");
        }

        private static CoreParts Parts()
        {
            CoreParts parts = new CoreParts();
            parts.Start();
            return parts;
        }
    }
}
