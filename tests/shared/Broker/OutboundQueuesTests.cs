#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>What waits for each connection, in order.</summary>
    [TestClass]
    public sealed class OutboundQueuesTests
    {
        private const byte Pong = PacketType.Pingresp << 4;

        [TestMethod]
        public void Add_CountsMessagesResponsesAndBytes()
        {
            CoreParts parts = Parts();
            OutboundQueues queues = parts.Queues;
            parts.Fill(1, 3, 20);
            queues.Add(1, Pong, 7);
            int raw = parts.Store.StoreRaw(new byte[40], 0, 40);
            queues.Add(1, OutboundQueues.Raw, raw);
            parts.Store.Release(raw);
            Assert.AreEqual(3, queues.Messages[1], "messages");
            Assert.AreEqual(2, queues.Responses[1], "responses");
            Assert.AreEqual(3 * 23 + 40, queues.Bytes[1], "bytes");
            Assert.AreEqual(5, queues.Count, "entries");
            Assert.AreEqual(2, queues.ResponseCount, "responses of all");
            Assert.AreEqual(1, queues.Offers.First, "to be offered");
            queues.Clear(1, false);
            AssertEmpty(parts, 1);
        }

        [TestMethod]
        public void DropOldest_LeavesResponsesAndWhatIsPartlySent()
        {
            CoreParts parts = Parts();
            OutboundQueues queues = parts.Queues;
            parts.Fill(0, 1, 10);
            queues.Add(0, Pong, 0);
            parts.Fill(0, 2, 20);
            queues.Sent[0] = 5;
            Assert.IsTrue(queues.DropOldest(0), "the first of 20");
            Assert.IsTrue(queues.DropOldest(0), "the second");
            Assert.IsFalse(queues.DropOldest(0), "the begun one stays");
            Assert.AreEqual(13, queues.Bytes[0], "the begun one");
            Assert.AreEqual(1, queues.Responses[0], "the response");
            queues.Add(0, Pong, 0);
            Assert.AreEqual((int)Pong, (int)queues.Header[queues.Tail[0]], "linked at the end");
            queues.RemoveFirst(0);
            queues.RemoveFirst(0);
            queues.RemoveFirst(0);
            queues.Sent[0] = 0;
            AssertEmpty(parts, 0);
        }

        [TestMethod]
        public void DropOldest_TakesTheFirst_UnlessAByteOfItWasSent()
        {
            for (int sent = 0; sent <= 2; sent++)
            {
                CoreParts parts = Parts();
                OutboundQueues queues = parts.Queues;
                parts.Fill(0, 1, 10);
                parts.Fill(0, 1, 20);
                parts.Fill(0, 1, 30);
                queues.Sent[0] = sent;
                Assert.IsTrue(queues.DropOldest(0), "dropped");
                int oldest = sent == 0 ? 13 : 23;
                Assert.AreEqual(13 + 23 + 33 - oldest, queues.Bytes[0], "the oldest that may go");
            }
        }

        [TestMethod]
        public void Clear_KeepsResponsesAndTheBegunPacket_WhenAsked()
        {
            CoreParts parts = Parts();
            OutboundQueues queues = parts.Queues;
            parts.Fill(2, 2, 10);
            queues.Add(2, Pong, 0);
            parts.Fill(2, 1, 10);
            queues.Sent[2] = 3;
            queues.Clear(2, true);
            Assert.AreEqual(1, queues.Messages[2], "the begun one");
            Assert.AreEqual(1, queues.Responses[2], "the response");
            Assert.AreEqual(3, queues.Sent[2], "as far as it was sent");
            queues.Clear(2, false);
            Assert.AreEqual(0, queues.Sent[2], "nothing is begun");
            AssertEmpty(parts, 2);
        }

        [TestMethod]
        public void SharedMessage_IsFreedWithItsLastEntry()
        {
            CoreParts parts = Parts();
            int message = parts.Message("a", 50);
            for (int slot = 0; slot < 5; slot++)
            {
                parts.Queues.Add(slot, Router.PlainHeader, message);
            }

            parts.Store.Release(message);
            for (int slot = 0; slot < 5; slot++)
            {
                Assert.AreEqual(1, parts.Store.Count, "stored once");
                parts.Queues.RemoveFirst(slot);
            }

            Assert.AreEqual(0, parts.Store.Count, "freed");
            Assert.AreEqual(0L, parts.Store.Pool.UsedBytes(), "blocks");
        }

        [TestMethod]
        public void Messages_LeaveTwoEntriesForEachConnection()
        {
            CoreParts parts = Parts();
            OutboundQueues queues = parts.Queues;
            int message = parts.Message("a", 1);
            int queued = 0;
            while (queues.HasRoom(1))
            {
                queues.Add(0, Router.PlainHeader, message);
                queued++;
            }

            Assert.AreEqual(60 - 2 * 5, queued, "all but two for each");
            for (int slot = 0; slot < 5; slot++)
            {
                Assert.IsTrue(queues.MayRespond(slot), "the first response");
                Assert.IsTrue(queues.Add(slot, Pong, 0), "an entry for it");
            }

            Assert.IsFalse(queues.MayRespond(0), "the others are for goodbyes");
            for (int slot = 0; slot < 5; slot++)
            {
                Assert.IsTrue(queues.Add(slot, OutboundQueues.Raw, message), "a goodbye");
            }

            Assert.IsFalse(queues.Add(0, Pong, 0), "all are in use");
            Assert.AreEqual(60, queues.Count, "nothing has changed");
            parts.Store.Release(message);
            for (int slot = 0; slot < 5; slot++)
            {
                queues.Clear(slot, false);
                AssertEmpty(parts, slot);
            }

            Assert.AreEqual(0, parts.Store.Count, "messages");
        }

        [TestMethod]
        public void AnyOrder_CountsStayRight()
        {
            Lcg random = new Lcg(17);
            CoreParts parts = Parts();
            OutboundQueues queues = parts.Queues;
            for (int step = 0; step < 800; step++)
            {
                int slot = random.Below(5);
                int action = random.Below(6);
                if (action < 3 && queues.Messages[slot] < 4)
                {
                    parts.Fill(slot, 1, random.Below(20));
                }
                else if (action == 3 && queues.MayRespond(slot))
                {
                    queues.Add(slot, Pong, step);
                }
                else if (action == 4 && queues.HasAny(slot))
                {
                    queues.RemoveFirst(slot);
                    queues.Sent[slot] = queues.HasAny(slot) ? random.Below(2) : 0;
                }
                else
                {
                    queues.DropOldest(slot);
                }

                AssertCounts(parts, slot);
            }
        }

        private static void AssertCounts(CoreParts parts, int slot)
        {
            OutboundQueues queues = parts.Queues;
            int messages = 0;
            int responses = 0;
            int bytes = 0;
            for (int at = queues.Head[slot]; at != OutboundQueues.None; at = queues.Next[at])
            {
                bool isPublish = queues.Header[at] >> 4 == PacketType.Publish;
                messages += isPublish ? 1 : 0;
                responses += isPublish ? 0 : 1;
                bytes += isPublish ? parts.Store.Length[queues.Value[at]] : 0;
                Assert.IsTrue(queues.Next[at] != OutboundQueues.None || queues.Tail[slot] == at,
                    "the end");
            }

            Assert.AreEqual(messages, queues.Messages[slot], "messages");
            Assert.AreEqual(responses, queues.Responses[slot], "responses");
            Assert.AreEqual(bytes, queues.Bytes[slot], "bytes");
        }

        private static void AssertEmpty(CoreParts parts, int slot)
        {
            Assert.IsFalse(parts.Queues.HasAny(slot), "empty");
            Assert.AreEqual(0, parts.Queues.Messages[slot], "messages");
            Assert.AreEqual(0, parts.Queues.Responses[slot], "responses");
            Assert.AreEqual(0, parts.Queues.Bytes[slot], "bytes");
        }

        private static CoreParts Parts()
        {
            CoreParts parts = new CoreParts();
            parts.Start();
            return parts;
        }
    }
}
