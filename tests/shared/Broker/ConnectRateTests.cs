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
                Assert.IsTrue(rate.Take(7, 0), "no limit");
            }
        }

        [TestMethod]
        public void OneAddress_GetsThreeQuarters_AnotherTheRest()
        {
            for (int limit = 4; limit <= 200; limit += 28)
            {
                ConnectRate rate = new ConnectRate(limit, 5000);
                Assert.AreEqual(limit - limit / 4, Count(rate, 1, 5000), "three quarters");
                int other = OtherPlace(limit);
                Assert.AreEqual(limit / 4, Count(rate, other, 5000), "the rest");
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
            Assert.AreEqual(15, Count(rate, 1, 1000000000000), "years later");
        }

        [TestMethod]
        public void SixtyASecondFromOneAddress_OthersAreServedAllTheTime()
        {
            ConnectRate rate = new ConnectRate(20, 0);
            int other = OtherPlace(20);
            int served = 0;
            int flood = 0;
            for (int ms = 0; ms < 60000; ms += 1000)
            {
                for (int i = 0; i < 60; i++)
                {
                    flood += rate.Take(1, ms + i * 16) ? 1 : 0;
                }

                served += rate.Take(other, ms + 990) ? 1 : 0;
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
                taken += rate.Take(i * 7919, 0) ? 1 : 0;
            }

            Assert.AreEqual(20, taken, "all addresses");
        }

        private static int Count(ConnectRate rate, int address, long nowMs)
        {
            int count = 0;
            while (rate.Take(address, nowMs))
            {
                count++;
            }

            return count;
        }

        // An address that does not share its place with address 1.
        private static int OtherPlace(int limit)
        {
            for (int address = 2; address < 100; address++)
            {
                ConnectRate rate = new ConnectRate(limit, 0);
                Count(rate, 1, 0);
                if (rate.Take(address, 0))
                {
                    return address;
                }
            }

            Assert.Fail("all addresses share one place");
            return 0;
        }
    }
}
