#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>A full house: who gets in, and what one address or client may use up.</summary>
    [TestClass]
    public sealed class BrokerHouseTests
    {
        private const int Clients = 15;

        [TestMethod]
        public void FifteenComeBack_ThroughOneSpareSlot_WithinASecond()
        {
            // After a power cut the old connections are half open: they take what is sent, or not.
            for (int frozen = 0; frozen <= Clients; frozen += 5)
            {
                ComeBack(frozen);
            }
        }

        [TestMethod]
        public void NewIdentifier_FullHouse_IsToldServerBusy()
        {
            BrokerBench bench = House(2, true);
            int old = bench.Open();
            bench.Send(old, "10 [ `MQTT` 04 02 00 00 `new` ]");
            bench.ExpectClosed(old, "20 [ 00 03 ]");
            int five = bench.Open();
            bench.Send(five, "10 [ `MQTT` 05 02 00 00 [ ] `new` ]");
            bench.Drain(five);
            Assert.AreEqual((int)ReasonCode.ServerBusy, (int)bench.Output[3], "Server busy");
            bench.Close(five);
            int assigned = bench.Open();
            bench.Send(assigned, "10 [ `MQTT` 04 02 00 00 `` ]");
            bench.ExpectClosed(assigned, "20 [ 00 03 ]");
            Assert.AreEqual(3L, bench.Counted(Counter.LimitConnections), "counted");
            Assert.AreEqual(Clients, bench.Broker.ConnectedClients, "nobody had to go");
            bench.Send(0, "c0 00");
            bench.Expect(0, "d0 00");
            bench.Finish();
        }

        [TestMethod]
        public void Strangers_AllSlotsTaken_HaveOneSecond()
        {
            BrokerBench bench = House(2, true);
            int one = bench.Open();
            bench.Pass(3000);
            Assert.IsFalse(bench.Broker.WantsClose(one), "ten seconds while a slot is free");
            int two = bench.Open();
            bench.Pass(30);
            Assert.IsTrue(bench.Broker.WantsClose(one), "three seconds are enough now");
            Assert.IsFalse(bench.Broker.WantsClose(two), "its second has begun");
            bench.Pass(960);
            Assert.IsFalse(bench.Broker.WantsClose(two), "not before");
            bench.Pass(40);
            Assert.IsTrue(bench.Broker.WantsClose(two), "over");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitConnectTime), "counted");
            Assert.AreEqual(Clients, bench.Broker.ConnectedClients, "clients stay");
            bench.Finish();
        }

        [TestMethod]
        public void Takeover_OfABlockedClient_FreesItsSlotAtOnce()
        {
            BrokerBench bench = House(1, true);
            bench.Subscribe(3, 5, "a", 0);
            bench.Send(4, "30 [ `a` [ ] *50 ]");
            int slot = bench.Open();
            bench.Receive(slot, ConnectOf(3), 0, ConnectOf(3).Length);
            Assert.IsTrue(bench.Broker.WantsClose(3), "nothing waits for it any more");
            Assert.AreEqual(3, bench.Broker.Ready(), "the host is told");
            bench.Drain(slot);
            Assert.AreEqual(0, (int)bench.Output[3], "accepted");
            bench.Close(3);
            Assert.AreEqual(Clients, bench.Broker.ConnectedClients, "one for the other");
            bench.Finish();
        }

        [TestMethod]
        public void OneAddress_CannotUseUpTheConnectRate()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxConnectRate = 20;
            bench.Start();
            Assert.AreEqual(15, CountConnects(bench, 1, 60), "three quarters");
            Assert.AreEqual(5, CountConnects(bench, 2, 5), "the rest is for others");
            for (int second = 0; second < 20; second++)
            {
                bench.Pass(1000);
                Assert.AreEqual(15, CountConnects(bench, 1, 60), "three quarters again");
                Assert.AreEqual(1, CountConnects(bench, 2, 1), "the well-behaved one");
            }

            bench.Finish();
        }

        [TestMethod]
        public void TwoClients_CannotTakeTheWholeSubscriptionTable()
        {
            BrokerBench bench = House(1, false);
            int granted = 0;
            for (int slot = 0; slot < 2; slot++)
            {
                granted += Subscribe(bench, slot, 32, "a" + slot.ToString() + "/");
            }

            Assert.IsTrue(granted >= 32 && granted < 64, "much, not all: " + granted.ToString());
            for (int slot = 2; slot < Clients; slot++)
            {
                Assert.IsTrue(Subscribe(bench, slot, 2, "b" + slot.ToString() + "/") == 2,
                    "a share for everybody");
            }

            bench.Finish();
        }

        [TestMethod]
        public void SixtyFourSubscriptionsOfFourLevels_AreSixtyFour()
        {
            BrokerBench bench = House(1, false);
            int granted = 0;
            for (int i = 0; i < 64; i++)
            {
                string line = i < 10 ? "0" + i.ToString() : i.ToString();
                bench.Send(i % Clients, "82 [ 00 01 [ ] `plant/line" + line + "/+/temp` 00 ]");
                bench.Drain(i % Clients);
                granted += bench.Output[5] == 0 ? 1 : 0;
            }

            Assert.AreEqual(64, granted, "granted");
            bench.Finish();
        }

        // Fifteen 5.0 clients with the default limits.
        private static BrokerBench House(int connectSlots, bool isPatient)
        {
            BrokerBench bench = new BrokerBench(new BrokerLimits());
            bench.Settings.SysIntervalS = 0;
            bench.OutputSize = 1024;
            bench.Limits.ConnectSlots = connectSlots;
            bench.Limits.MaxConnectRate = isPatient ? 0 : 20;
            bench.Start();
            for (int i = 0; i < Clients; i++)
            {
                Assert.AreEqual(i, bench.Connect(5, "c" + i.ToString()), "slot");
                bench.Pass(i % 5 == 4 ? 1000 : 0);
            }

            return bench;
        }

        private static byte[] ConnectOf(int client)
        {
            return Wire.Parse(
                "10 [ `MQTT` 05 02 00 00 [ ] `c" + client.ToString() + "` ]");
        }

        // Some of the old connections have a message that their sockets did not take.
        private static void Flood(BrokerBench bench, int frozen)
        {
            for (int i = 0; i < frozen; i++)
            {
                bench.Subscribe(i, 5, "a", 0);
            }

            bench.Send(14, "30 [ `a` [ ] *20 ]");
        }

        // The host offers everything; sockets that are not blocked take it, and it closes.
        private static void HostTurn(BrokerBench bench, int slot)
        {
            int ready = bench.Broker.Ready();
            while (ready != MqttBroker.None)
            {
                bench.OutputLength = 0;
                while (bench.Transmit(ready, 256) > 0)
                {
                }

                if (bench.Broker.WantsClose(ready))
                {
                    bench.CloseOnly(ready);
                }

                ready = bench.Broker.Ready();
            }

            Assert.IsFalse(bench.Broker.HasOutput(slot), "CONNACK has gone");
        }

        private static int CountConnects(BrokerBench bench, int address, int times)
        {
            int accepted = 0;
            for (int i = 0; i < times; i++)
            {
                int slot = bench.Open(address);
                bench.Send(slot, "10 [ `MQTT` 04 02 00 00 `c" + address.ToString() + "` ]");
                bench.Drain(slot);
                accepted += bench.Output[3] == 0 ? 1 : 0;
                bench.Close(slot);
            }

            return accepted;
        }

        private static int Subscribe(BrokerBench bench, int slot, int filters, string prefix)
        {
            int granted = 0;
            for (int i = 0; i < filters; i++)
            {
                bench.Send(slot, "82 [ 00 01 [ ] `" + prefix + i.ToString() + "` 00 ]");
                bench.Drain(slot);
                granted += bench.Output[5] == 0 ? 1 : 0;
            }

            return granted;
        }

        private static void ComeBack(int frozen)
        {
            BrokerBench bench = House(1, false);
            if (frozen > 0)
            {
                Flood(bench, frozen);
            }

            bench.Pass(2000);
            long start = bench.NowMs;
            for (int i = 0; i < Clients; i++)
            {
                Assert.IsTrue(bench.Broker.CanOpen(), "a slot for client " + i.ToString());
                int slot = bench.Open();
                bench.Receive(slot, ConnectOf(i), 0, ConnectOf(i).Length);
                HostTurn(bench, slot);
                Assert.AreEqual(ConnectionState.Connected, bench.Broker.StateOf(slot), "is in");
                bench.Pass(60);
            }

            Assert.IsTrue(bench.NowMs - start < 1000, "a second");
            Assert.AreEqual(Clients, bench.Broker.ConnectedClients, "all of them");
            Assert.AreEqual((long)Clients, bench.Counted(Counter.Takeovers), "taken over");
            bench.Finish();
        }
    }
}
