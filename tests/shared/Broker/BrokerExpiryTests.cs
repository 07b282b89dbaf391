#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Message Expiry Interval of waiting and of Retained Messages.</summary>
    [TestClass]
    public sealed class BrokerExpiryTests
    {
        [TestMethod]
        public void Waiting_IsCountedDown_MQTT_3_3_2_6()
        {
            BrokerBench bench = Bench();
            int old = bench.Subscriber(4, "old", "a", 0);
            bench.Send(0, "30 [ `a` [ 26 `k` `1` 02 00 01 00 05 26 `k` `2` ] 'x' ]");
            bench.Pass(7000);
            bench.Expect(0, "30 [ `a` [ 26 `k` `1` 02 00 00 ff fe 26 `k` `2` ] 'x' ]");
            bench.Expect(old, "30 [ `a` 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void Waiting_Expired_IsNotSent_MQTT_3_3_2_5()
        {
            BrokerBench bench = Bench();
            int old = bench.Subscriber(4, "old", "a", 0);
            bench.Send(0, "30 [ `a` [ ] '1' ] 30 [ `a` [ 02 00 00 00 05 ] '2' ] "
                + "30 [ `a` [ ] '3' ]");
            bench.Pass(5001);
            bench.Expect(0, "30 [ `a` [ ] '1' ] 30 [ `a` [ ] '3' ]");
            bench.Expect(old, "30 [ `a` '1' ] 30 [ `a` '3' ]");
            Assert.AreEqual(2L, bench.Counted(Counter.MessagesExpired), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void Expiry_CountsWholeSecondsFromArrival()
        {
            BrokerBench bench = Bench();
            bench.Pass(999);
            bench.Send(0, "30 [ `a` [ 02 00 00 00 01 ] 'x' ]");
            bench.Pass(1);
            bench.Expect(0, "30 [ `a` [ 02 00 00 00 01 ] 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void Expiry_LargestInterval_IsNotASign()
        {
            BrokerBench bench = Bench();
            bench.Send(0, "30 [ `a` [ 02 ff ff ff ff ] 'x' ]");
            bench.Pass(2000);
            bench.Expect(0, "30 [ `a` [ 02 ff ff ff fd ] 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void LateClock_CountsAllTheSame()
        {
            BrokerBench bench = new BrokerBench();
            bench.NowMs = 1L << 45;
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 0a [ ] `c` ]");
            bench.Drain(slot);
            bench.Subscribe(slot, 5, "a", 0);
            bench.Send(slot, "30 [ `a` [ 02 00 00 00 0a ] 'x' ]");
            bench.Pass(3000);
            bench.Expect(slot, "30 [ `a` [ 02 00 00 00 07 ] 'x' ]");
            bench.Pass(11900);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "still there");
            bench.Pass(200);
            Assert.AreEqual(0, bench.Broker.ConnectedClients, "Keep Alive");
            bench.Finish();
        }

        [TestMethod]
        public void Retained_IsCountedDownAndExpires_MQTT_3_3_2_5()
        {
            BrokerBench bench = Bench();
            int late = bench.Connect(5, "late");
            bench.Send(0, "31 [ `b` [ 02 00 00 00 0a ] 'x' ]");
            bench.Pass(4000);
            bench.Send(late, "82 [ 00 01 [ ] `b` 00 ]");
            bench.Expect(late, "90 [ 00 01 [ ] 00 ] 31 [ `b` [ 02 00 00 00 06 ] 'x' ]");
            bench.Pass(6100);
            bench.Send(late, "82 [ 00 01 [ ] `b` 00 ]");
            bench.Expect(late, "90 [ 00 01 [ ] 00 ]");
            bench.Pass(2000);
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Retained), "forgotten by itself");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "memory is back");
            Assert.AreEqual(1L, bench.Counted(Counter.MessagesExpired), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void Transmit_ExpiryInTheMiddleOfAPacket_KeepsTheValueItBeganWith()
        {
            // The interval begins at byte 5 + filler: with each filler the cut after 64 bytes
            // falls elsewhere, also between its four bytes.
            for (int filler = 50; filler < 62; filler++)
            {
                CutWithFiller(filler);
            }
        }

        // A method of its own: a device has no room for two brokers at once.
        private static void CutWithFiller(int filler)
        {
            BrokerBench bench = Bench();
            string name = "00 " + Wire.Hex(filler) + " *" + filler.ToString();
            bench.Subscribe(0, 5, "+", 0);
            bench.Send(0, "30 [ " + name + " [ 02 00 00 01 00 ] *100 ]");
            bench.OutputLength = 0;
            Assert.AreEqual(64, bench.Transmit(0, 64), "first piece");
            bench.NowMs += 300000;
            while (bench.Transmit(0, 64) > 0)
            {
            }

            bench.AssertOutput("30 [ " + name + " [ 02 00 00 01 00 ] *100 ]");
            bench.Finish();
        }

        // Slot 0 is a 5.0 client that hears "a".
        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            bench.Subscriber(5, "five", "a", 0);
            return bench;
        }
    }
}
