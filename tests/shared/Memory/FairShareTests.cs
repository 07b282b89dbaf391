#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Memory;

namespace EdgeBroker.Tests
{
    /// <summary>Nobody can take what is kept for the others.</summary>
    [TestClass]
    public sealed class FairShareTests
    {
        [TestMethod]
        public void WhatIsFree_AlwaysCoversWhatIsGuaranteed()
        {
            for (int seed = 1; seed <= 5; seed++)
            {
                Lcg random = new Lcg(seed);
                int holders = 1 + random.Below(6);
                int total = random.Below(60);
                FairShare share = new FairShare(total, holders, holders);
                Assert.AreEqual(total / (2 * holders), share.Guarantee, "guarantee");
                for (int step = 0; step < 200; step++)
                {
                    int holder = random.Below(holders);
                    int amount = 1 + random.Below(6);
                    if (random.Below(3) == 0 && share.Held[holder] >= amount)
                    {
                        share.Return(holder, amount);
                    }
                    else if (share.MayTake(holder, amount))
                    {
                        share.Take(holder, amount);
                    }
                    else
                    {
                        Assert.IsTrue(share.Held[holder] + amount > share.Guarantee,
                            "what is guaranteed is given");
                    }

                    AssertCovered(share, holders, total);
                }
            }
        }

        [TestMethod]
        public void OneAlone_GetsAllButWhatIsGuaranteedToTheOthers()
        {
            FairShare share = new FairShare(64, 16, 16);
            while (share.MayTake(3, 1))
            {
                share.Take(3, 1);
            }

            Assert.AreEqual(64 - 15 * 2, share.Held[3], "all but two for each other");
            Assert.IsFalse(share.MayTake(4, 3), "more than guaranteed");
            Assert.IsTrue(share.MayTake(4, 2), "what is guaranteed");
        }

        [TestMethod]
        public void MoreHoldersThanThings_FirstComeFirstServed()
        {
            FairShare share = new FairShare(3, 10, 10);
            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(share.MayTake(i, 1), "there is one");
                share.Take(i, 1);
            }

            Assert.IsFalse(share.MayTake(4, 1), "there is none");
            Assert.IsFalse(new FairShare(0, 2, 2).MayTake(0, 1), "there is nothing at all");
        }

        private static void AssertCovered(FairShare share, int holders, int total)
        {
            int unclaimed = 0;
            int held = 0;
            for (int i = 0; i < holders; i++)
            {
                held += share.Held[i];
                unclaimed += share.Held[i] < share.Guarantee ? share.Guarantee - share.Held[i] : 0;
            }

            Assert.AreEqual(total - held, share.Free, "free");
            Assert.AreEqual(unclaimed, share.Unclaimed, "unclaimed");
            Assert.IsTrue(share.Free >= share.Unclaimed, "covered");
        }
    }
}
