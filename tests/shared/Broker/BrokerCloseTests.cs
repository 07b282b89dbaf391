#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>PINGREQ, DISCONNECT from either side, the end of the broker.</summary>
    [TestClass]
    public sealed class BrokerCloseTests
    {
        // 3.1.1 [MQTT-3.12.4-1]
        [TestMethod]
        public void Pingreq_IsAnswered_MQTT_3_12_4_1()
        {
            BrokerBench bench = Bench();
            int old = bench.Connect(4, "old");
            bench.Send(old, "c0 00 c0 00");
            bench.Expect(old, "d0 00 d0 00");
            bench.Finish();
        }

        [TestMethod]
        public void Disconnect_AnswersInFrontGoOut_NothingBehindIsHandled_MQTT_3_14_4_1()
        {
            BrokerBench bench = Bench();
            int watcher = bench.Subscriber(4, "watcher", "#", 0);
            int slot = bench.Subscriber(5, "five", "a", 0);
            bench.Send(slot, "30 [ `a` [ ] 'x' ] c0 00 e0 00 30 [ `a` [ ] 'y' ] c0 00");
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(slot), "nothing more is read");
            bench.ExpectClosed(slot, "d0 00");
            bench.Expect(watcher, "30 [ `a` 'x' ]");
            Assert.AreEqual(1, bench.Events.Times[(int)BrokerEvent.Disconnected], "observer");
            bench.Finish();
        }

        [TestMethod]
        public void Disconnect_SetsAnExpiryThatWasZero_IsAProtocolError()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "five");
            bench.Send(slot, "e0 [ 00 [ 11 00 00 00 05 ] ]");
            bench.ExpectDisconnect(slot, ReasonCode.ProtocolError);
            slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ 11 00 00 00 01 ] `five` ]");
            bench.Drain(slot);
            bench.Send(slot, "e0 [ 00 [ 11 00 00 00 05 ] ]");
            bench.ExpectClosed(slot, "");
            bench.Finish();
        }

        // [MQTT-3.14.1-1] [MQTT-3.14.2-1]
        [TestMethod]
        public void Disconnect_Broken_IsTold()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "five");
            bench.Send(slot, "e1 00");
            bench.ExpectDisconnect(slot, ReasonCode.MalformedPacket);
            slot = bench.Connect(5, "five");
            bench.Send(slot, "e0 01 01");
            bench.ExpectDisconnect(slot, ReasonCode.ProtocolError);
            slot = bench.Connect(4, "old");
            bench.Send(slot, "e0 01 00");
            bench.ExpectClosed(slot, "");
            bench.Finish();
        }

        // [MQTT-3.14.2-2] [MQTT-3.14.4-2]
        [TestMethod]
        public void DisconnectFromTheBroker_ReasonStringOmittedWhenTooLarge_MQTT_3_14_2_3()
        {
            BrokerBench bench = Bench();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 14 ] `c` ]");
            bench.Expect(slot, BrokerBench.Connack5);
            bench.Send(slot, "00 00");
            bench.ExpectClosed(slot, "e0 01 81");
            bench.Finish();
        }

        [TestMethod]
        public void PublishLargerThanTheClientTakes_IsNotSent_MQTT_3_1_2_24()
        {
            BrokerBench bench = Bench();
            int small = bench.Open();
            bench.Send(small, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 14 ] `c` ]");
            bench.Expect(small, BrokerBench.Connack5);
            bench.Subscribe(small, 5, "a", 0);
            int large = bench.Subscriber(5, "large", "a", 0);
            bench.Send(large, "30 [ `a` [ ] *14 ] 30 [ `a` [ ] *15 ] 30 [ `a` [ ] *1 ]");
            bench.Expect(small, "30 [ `a` [ ] *14 ] 30 [ `a` [ ] *1 ]");
            bench.Expect(large, "30 [ `a` [ ] *14 ] 30 [ `a` [ ] *15 ] 30 [ `a` [ ] *1 ]");
            Assert.AreEqual(1L, bench.Counted(Counter.LimitClientPacketSize), "counted");
            Assert.AreEqual(1L, bench.Counted(Counter.PublishDropped), "dropped");
            bench.Finish();
        }

        // [MQTT-3.14.4-1] [MQTT-3.14.4-2] [MQTT-3.14.0-1]
        [TestMethod]
        public void Shutdown_EveryClientIsTold_MQTT_4_13_1_1()
        {
            BrokerBench bench = Bench();
            int waiting = bench.Open();
            int old = bench.Subscriber(4, "old", "a", 0);
            int five = bench.Subscriber(5, "five", "a", 0);
            bench.Send(five, "30 [ `a` [ ] 'x' ]");
            bench.Broker.Shutdown(bench.NowMs);
            bench.ExpectClosed(waiting, "");
            bench.ExpectClosed(old, "");
            bench.ExpectDisconnect(five, ReasonCode.ServerShuttingDown);
            bench.Finish();
        }

        [TestMethod]
        public void Shutdown_Twice_SaysItOnce()
        {
            BrokerBench bench = Bench();
            int five = bench.Connect(5, "five");
            bench.Broker.Shutdown(bench.NowMs);
            bench.Pass(bench.Settings.ClosingTimeoutMs - 100);
            bench.Broker.Shutdown(bench.NowMs);
            Assert.AreEqual(1, bench.Events.Times[(int)BrokerEvent.Closed], "observer");
            bench.ExpectDisconnect(five, ReasonCode.ServerShuttingDown);
            bench.Finish();
        }

        [TestMethod]
        public void Shutdown_Twice_GivesNoMoreTime()
        {
            BrokerBench bench = Bench();
            int five = bench.Connect(5, "five");
            bench.Broker.Shutdown(bench.NowMs);
            bench.Pass(bench.Settings.ClosingTimeoutMs - 100);
            bench.Broker.Shutdown(bench.NowMs);
            bench.Pass(200);
            bench.ExpectClosed(five, ""); // It had its time, the second one gave it no more.
            bench.Finish();
        }

        [TestMethod]
        public void HostThatGoesByReadyAlone_ClosesWhoeverEnds()
        {
            // By a DISCONNECT of its own, for an error, with a goodbye and without; while a
            // message is partly sent, or the socket has taken nothing.
            for (int i = 0; i < 8; i++)
            {
                EndOne(i);
            }
        }

        private static void EndOne(int i)
        {
            string[] ends = { "e0 00", "00 00" };
            BrokerBench bench = Bench();
            int slot = bench.Subscriber(i % 4 < 2 ? 4 : 5, "c", "a", 0);
            int other = bench.Connect(4, "other");
            byte[] packet = Wire.Parse("30 [ `a` *100 ]");
            bench.Receive(other, packet, 0, packet.Length);
            if (i < 4)
            {
                Assert.AreEqual(64, bench.Transmit(slot, 64), "a part of it");
            }
            else
            {
                bench.Freeze();
            }

            bench.Receive(slot, Wire.Parse(ends[i % 2]), 0, 2);
            int turns = 0;
            while (bench.IsOpen(slot))
            {
                Assert.IsTrue(bench.Broker.Ready() == slot, "it is never closed");
                Assert.IsTrue(++turns < 10, "it comes to an end");
                if (bench.Broker.WantsClose(slot))
                {
                    bench.CloseOnly(slot);
                }
                else
                {
                    bench.Transmit(slot, 256);
                }
            }

            bench.Finish();
        }

        [TestMethod]
        public void Slots_AreReusedWithNothingOfTheFormerClient()
        {
            BrokerBench bench = Bench();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 0a [ 27 00 00 00 14 ] `former` ]");
            bench.Drain(slot);
            bench.Subscribe(slot, 5, "a", 0);
            bench.Send(slot, "30 [ `a` [ ] 'x' ] 30 05 00");
            bench.Close(slot);
            Assert.AreEqual(slot, bench.Connect(4, "next"), "the same slot");
            bench.Subscribe(slot, 4, "b", 0);
            bench.Send(slot, "30 [ `a` 'x' ] 30 [ `b` *100 ]");
            bench.Expect(slot, "30 [ `b` *100 ]");
            bench.Pass(100000);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "no Keep Alive");
            bench.Finish();
        }

        [TestMethod]
        public void LostConnection_IsSeen()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "a");
            bench.Close(slot);
            Assert.IsTrue(bench.Events.Last == BrokerEvent.Lost, "observer");
            Assert.IsTrue(bench.Broker.StateOf(slot) == ConnectionState.Free, "state");
            bench.Finish();
        }

        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            return bench;
        }
    }
}
