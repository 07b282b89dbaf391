#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>A second connection with the same Client Identifier.</summary>
    [TestClass]
    public sealed class BrokerTakeoverTests
    {
        // [MQTT-3.14.4-2] [MQTT-4.13.2-1]
        [TestMethod]
        public void Takeover_V5_OldOneIsTold_NewOneWorks_MQTT_3_1_4_3()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Subscriber(5, "same", "a", 0);
            int slot = bench.Subscriber(5, "same", "b", 0);
            int publisher = bench.Connect(4, "publisher");
            bench.Send(publisher, "30 [ `a` '1' ] 30 [ `b` '2' ]");
            bench.Expect(slot, "30 [ `b` [ ] '2' ]");
            bench.ExpectDisconnect(old, ReasonCode.SessionTakenOver);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "clients");
            Assert.AreEqual(1L, bench.Counted(Counter.Takeovers), "counted");
            bench.Send(slot, "c0 00");
            bench.Expect(slot, "d0 00");
            bench.Finish();
        }

        [TestMethod]
        public void Takeover_V311_OldOneIsClosed_MQTT_3_1_4_2()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Connect(4, "same");
            int slot = bench.Connect(4, "same");
            bench.ExpectClosed(old, "");
            bench.Send(slot, "c0 00");
            bench.Expect(slot, "d0 00");
            bench.Finish();
        }

        [TestMethod]
        public void Takeover_OldOneClosesAfterwards_NewOneKeepsItsPlace()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Connect(4, "same");
            int slot = bench.Connect(5, "same");
            bench.Close(old);
            int third = bench.Connect(4, "same");
            bench.ExpectDisconnect(slot, ReasonCode.SessionTakenOver);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "clients");
            bench.Send(third, "c0 00");
            bench.Expect(third, "d0 00");
            bench.Finish();
        }

        // [MQTT-3.1.2-10]
        // 3.1.1 [MQTT-3.1.2-8]
        [TestMethod]
        public void Takeover_WillOfTheOldOneGoesOut_MQTT_3_1_2_8()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "#", 0);
            int old = bench.Open();
            bench.Send(old, "10 [ `MQTT` 04 06 00 00 `same` `w` `old` ]");
            bench.Drain(old);
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 06 00 00 `same` `w` `new` ]");
            bench.Expect(watcher, "30 [ `w` 'old' ]");
            bench.ExpectClosed(old, "");
            bench.Expect(watcher, "");
            bench.Expect(slot, BrokerBench.Connack311);
            bench.Close(slot);
            bench.Expect(watcher, "30 [ `w` 'new' ]");
            bench.Finish();
        }

        [TestMethod]
        public void Takeover_WaitingMessagesOfTheOldOneAreDropped()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Subscriber(5, "same", "a", 0);
            byte[] packets = Wire.Parse("30 [ `a` [ ] 'x' ] 30 [ `a` [ ] 'y' ]");
            bench.Receive(old, packets, 0, packets.Length);
            int slot = bench.Open();
            byte[] connect = Wire.Parse("10 [ `MQTT` 05 02 00 00 [ ] `same` ]");
            bench.Receive(slot, connect, 0, connect.Length);
            bench.Expect(slot, BrokerBench.Connack5);
            bench.ExpectDisconnect(old, ReasonCode.SessionTakenOver);
            bench.Expect(slot, "");
            bench.Finish();
        }

        [TestMethod]
        public void Takeover_InTheMiddleOfAPacket_ThePacketIsFinishedFirst()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Subscriber(5, "same", "a", 0);
            bench.Send(old, "30 [ `a` [ ] *150 ] 30 [ `a` [ ] 'y' ]");
            bench.OutputLength = 0;
            Assert.AreEqual(64, bench.Transmit(old, 64), "the first piece");
            int slot = bench.Open();
            byte[] connect = Wire.Parse("10 [ `MQTT` 05 02 00 00 [ ] `same` ]");
            bench.Receive(slot, connect, 0, connect.Length);
            while (bench.Transmit(old, 64) > 0)
            {
            }

            byte[] packet = Wire.Parse("30 [ `a` [ ] *150 ] e0");
            for (int i = 0; i < packet.Length; i++)
            {
                Assert.AreEqual((int)packet[i], (int)bench.Output[i], "byte of the packet");
            }

            Assert.AreEqual(0x8E, (int)bench.Output[packet.Length + 1], "Reason Code");
            Assert.IsTrue(bench.Broker.WantsClose(old), "closes");
            bench.Finish();
        }

        [TestMethod]
        public void Takeover_ManyTimes_LeavesOneClient()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Subscriber(4, "same", "a/b", 0);
            for (int i = 0; i < 50; i++)
            {
                int slot = bench.Subscriber(4 + (i & 1), "same", "a/b", 0);
                bench.Drain(old);
                bench.Close(old);
                old = slot;
            }

            Assert.AreEqual(1, bench.Broker.ConnectedClients, "clients");
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Subscriptions), "subscriptions");
            bench.Finish();
        }

        [TestMethod]
        public void RefusedConnect_TakesNothingOver()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.RetainAvailable = false;
            bench.Start();
            int old = bench.Connect(5, "same");
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 26 00 00 [ ] `same` [ ] `w` `x` ]");
            bench.Drain(slot);
            Assert.AreEqual(0x9A, (int)bench.Output[3], "refused for the retained Will");
            bench.Send(old, "c0 00");
            bench.Expect(old, "d0 00");
            bench.Finish();
        }
    }
}
