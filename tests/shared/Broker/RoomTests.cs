#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>Who is left how much: blocks for responses, entries for what needs them.</summary>
    [TestClass]
    public sealed class RoomTests
    {
        [TestMethod]
        public void Messages_LeaveTheReserveToResponses_AndNoBlockMore()
        {
            for (int length = 3; length <= 100; length += 31)
            {
                CoreParts parts = Parts();
                MessageStore store = parts.Store;
                int reserved = parts.Limits.ReservedBlocks();
                int blocks = store.Pool.BlocksFor(length);
                int passing = (store.Pool.BlockCount - reserved) / blocks;
                for (int i = 0; i < passing; i++)
                {
                    Assert.IsTrue(store.Begin(length, 0, false) != MessageStore.None, "room");
                }

                int left = store.Pool.FreeCount;
                Assert.AreEqual(MessageStore.None, store.Begin(length, 0, false), "no room");
                Assert.AreEqual(passing, store.Count, "nothing has changed");
                Assert.AreEqual(left, store.Pool.FreeCount, "no block either");
                Assert.IsTrue(store.HasRoomToRespond(), "the reserve is there");
                Assert.IsTrue(store.StoreRaw(new byte[reserved * store.Pool.BlockSize], 0,
                    reserved * store.Pool.BlockSize) != MessageStore.None, "a response has it");
            }
        }

        [TestMethod]
        public void BlocksOf_IsWhatAMessageTakes()
        {
            for (int length = 3; length <= 100; length++)
            {
                CoreParts parts = Parts();
                int free = parts.Store.Pool.FreeCount;
                int plain = parts.Store.Begin(length, 0, false);
                int left = parts.Store.Pool.FreeCount;
                Assert.AreEqual(free - left, parts.Store.BlocksOf(plain), "without a trailer");
                int expiring = parts.Store.Begin(length, 0, true);
                Assert.AreEqual(left - parts.Store.Pool.FreeCount,
                    parts.Store.BlocksOf(expiring), "with one");
            }
        }

        [TestMethod]
        public void Publish_NeedsAnEntryForEachClient_OthersNeedNone()
        {
            for (int left = 0; left <= 3; left++)
            {
                Assert.IsTrue(Crowded(left, 4).Router.MayHandle(PacketType.Connect, 20),
                    "a CONNECT and its Will");
                Assert.IsTrue(Crowded(left, 4).Router.MayHandle(PacketType.Pingreq, 2), "others");
                Assert.IsTrue(Crowded(left, left).Router.MayHandle(PacketType.Publish, 20),
                    "entries for all");
                CoreParts parts = Crowded(left, left + 1);
                Assert.IsFalse(parts.Router.MayHandle(PacketType.Publish, 20),
                    "one too few");
                Assert.IsTrue(parts.Router.IsCrowded, "it is waited for");
            }
        }

        [TestMethod]
        public void NoRoomForAResponse_IsWaitedForUntilThereIs()
        {
            CoreParts parts = Parts();
            int message = parts.Message("a", 1);
            int last = message;
            while (last != MessageStore.None)
            {
                message = last;
                last = parts.Store.Begin(3, 0, false);
            }

            Assert.IsTrue(parts.Router.MayHandle(PacketType.Pingreq, 2), "the reserve");
            int response = parts.Store.StoreRaw(new byte[1], 0, 1);
            Assert.IsFalse(parts.Router.MayHandle(PacketType.Pingreq, 2), "somebody took of it");
            parts.Router.Relax();
            Assert.IsTrue(parts.Router.IsCrowded, "nothing has changed");
            parts.Store.Release(response);
            parts.Store.Release(message);
            parts.Router.Relax();
            Assert.IsFalse(parts.Router.IsCrowded, "there is room");
            Assert.IsTrue(parts.Router.MayHandle(PacketType.Pingreq, 2), "it goes on");
        }

        // Entries for so many messages are left.
        private static CoreParts Crowded(int left, int clients)
        {
            CoreParts parts = Parts();
            parts.Connections.Clients = clients;
            int message = parts.Message("a", 1);
            while (parts.Queues.HasRoom(left + 1))
            {
                parts.Queues.Add(0, Router.PlainHeader, message);
            }

            return parts;
        }

        private static CoreParts Parts()
        {
            CoreParts parts = new CoreParts();
            parts.Start();
            return parts;
        }
    }
}
