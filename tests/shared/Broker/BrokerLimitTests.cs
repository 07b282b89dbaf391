#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>Limits of connections and rates, and the settings that are refused.</summary>
    [TestClass]
    public sealed class BrokerLimitTests
    {
        [TestMethod]
        public void Slots_AllInUse_NoneIsGiven()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            for (int i = 0; i < 7; i++)
            {
                Assert.IsTrue(bench.Broker.CanOpen(), "a free one");
                bench.Open();
            }

            Assert.IsFalse(bench.Broker.CanOpen(), "none is free");
            Assert.AreEqual(MqttBroker.None, bench.Broker.Open(0, bench.NowMs), "an eighth");
            Assert.AreEqual(MqttBroker.None, bench.Broker.Open(0, bench.NowMs), "a ninth");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitConnections), "counted");
            Assert.AreEqual(7L, bench.Counted(Counter.ConnectionsAccepted), "accepted");
            bench.Close(3);
            Assert.AreEqual(3, bench.Open(), "the free one");
            bench.Finish();
        }

        [TestMethod]
        public void ConnectRate_IsHeldOverSeconds()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxConnectRate = 2;
            bench.Start();
            AssertConnects(bench, 2, 0);
            bench.Pass(499);
            AssertConnects(bench, 0, 1);
            bench.Pass(1);
            AssertConnects(bench, 1, 1);
            bench.Pass(3600000);
            AssertConnects(bench, 2, 2);
            Assert.AreEqual(4L, bench.Counted(Counter.LimitConnectRate), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void ConnectRate_V5IsToldWhy()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxConnectRate = 1;
            bench.Start();
            bench.Connect(5, "a");
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ ] `b` ]");
            bench.Drain(slot);
            Assert.AreEqual(0x9F, (int)bench.Output[3], "Connection rate exceeded");
            bench.Finish();
        }

        [TestMethod]
        public void ConnectionChurn_LeavesNothing()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            Lcg random = new Lcg(5);
            for (int i = 0; i < 300; i++)
            {
                int slot = bench.Subscriber(4 + random.Below(2), "c" + random.Below(9).ToString(),
                    "a/" + random.Below(9).ToString(), 0);
                bench.Send(slot, "c0 00");
                for (int k = random.Below(5); k >= 0; k--)
                {
                    int other = random.Below(6);
                    if (bench.IsOpen(other) && (bench.Broker.OpenConnections == 6 || k > 2))
                    {
                        bench.Close(other);
                    }
                }

                bench.Pass(random.Below(1000));
                for (int k = 0; k < 7; k++)
                {
                    if (bench.Broker.WantsClose(k))
                    {
                        bench.Close(k);
                    }
                }

                for (int k = 0; k < 7 && bench.Broker.OpenConnections >= 6; k++)
                {
                    if (bench.IsOpen(k))
                    {
                        bench.Close(k);
                    }
                }
            }

            bench.Finish();
        }

        // [MQTT-4.6.0-5]
        // 3.1.1 [MQTT-4.6.0-5] [MQTT-4.6.0-6]
        [TestMethod]
        public void Order_IsTheSameForAllSubscribers_MQTT_4_6_0_6()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Subscriber(4, "old", "a/+", 0);
            int second = bench.Subscriber(4, "second", "#", 0);
            int one = bench.Connect(4, "one");
            int two = bench.Connect(5, "two");
            string expected = "";
            Lcg random = new Lcg(9);
            for (int round = 0; round < 20; round++)
            {
                string all = "";
                for (int i = 0; i < 8; i++)
                {
                    string payload = Wire.Hex(round) + Wire.Hex(i);
                    string name = "`a/" + random.Below(2).ToString() + "` ";
                    bool isFirst = random.Below(2) == 0;
                    bench.Send(isFirst ? one : two,
                        (random.Below(3) == 0 ? "31 [ " : "30 [ ") + name
                        + (isFirst ? "" : "[ ] ") + payload + " ]");
                    all += "30 [ " + name + payload + " ]";
                }

                expected = all;
                bench.Expect(old, expected);
                bench.Expect(second, expected);
            }

            bench.Finish();
        }

        [TestMethod]
        public void EveryCounter_HasANameOfItsOwn()
        {
            for (int i = 0; i < Counter.Count; i++)
            {
                string name = Counter.NameOf(i);
                Assert.AreEqual(i >= Counter.FirstLimit, name.IndexOf("limits/") == 0, name);
                for (int k = 0; k < i; k++)
                {
                    Assert.IsTrue(Counter.NameOf(k) != name, name + " twice");
                }
            }
        }

        private static void AssertConnects(BrokerBench bench, int accepted, int refused)
        {
            for (int i = 0; i < accepted + refused; i++)
            {
                int slot = bench.Open();
                bench.Send(slot, "10 [ `MQTT` 04 02 00 00 `c` ]");
                bench.Drain(slot);
                Assert.AreEqual(i < accepted ? 0 : 3, (int)bench.Output[3], "return code");
                bench.Close(slot);
            }
        }
    }
}
