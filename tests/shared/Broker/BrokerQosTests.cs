#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>QoS 1 and 2 to clients and from them, packet by packet (section 4.3).</summary>
    [TestClass]
    public sealed class BrokerQosTests
    {
        [TestMethod]
        public void Qos1_IsSentWithAnIdentifier_UntilPuback()
        {
            BrokerBench bench = Bench();
            int sub = bench.Connect(4, "s");
            Subscribe(bench, sub, "a", 1);
            int pub = bench.Connect(4, "p");
            bench.Send(pub, "32 [ `a` 00 07 'x' ]");
            bench.Expect(pub, "40 [ 00 07 ]");
            bench.Expect(sub, "32 [ `a` 00 01 'x' ]");
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.StoredMessages), "kept");
            bench.Send(sub, "40 [ 00 01 ]");
            bench.Expect(sub, "");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            bench.Finish();
        }

        [TestMethod]
        public void Qos2_BothWays_IsHandedOnOnce()
        {
            BrokerBench bench = Bench();
            int sub = bench.Connect(5, "s");
            Subscribe5(bench, sub, "a", 2);
            int pub = bench.Connect(4, "p");
            bench.Send(pub, "34 [ `a` 00 07 'x' ]");
            bench.Expect(pub, "50 [ 00 07 ]");
            bench.Send(pub, "3c [ `a` 00 07 'x' ]");
            bench.Expect(pub, "50 [ 00 07 ]");
            bench.Expect(sub, "34 [ `a` 00 01 [ ] 'x' ]");
            bench.Send(pub, "62 [ 00 07 ]");
            bench.Expect(pub, "70 [ 00 07 ]");
            bench.Send(sub, "50 [ 00 01 ]");
            bench.Expect(sub, "62 [ 00 01 ]");
            bench.Send(sub, "70 [ 00 01 ]");
            bench.Expect(sub, "");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");

            // The identifier is free: the next message with it is another one.
            bench.Send(pub, "34 [ `a` 00 07 'y' ]");
            bench.Drain(pub);
            bench.Expect(sub, "34 [ `a` 00 02 [ ] 'y' ]");
            bench.Finish();
        }

        [TestMethod]
        public void Window_HoldsBack_AndGoesOnWithEachAcknowledgement()
        {
            BrokerBench bench = Bench();
            int sub = bench.Connect(4, "s");
            Subscribe(bench, sub, "a", 1);
            int pub = bench.Connect(4, "p");
            for (int i = 0; i < 7; i++)
            {
                bench.Send(pub, "32 [ `a` 00 01 " + Wire.Hex(i) + " ]");
                bench.Drain(pub);
            }

            bench.Expect(sub, "32 [ `a` 00 01 00 ] 32 [ `a` 00 02 01 ] 32 [ `a` 00 03 02 ] "
                + "32 [ `a` 00 04 03 ]");
            bench.Send(sub, "40 [ 00 02 ]");
            bench.Expect(sub, "32 [ `a` 00 05 04 ]");
            bench.Send(sub, "40 [ 00 01 ] 40 [ 00 03 ]");
            bench.Expect(sub, "32 [ `a` 00 06 05 ] 32 [ `a` 00 07 06 ]");
            bench.Send(sub, "40 [ 00 04 ] 40 [ 00 05 ] 40 [ 00 06 ] 40 [ 00 07 ]");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            bench.Finish();
        }

        [TestMethod]
        public void WhoComesBack_GetsWhatWasNotAcknowledged_InOrder_ThenWhatWaited()
        {
            BrokerBench bench = Bench();
            int sub = Keeping(bench, "s", "20 [ 00 00 ]");
            Subscribe(bench, sub, "a", 2);
            int pub = bench.Connect(4, "p");
            bench.Send(pub, "34 [ `a` 00 01 '1' ] 34 [ `a` 00 02 '2' ] 32 [ `a` 00 03 '3' ]");
            bench.Drain(pub);
            bench.Drain(sub);
            bench.Send(sub, "50 [ 00 02 ]");
            bench.Close(sub);
            bench.Send(pub, "32 [ `a` 00 04 '4' ] 32 [ `a` 00 05 '5' ] 30 [ `a` '0' ]");
            bench.Drain(pub);

            sub = Keeping(bench, "s", "20 [ 01 00 ] 3c [ `a` 00 01 '1' ] 62 [ 00 02 ] "
                + "3a [ `a` 00 03 '3' ] 32 [ `a` 00 04 '4' ]");
            bench.Send(sub, "40 [ 00 03 ] 70 [ 00 02 ] 50 [ 00 01 ]");
            bench.Expect(sub, "32 [ `a` 00 05 '5' ] 62 [ 00 01 ]");
            bench.Send(sub, "70 [ 00 01 ] 40 [ 00 04 ] 40 [ 00 05 ]");
            bench.Expect(sub, "");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            bench.Close(sub);
            bench.Connect(4, "s");
            bench.Finish();
        }

        [TestMethod]
        public void CleanStart_EndsTheSession_AndItsMessages()
        {
            BrokerBench bench = Bench();
            int sub = Keeping(bench, "s", "20 [ 00 00 ]");
            Subscribe(bench, sub, "a", 1);
            bench.Close(sub);
            int pub = bench.Connect(4, "p");
            bench.Send(pub, "32 [ `a` 00 01 '1' ]");
            bench.Drain(pub);
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.StoredMessages), "waits");
            sub = bench.Connect(4, "s");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "none");
            bench.Finish();
        }

        [TestMethod]
        public void Session_ExpiresInItsTime()
        {
            BrokerBench bench = Bench();
            int sub = bench.Open();
            bench.Send(sub, "10 [ `MQTT` 05 02 00 00 [ 11 00 00 00 05 ] `s` ]");
            bench.Drain(sub);
            Subscribe5(bench, sub, "a", 1);
            bench.Close(sub);
            bench.NowMs += 4000;
            bench.Work();
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Subscriptions), "stays");
            bench.NowMs += 3000;
            bench.Work();
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "is over");
            bench.Finish();
        }

        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxInflight = 4;
            bench.Limits.MaxSessions = 3;
            bench.Limits.ReceiveMaximum = 3;
            bench.Limits.MaxSessionMessages = 6;
            bench.Limits.MaxSessionBytes = 400;
            bench.Settings.MaxQos = 2;
            bench.Start();
            return bench;
        }

        private static int Keeping(BrokerBench bench, string clientId, string answer)
        {
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 00 00 00 `" + clientId + "` ]");
            bench.Expect(slot, answer);
            return slot;
        }

        private static void Subscribe(BrokerBench bench, int slot, string filter, int qos)
        {
            bench.Send(slot, "82 [ 00 09 `" + filter + "` " + Wire.Hex(qos) + " ]");
            bench.Expect(slot, "90 [ 00 09 " + Wire.Hex(qos) + " ]");
        }

        private static void Subscribe5(BrokerBench bench, int slot, string filter, int qos)
        {
            bench.Send(slot, "82 [ 00 09 [ ] `" + filter + "` " + Wire.Hex(qos) + " ]");
            bench.Expect(slot, "90 [ 00 09 [ ] " + Wire.Hex(qos) + " ]");
        }
    }
}
