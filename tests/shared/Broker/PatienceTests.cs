#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>How long reading waits for a subscriber that reads and has fallen behind.</summary>
    [TestClass]
    public sealed class PatienceTests
    {
        [TestMethod]
        public void Reader_IsWaitedForUntilHalfIsTaken()
        {
            CoreParts parts = Parts(20, 6);
            Assert.IsTrue(parts.Patience.Begin(0), "it has just taken something");
            Assert.AreEqual(1020L, parts.Patience.EndMs(), "the longest wait");
            parts.Queues.DropOldest(0);
            Assert.IsTrue(parts.Patience.IsWaiting(), "five of eight are more than half");
            parts.Queues.DropOldest(0);
            Assert.IsFalse(parts.Patience.IsWaiting(), "half is taken");
            Assert.AreEqual(long.MaxValue, parts.Patience.EndMs(), "no wait any more");
        }

        [TestMethod]
        public void Reader_ThatTakesAll_EndsTheWait()
        {
            CoreParts parts = Parts(20, 8);
            parts.Patience.Begin(0);
            parts.Queues.Offers.MarkReady(0);
            Assert.IsFalse(parts.Patience.IsWaiting(), "it takes again");
        }

        [TestMethod]
        public void Bytes_CountLikeMessages()
        {
            CoreParts parts = Parts(20, 3);
            parts.Fill(0, 3, 90);
            parts.Patience.Begin(0);
            Assert.IsTrue(parts.Patience.IsWaiting(), "more than 256 of 512 bytes");
            parts.Queues.RemoveFirst(0);
            parts.Queues.RemoveFirst(0);
            parts.Queues.RemoveFirst(0);
            Assert.IsTrue(parts.Patience.IsWaiting(), "279 bytes");
            parts.Queues.RemoveFirst(0);
            Assert.IsFalse(parts.Patience.IsWaiting(), "186 bytes");
        }

        [TestMethod]
        public void Frozen_GetsNothing()
        {
            AssertFrozenAfter(200, 50);
            AssertFrozenAfter(1000, 250); // A quarter, if that is more.
        }

        private static void AssertFrozenAfter(int graceMs, int frozenMs)
        {
            CoreParts parts = Parts(graceMs, 8);
            parts.Clock.NowMs += frozenMs;
            Assert.IsFalse(parts.Patience.Begin(0), "it took nothing for so long");
            parts.Patience.NoteTaken(0);
            Assert.IsTrue(parts.Patience.Begin(0), "it has just taken something");
            parts.Clock.NowMs += frozenMs - 1;
            Assert.IsTrue(parts.Patience.IsWaiting(), "a millisecond less");
            parts.Clock.NowMs += 1;
            Assert.IsFalse(parts.Patience.IsWaiting(), "so long ago");
        }

        [TestMethod]
        public void NoGrace_NeverWaits()
        {
            CoreParts parts = Parts(0, 8);
            Assert.IsFalse(parts.Patience.Begin(0), "not at all");
        }

        [TestMethod]
        public void WaitForOne_IsTheWaitForAll()
        {
            CoreParts parts = Parts(20, 8);
            parts.Fill(1, 8, 1);
            parts.Queues.Offers.MarkBlocked(1);
            Assert.IsTrue(parts.Patience.Begin(0), "the first");
            parts.Clock.NowMs += 15;
            parts.Patience.NoteTaken(1);
            Assert.IsTrue(parts.Patience.Begin(1), "the second waits along");
            parts.Clock.NowMs += 5;
            Assert.IsFalse(parts.Patience.IsWaiting(), "no longer than for the first");
        }

        [TestMethod]
        public void HoweverManyDoTheirWorst_AFifthOfTheTimeIsLeft()
        {
            // Five subscribers that take a little all the time and never half.
            for (int grace = 5; grace <= 60; grace += 11)
            {
                CoreParts parts = Parts(grace, 8);
                int waited = 0;
                for (int ms = 0; ms < 4000; ms++)
                {
                    parts.Clock.NowMs++;
                    parts.Patience.NoteTaken(0);
                    waited += parts.Patience.IsWaiting() || parts.Patience.Begin(0) ? 1 : 0;
                }

                Assert.IsTrue(waited <= 3200 + grace, "four fifths: " + waited.ToString());
                Assert.IsTrue(waited > 2400, "but it waits: " + waited.ToString());
            }
        }

        // Connection 0 has just taken something, is blocked, and so many messages wait for it.
        private static CoreParts Parts(int graceMs, int messages)
        {
            CoreParts parts = new CoreParts();
            parts.Settings.SlowGraceMs = graceMs;
            parts.Start();
            parts.Fill(0, messages, 1);
            parts.Queues.Offers.MarkBlocked(0);
            parts.Patience.NoteTaken(0);
            return parts;
        }
    }
}
