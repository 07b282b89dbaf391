#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Whose turn it is to be offered something.</summary>
    [TestClass]
    public sealed class OffersTests
    {
        [TestMethod]
        public void Ready_ComesInTurn_EachOnce()
        {
            Offers offers = new Offers(4);
            Assert.AreEqual(Offers.None, offers.First, "nobody");
            offers.MarkReady(2);
            offers.MarkReady(0);
            offers.MarkReady(2);
            offers.MarkReady(3);
            AssertTurns(offers, new int[] { 2, 0, 3 });
        }

        [TestMethod]
        public void Blocked_IsCountedOnce_AndLeavesWhereverItStands()
        {
            Offers offers = new Offers(4);
            for (int slot = 0; slot < 4; slot++)
            {
                offers.MarkReady(slot);
            }

            offers.MarkBlocked(2);
            offers.MarkBlocked(0);
            Assert.AreEqual(2, offers.BlockedCount, "two");
            Assert.AreEqual(1, offers.First, "the next one");
            offers.MarkIdle(1);
            Assert.AreEqual(3, offers.First, "who left in the middle is passed over");
            offers.MarkIdle(2);
            offers.MarkReady(0);
            Assert.AreEqual(0, offers.BlockedCount, "none");
            AssertTurns(offers, new int[] { 3, 0 });
        }

        [TestMethod]
        public void Blocked_ThatWasIdle_IsNotNamed()
        {
            Offers offers = new Offers(2);
            offers.MarkBlocked(1);
            Assert.AreEqual(Offers.None, offers.First, "nothing to be offered");
            Assert.AreEqual(Offers.Blocked, offers.State[1], "state");
            offers.MarkReady(1);
            AssertTurns(offers, new int[] { 1 });
        }

        [TestMethod]
        public void Yield_LetsTheOthersGoFirst_OnlyWhenThereAreAny()
        {
            Offers offers = new Offers(4);
            offers.MarkReady(1);
            offers.Yield(1);
            Assert.AreEqual(1, offers.First, "alone");
            offers.MarkReady(2);
            offers.MarkReady(3);
            offers.Yield(2);
            Assert.AreEqual(1, offers.First, "it was not its turn");
            offers.Yield(1);
            AssertTurns(offers, new int[] { 2, 3, 1 });
        }

        [TestMethod]
        public void SlotThatIsFreedAndUsedAgain_StandsInTheListOnceAndLast()
        {
            Offers offers = new Offers(3);
            offers.MarkReady(0);
            offers.MarkReady(1);
            offers.MarkReady(2);
            offers.MarkIdle(1);
            offers.MarkReady(1);
            AssertTurns(offers, new int[] { 0, 2, 1 });
        }

        [TestMethod]
        public void AnyOrder_NamesExactlyTheReadyOnes()
        {
            Lcg random = new Lcg(3);
            for (int round = 0; round < 60; round++)
            {
                Offers offers = new Offers(5);
                byte[] model = new byte[5];
                for (int step = 0; step < 40; step++)
                {
                    Change(offers, model, random.Below(5), random.Below(4));
                    int blocked = 0;
                    bool isAny = false;
                    for (int i = 0; i < 5; i++)
                    {
                        Assert.AreEqual(model[i], offers.State[i], "state");
                        blocked += model[i] == Offers.Blocked ? 1 : 0;
                        isAny = isAny || model[i] == Offers.Ready;
                    }

                    Assert.AreEqual(blocked, offers.BlockedCount, "blocked");
                    Assert.AreEqual(isAny, offers.First != Offers.None, "somebody");
                    Assert.IsTrue(!isAny || model[offers.First] == Offers.Ready, "is ready");
                }
            }
        }

        private static void Change(Offers offers, byte[] model, int slot, int action)
        {
            if (action == 0)
            {
                offers.MarkReady(slot);
                model[slot] = Offers.Ready;
            }
            else if (action == 1 && model[slot] != Offers.Blocked)
            {
                offers.MarkBlocked(slot);
                model[slot] = Offers.Blocked;
            }
            else if (action == 2)
            {
                offers.MarkIdle(slot);
                model[slot] = Offers.Idle;
            }
            else
            {
                offers.Yield(slot);
            }
        }

        private static void AssertTurns(Offers offers, int[] expected)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], offers.First, "turn " + i.ToString());
                offers.MarkIdle(offers.First);
            }

            Assert.AreEqual(Offers.None, offers.First, "nobody is left");
        }
    }
}
