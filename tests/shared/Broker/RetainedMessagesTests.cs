#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>What is retained: limits, memory, expiry.</summary>
    [TestClass]
    public sealed class RetainedMessagesTests
    {
        [TestMethod]
        public void Bytes_ComeBack_WhateverWayAMessageGoes()
        {
            // Findings: retained bytes that were never given back were not noticed.
            CoreParts parts = Parts();
            for (int round = 0; round < 100; round++)
            {
                Assert.IsTrue(Update(parts, "a", 90), "93 of 200 bytes");
                Assert.IsTrue(Update(parts, "b", 90), "186");
                Assert.IsFalse(Update(parts, "c", 90), "279");
                Assert.IsTrue(Update(parts, "a", 40 + round % 50), "replaced");
                byte[] name = Text.Bytes("b");
                parts.Retained.Forget(name, 0, 1);
                Assert.IsTrue(Update(parts, "c", 90), "room for another one");
                Assert.IsFalse(Update(parts, "c", 170), "too large: the old one goes");
                Assert.IsTrue(Update(parts, "a", 0), "an empty one removes");
                Assert.AreEqual(0, parts.Retained.Table.Count, "none is left");
                Assert.AreEqual(0, parts.Store.PinnedBlocks, "kept for good");
                Assert.AreEqual(0L, parts.Store.Pool.UsedBytes(), "blocks");
            }
        }

        [TestMethod]
        public void UpdateThatDoesNotFit_TheOldOneGoes()
        {
            // Fault 8: nobody is to be told "closed" after "open".
            CoreParts parts = Parts();
            Assert.IsTrue(Update(parts, "door", 20), "closed");
            Assert.IsTrue(Update(parts, "b", 150), "nearly all memory");
            Assert.IsFalse(Update(parts, "door", 60), "open, and no room");
            byte[] name = Text.Bytes("door");
            Assert.IsTrue(parts.Retained.Table.Get(name, 0, 4) < 0, "the old one has gone");
            Assert.AreEqual(1L, parts.Counters[Counter.LimitRetained], "counted");
            Assert.AreEqual(1, parts.Retained.Table.Count, "the other one stays");
        }

        [TestMethod]
        public void Count_IsLimited_ReplacingIsNot()
        {
            CoreParts parts = Parts();
            for (int i = 0; i < 6; i++)
            {
                Assert.IsTrue(Update(parts, "t" + i.ToString(), 1), "room");
            }

            Assert.IsFalse(Update(parts, "t6", 1), "six are allowed");
            Assert.IsTrue(Update(parts, "t0", 2), "in place of another");
            Assert.AreEqual(6, parts.Retained.Table.Count, "six");
        }

        [TestMethod]
        public void Blocks_RoomForTheLargestPacketAndForWillsIsLeft()
        {
            CoreParts parts = new CoreParts();
            parts.Limits.MaxConnections = 10;
            parts.Limits.MaxRetainedMessages = 100;
            parts.Limits.MaxRetainedBytes = 10000;
            parts.Start();
            int kept = 0;
            while (Update(parts, "t" + kept.ToString(), 1))
            {
                kept++;
            }

            int most = 40 - parts.Limits.ReservedBlocks() - parts.Store.PassingBlocks - 10 / 5;
            Assert.AreEqual(most, kept, "one block each");
            Assert.IsTrue(parts.Store.HasRoom(128), "the largest packet passes");
            int will = parts.Message("w", 1);
            Assert.AreNotEqual(
                0, parts.Wills.Take(will, false, OutboundQueues.None), "a Will");
        }

        [TestMethod]
        public void Names_CanBeListed()
        {
            CoreParts parts = Parts();
            Update(parts, "one", 1);
            Update(parts, "three", 1);
            byte[] name = Text.Bytes("one");
            parts.Retained.Forget(name, 0, 3);
            byte[] target = new byte[10];
            int found = 0;
            for (int place = 0; place < parts.Retained.Table.Positions(); place++)
            {
                int length = parts.Retained.ReadName(place, target);
                found += length;
                Assert.IsTrue(length == 0 || (length == 5 && target[4] == 'e'), "three");
            }

            Assert.AreEqual(5, found, "one name");
        }

        private static bool Update(CoreParts parts, string topic, int payload)
        {
            int message = parts.Message(topic, payload);
            bool isKept = parts.Retained.Update(message);
            parts.Store.Release(message);
            return isKept;
        }

        private static CoreParts Parts()
        {
            CoreParts parts = new CoreParts();
            parts.Start();
            return parts;
        }
    }
}
