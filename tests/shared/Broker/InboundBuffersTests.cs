#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>What has arrived and waits: promises, the taster, windows.</summary>
    [TestClass]
    public sealed class InboundBuffersTests
    {
        private const int Connections = 5;
        private const int Block = 16;
        private const int Shared = 12;

        [TestMethod]
        public void Window_NothingKept_IsTheOwnBlockAndWhatIsShared()
        {
            InboundBuffers inbound = Inbound();
            Assert.AreEqual(Block * (1 + Shared), inbound.Window(0, false), "all of it");
            Keep(inbound, 0, 10, 100);
            // Seven blocks for 100 bytes, six of them shared; six are left for what comes behind.
            Assert.AreEqual(Block * (1 + Shared) - 10, inbound.Window(0, false), "the rest");
            Assert.AreEqual(Block * 7, inbound.Window(1, false), "what was not promised");
        }

        [TestMethod]
        public void Promise_HoldsUntilThePacketIsThere_OthersTakeTheRestOnly()
        {
            InboundBuffers inbound = Inbound();
            Keep(inbound, 0, 5, 176);
            Keep(inbound, 1, 5, 64);
            Assert.IsFalse(inbound.IsWaiting(0), "eleven blocks");
            Assert.IsTrue(inbound.IsWaiting(1), "four blocks, three of them shared: one short");
            Assert.AreEqual(1, inbound.Waiting, "one waits");
            Assert.AreEqual(0, inbound.Window(1, false), "nothing is read from it");
            Keep(inbound, 2, 5, 64);
            Assert.AreEqual(2, inbound.Waiting, "two wait");
            for (int have = 5; have < 170; have += 5)
            {
                Assert.IsTrue(inbound.Window(0, false) >= 176 - have, "it can always finish");
                Keep(inbound, 0, 5, 176);
            }

            inbound.Clear(0);
            Assert.IsTrue(inbound.Window(1, false) > 0, "its turn");
            Keep(inbound, 1, 20, 64);
            Keep(inbound, 2, 20, 64);
            Assert.AreEqual(0, inbound.Waiting, "both have theirs");
        }

        [TestMethod]
        public void Taster_OnlyOneHoldsSharedBlocksWithoutAPromise()
        {
            InboundBuffers inbound = Inbound();
            Keep(inbound, 0, 5, 192);
            Keep(inbound, 1, 30, 64);
            Assert.IsTrue(inbound.HoldsShared(1), "the taster: one block more than its own");
            Assert.IsTrue(inbound.IsWaiting(1), "for two more");
            Assert.AreEqual(Block, inbound.Window(2, false), "for the others only their own");
            Keep(inbound, 2, 16, 64);
            Assert.IsFalse(inbound.HoldsShared(2), "its own block");
            inbound.Clear(0);
            Assert.AreEqual(0, inbound.Window(2, false), "the taster comes first");
            Assert.AreEqual(34, inbound.Window(1, false), "its packet");
            Keep(inbound, 1, 10, 64);
            Assert.IsTrue(inbound.Window(2, false) >= 48, "now the other one");
            inbound.Clear(1);
            inbound.Clear(2);
            Assert.AreEqual(0L, inbound.UsedBytes(), "blocks");
            Assert.AreEqual(0, inbound.Waiting, "nobody waits");
            Assert.AreEqual(Block * (1 + Shared), inbound.Window(4, false), "all of it");
        }

        [TestMethod]
        public void Taster_ThatLeaves_LeavesNoTrace()
        {
            InboundBuffers inbound = Inbound();
            Keep(inbound, 0, 5, 192);
            Keep(inbound, 1, 30, 64);
            inbound.Clear(1);
            Assert.AreEqual(0, inbound.Waiting, "nobody waits");
            Assert.AreEqual(Block * 2, inbound.Window(2, false), "somebody else may taste");
        }

        [TestMethod]
        public void Strangers_LeaveTheRestToClients_AndGiveBack()
        {
            // Findings: strangers' bytes were never given back and nothing noticed.
            BrokerLimits limits = Limits();
            limits.MaxConnectSize = 64;
            limits.InboundBlocks = 24;
            InboundBuffers inbound = new InboundBuffers(limits);
            for (int round = 0; round < 50; round++)
            {
                Assert.AreEqual(Block, inbound.Window(1, true), "its own block");
                inbound.Keep(1, new byte[Block], 0, Block, 64, true);
                Assert.AreEqual(48, inbound.Window(1, true), "the rest of its CONNECT");
                inbound.Keep(2, new byte[Block], 0, Block, 64, true);
                Assert.AreEqual(0, inbound.Window(2, true), "strangers have one CONNECT's worth");
                Assert.IsFalse(inbound.HoldsShared(2), "it holds nothing of the others");
                Assert.AreEqual(0, inbound.Waiting, "nobody has less time for its sake");
                Assert.AreEqual(Block * 22, inbound.Window(3, false), "clients have all else");
                inbound.Clear(1);
                inbound.Clear(2);
                Assert.AreEqual(0, inbound.Waiting, "nobody waits");
            }

            Keep(inbound, 3, 10, 350);
            inbound.Keep(1, new byte[Block], 0, Block, 64, true);
            Assert.AreEqual(0, inbound.Window(1, true), "they get nothing of the last ones");
        }

        [TestMethod]
        public void Paused_TakesNothing_IsReadInParts()
        {
            InboundBuffers inbound = Inbound();
            byte[] bytes = Numbers(100);
            inbound.Keep(0, bytes, 0, 100, 0, false);
            inbound.IsPaused[0] = true;
            Assert.AreEqual(0, inbound.Window(0, false), "nothing is read");
            byte[] got = new byte[100];
            for (int at = 0; at < 100; at += 7)
            {
                int left = 100 - at;
                Assert.AreEqual(left < 9 ? left : 9, inbound.Peek(0, got, 9), "what is left");
                Assert.AreEqual(at, (int)got[0], "from there");
                inbound.Skip(0, left < 7 ? left : 7);
            }

            Assert.AreEqual(0, inbound.Length[0], "all of it");
            inbound.Clear(0);
            Assert.IsFalse(inbound.IsPaused[0], "goes on");
            Assert.AreEqual(0L, inbound.UsedBytes(), "blocks");
        }

        [TestMethod]
        public void Skip_ToTheEndOfOneBlock_GivesItBack()
        {
            InboundBuffers inbound = Inbound();
            for (int round = 0; round < 40; round++)
            {
                int count = 1 + round % Block;
                inbound.Keep(round % Connections, new byte[Block], 0, count, 0, false);
                inbound.IsPaused[round % Connections] = true;
                inbound.Skip(round % Connections, count);
                inbound.Clear(round % Connections);
                Assert.AreEqual(0L, inbound.UsedBytes(), "a block is lost");
            }
        }

        [TestMethod]
        public void Skip_FreesBlocksOnTheWay_EachOnce()
        {
            // Fault 3a: what is kept is copied once, however many packets it is.
            InboundBuffers inbound = Inbound();
            inbound.Keep(0, new byte[200], 0, 200, 0, false);
            inbound.IsPaused[0] = true;
            for (int at = 2; at < 200; at += 2)
            {
                inbound.Skip(0, 2);
                int blocks = 13 - at / Block;
                Assert.AreEqual((long)blocks * Block, inbound.UsedBytes(), "at " + at.ToString());
            }
        }

        [TestMethod]
        public void Claim_GivesAWaitingOneItsMemory_WhenItIsThere()
        {
            InboundBuffers inbound = Inbound();
            Keep(inbound, 0, 5, 192);
            Keep(inbound, 1, 5, 64);
            inbound.Claim(1);
            Assert.IsTrue(inbound.IsWaiting(1), "there is none");
            inbound.Clear(0);
            inbound.Claim(1);
            Assert.AreEqual(0, inbound.Waiting, "nobody waits");
            Assert.IsTrue(inbound.HoldsShared(1), "promised");
            inbound.Claim(1);
            Assert.AreEqual(0, inbound.Waiting, "once is enough");
        }

        private static void Keep(InboundBuffers inbound, int slot, int count, int need)
        {
            inbound.Keep(slot, new byte[count], 0, count, need, false);
        }

        private static byte[] Numbers(int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = (byte)i;
            }

            return bytes;
        }

        private static InboundBuffers Inbound()
        {
            return new InboundBuffers(Limits());
        }

        private static BrokerLimits Limits()
        {
            BrokerLimits limits = new BrokerLimits();
            limits.MaxConnections = Connections - 1;
            limits.MaxConnectSize = 64;
            limits.MaxPacketSize = 192;
            limits.InboundBlockSize = Block;
            limits.InboundBlocks = Shared;
            return limits;
        }
    }
}
