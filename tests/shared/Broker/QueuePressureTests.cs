#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>What slow subscribers lose, and how little of it in one step.</summary>
    [TestClass]
    public sealed class QueuePressureTests
    {
        [TestMethod]
        public void MakeRoom_DropNewest_ChangesNothing()
        {
            CoreParts parts = Parts(QueueFullPolicy.DropNewest);
            parts.Fill(0, 8, 10);
            parts.Queues.Offers.MarkBlocked(0);
            Assert.IsFalse(parts.Pressure.MakeRoom(0, 10), "full");
            Assert.AreEqual(8, parts.Queues.Messages[0], "all are there");
            Assert.AreEqual(1L, parts.Counters[Counter.LimitQueue], "counted");
            Assert.AreEqual(1000, parts.Pressure.FullSince[0], "since now");
            Assert.IsFalse(parts.Pressure.MakeRoom(0, 10), "still");
            Assert.AreEqual(1, parts.Events.Times[(int)BrokerEvent.QueueFull], "told once");
            Assert.IsTrue(parts.Pressure.MakeRoom(1, 10), "another one is not full");
            Assert.AreEqual(0, parts.Pressure.FullSince[1], "and never was");
        }

        [TestMethod]
        public void MakeRoom_DropOldest_AsManyAsItTakes()
        {
            CoreParts parts = Parts(QueueFullPolicy.DropOldest);
            parts.Fill(0, 5, 97);
            parts.Queues.Offers.MarkBlocked(0);
            Assert.IsTrue(parts.Pressure.MakeRoom(0, 128), "two of 100 bytes make room");
            Assert.AreEqual(3, parts.Queues.Messages[0], "three are left");
            Assert.AreEqual(2L, parts.Counters[Counter.PublishDropped], "dropped");
        }

        [TestMethod]
        public void Deadline_OnlyWithDisconnect_EndsWhenHalfIsTaken()
        {
            CoreParts parts = Parts(QueueFullPolicy.Disconnect);
            parts.Fill(0, 8, 10);
            parts.Queues.Offers.MarkBlocked(0);
            Assert.AreEqual(long.MaxValue, parts.Pressure.DeadlineOf(0), "not yet");
            parts.Pressure.MakeRoom(0, 10);
            Assert.AreEqual(6000L, parts.Pressure.DeadlineOf(0), "in five seconds");
            Assert.AreEqual(6000L, parts.Clock.NextMs, "armed");
            parts.Clock.NowMs += 3000;
            parts.Pressure.MakeRoom(0, 10);
            parts.Queues.RemoveFirst(0);
            parts.Pressure.NoteTaken(0);
            Assert.AreEqual(6000L, parts.Pressure.DeadlineOf(0), "one of eight is not half");
            parts.Queues.RemoveFirst(0);
            parts.Queues.RemoveFirst(0);
            parts.Queues.RemoveFirst(0);
            parts.Pressure.NoteTaken(0);
            Assert.AreEqual(long.MaxValue, parts.Pressure.DeadlineOf(0), "it reads");
            parts.Settings.QueueFullPolicy = QueueFullPolicy.DropNewest;
            parts.Fill(0, 4, 10);
            parts.Pressure.MakeRoom(0, 10);
            Assert.AreEqual(long.MaxValue, parts.Pressure.DeadlineOf(0), "another policy");
        }

        [TestMethod]
        public void NoteTaken_HalfOfTheMessagesAndOfTheBytes_IsFullNoMore()
        {
            // Messages of three bytes and more; half is 4 of 8 messages, and 256 of 512 bytes.
            Assert.IsTrue(IsFullWith(5, 5 * 3), "one message more than half");
            Assert.IsFalse(IsFullWith(4, 4 * 3), "half of the messages");
            Assert.IsFalse(IsFullWith(2, 256), "half of the bytes");
            Assert.IsTrue(IsFullWith(2, 257), "one byte more than half");
            Assert.IsFalse(IsFullWith(0, 0), "empty");
        }

        [TestMethod]
        public void Relieve_OnlyBlockedOnesLose_AndOnlyWhatIsOverHalfAShare()
        {
            CoreParts parts = Parts(QueueFullPolicy.DropNewest);
            parts.Fill(0, 8, 27);
            parts.Fill(1, 2, 27);
            parts.Fill(2, 8, 27);
            parts.Fill(3, 1, 27);
            parts.Queues.Offers.MarkBlocked(0);
            parts.Queues.Offers.MarkBlocked(1);
            parts.Queues.Offers.MarkBlocked(3);
            long share = parts.Store.BytesForWaiting() / 3 / 2;
            Assert.AreEqual(OutboundQueues.None,
                parts.Pressure.Relieve(Counter.LimitMessageMemory), "nobody is to be closed");
            int left = (int)(share / 62);
            Assert.IsTrue(left >= 1 && left < 8, "the test means something");
            Assert.AreEqual(left, parts.Queues.Messages[0], "half an even share");
            Assert.AreEqual(2 < left ? 2 : left, parts.Queues.Messages[1], "has less than that");
            Assert.AreEqual(8, parts.Queues.Messages[2], "it was not asked");
            Assert.AreEqual(1, parts.Queues.Messages[3], "has less than that");
            Assert.AreEqual(parts.Counters[Counter.PublishDropped],
                parts.Counters[Counter.LimitMessageMemory], "counted");
            Assert.IsTrue(parts.Pressure.FullSince[0] > 0, "its queue lost something");
        }

        [TestMethod]
        public void Relieve_NobodyBlocked_DropsNothing()
        {
            CoreParts parts = Parts(QueueFullPolicy.DropNewest);
            parts.Fill(0, 8, 27);
            parts.Pressure.Relieve(Counter.LimitMessageMemory);
            parts.Pressure.Relieve(Counter.LimitQueueEntries);
            Assert.AreEqual(8, parts.Queues.Messages[0], "it was not asked");
        }

        [TestMethod]
        public void Relieve_WhatCannotBeDropped_NamesItsConnection()
        {
            CoreParts parts = Parts(QueueFullPolicy.DropNewest);
            int large = parts.Message("a", 120);
            for (int slot = 0; slot < 4; slot++)
            {
                parts.Queues.Add(slot, Router.PlainHeader, large);
                parts.Queues.Offers.MarkBlocked(slot);
            }

            parts.Queues.Sent[2] = 10;
            parts.Store.PinnedBlocks = 20;
            Assert.AreEqual(2, parts.Pressure.Relieve(Counter.LimitMessageMemory), "begun");
            Assert.AreEqual(0, parts.Queues.Messages[0], "dropped");
            Assert.AreEqual(1, parts.Queues.Messages[2], "to be closed");
        }

        [TestMethod]
        public void Relieve_OnlyWhoHoldsMoreMemoryThanItsPart_IsNamed()
        {
            Assert.AreEqual(OutboundQueues.None, Named(29), "half an even share");
            Assert.AreEqual(0, Named(30), "one byte more");
            CoreParts parts = Parts(QueueFullPolicy.DropNewest);
            for (int i = 0; i < 4; i++)
            {
                parts.Queues.Add(0, PacketType.Pingresp << 4, 0);
            }

            parts.Queues.Offers.MarkBlocked(0);
            parts.Store.PinnedBlocks = parts.Store.Pool.BlockCount;
            Assert.AreEqual(OutboundQueues.None,
                parts.Pressure.Relieve(Counter.LimitMessageMemory), "responses without memory");
        }

        // Three blocked ones, of whom one holds a message that was begun: two blocks of 32 bytes
        // are half an even share of twelve. Entries are so few that one is too many.
        private static int Named(int payload)
        {
            CoreParts parts = new CoreParts();
            parts.Limits.MaxQueueEntries = 20;
            parts.Start();
            parts.Fill(0, 1, payload);
            parts.Queues.Sent[0] = 1;
            for (int slot = 0; slot < 3; slot++)
            {
                parts.Queues.Offers.MarkBlocked(slot);
            }

            while (parts.Store.BytesForWaiting() > 12 * 32)
            {
                parts.Store.PinnedBlocks++;
            }

            return parts.Pressure.Relieve(Counter.LimitMessageMemory);
        }

        // A queue was full; of what it holds now the last message has what the others leave.
        private static bool IsFullWith(int messages, int bytes)
        {
            CoreParts parts = Parts(QueueFullPolicy.DropNewest);
            parts.Fill(0, 8, 10);
            parts.Queues.Offers.MarkBlocked(0);
            Assert.IsFalse(parts.Pressure.MakeRoom(0, 10), "full");
            parts.Queues.Clear(0, false);
            for (int i = 1; i <= messages; i++)
            {
                parts.Fill(0, 1, i < messages ? 0 : bytes - 3 * messages);
            }

            parts.Pressure.NoteTaken(0);
            Assert.AreEqual(bytes, parts.Queues.Bytes[0], "the test means something");
            return parts.Pressure.FullSince[0] != 0;
        }

        private static CoreParts Parts(QueueFullPolicy policy)
        {
            CoreParts parts = new CoreParts();
            parts.Settings.QueueFullPolicy = policy;
            parts.Start();
            return parts;
        }
    }
}
