#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>CONNECTs per second: in all, and from one address.</summary>
    [TestClass]
    public sealed class ConnectRateTests
    {
        [TestMethod]
        public void NoLimit_TakesEverything()
        {
            ConnectRate rate = new ConnectRate(0, 0);
            for (int i = 0; i < 1000; i++)
            {
                Assert.IsTrue(rate.Take(rate.OriginOf(7), 0), "no limit");
            }
        }

        [TestMethod]
        public void OneAddress_GetsThreeQuarters_AnotherTheRest()
        {
            for (int limit = 4; limit <= 200; limit += 28)
            {
                ConnectRate rate = new ConnectRate(limit, 5000);
                Assert.AreEqual(limit - limit / 4, Count(rate, 1, 5000), "three quarters");
                Assert.AreEqual(limit / 4, Count(rate, 2, 5000), "the rest");
                Assert.AreEqual(0, Count(rate, 1, 5000), "all are used up");
            }
        }

        [TestMethod]
        public void SmallRates_OneAddressStillGetsOne()
        {
            for (int limit = 1; limit <= 3; limit++)
            {
                Assert.AreEqual(limit, Count(new ConnectRate(limit, 0), 1, 0), "all of so few");
            }
        }

        [TestMethod]
        public void Credit_ComesBackWithTime_NeverMoreThanASecond()
        {
            ConnectRate rate = new ConnectRate(20, 1000);
            Assert.AreEqual(15, Count(rate, 1, 1000), "at first");
            Assert.AreEqual(0, Count(rate, 1, 1066), "not yet: 15 a second");
            Assert.AreEqual(1, Count(rate, 1, 1067), "one in 67 ms");
            Assert.AreEqual(15, Count(rate, 1, 86400000), "a day later");
        }

        [TestMethod]
        public void SixtyASecondFromOneAddress_OthersAreServedAllTheTime()
        {
            ConnectRate rate = new ConnectRate(20, 0);
            int served = 0;
            int flood = 0;
            for (int ms = 0; ms < 60000; ms += 1000)
            {
                for (int i = 0; i < 60; i++)
                {
                    flood += rate.Take(rate.OriginOf(1), ms + i * 16) ? 1 : 0;
                }

                served += rate.Take(rate.OriginOf(2), ms + 990) ? 1 : 0;
            }

            Assert.AreEqual(60, served, "one a second, each of them");
            Assert.IsTrue(flood >= 890 && flood <= 930, "15 a second: " + flood.ToString());
        }

        [TestMethod]
        public void ManyAddresses_TogetherKeepTheLimit()
        {
            ConnectRate rate = new ConnectRate(20, 0);
            int taken = 0;
            for (int i = 0; i < 500; i++)
            {
                taken += rate.Take(rate.OriginOf(i * 7919), 0) ? 1 : 0;
            }

            Assert.AreEqual(20, taken, "all addresses");
        }

        private static int Count(ConnectRate rate, int address, long nowMs)
        {
            int count = 0;
            while (rate.Take(rate.OriginOf(address), nowMs))
            {
                count++;
            }

            return count;
        }

        [TestMethod]
        public void Origins_AreForThoseWhoUseThem_MoreAddressesShare()
        {
            ConnectRate rate = new ConnectRate(20, 0);
            int[] origins = new int[ConnectRate.Origins];
            for (int i = 0; i < origins.Length; i++)
            {
                origins[i] = rate.OriginOf(100 + i);
                Assert.IsTrue(rate.Take((byte)origins[i], 0), "one each");
                for (int k = 0; k < i; k++)
                {
                    Assert.IsTrue(origins[k] != origins[i], "an origin of its own");
                }
            }

            Assert.AreEqual(origins[2], (int)rate.OriginOf(102), "the same address");
            Assert.IsTrue(rate.OriginOf(999) < ConnectRate.Origins, "it has to share");
            Assert.IsTrue(rate.OriginOf(-7) < ConnectRate.Origins, "any number will do");
            Assert.IsTrue(rate.Take((byte)origins[0], 2000), "two seconds later");
            int late = rate.OriginOf(999);
            Assert.IsTrue(late != origins[0], "that one is in use");
            Assert.AreEqual(late, (int)rate.OriginOf(999), "the same from now on");
        }
    }
}
