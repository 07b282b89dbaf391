#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// Deadlines of clients that owe nothing, or that the broker itself keeps waiting.
    /// </summary>
    [TestClass]
    public sealed class BrokerDeadlineTests
    {
        [TestMethod]
        public void ResponseBehindALargeMessage_EveryPieceThatIsTakenGivesTimeAnew()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Subscriber(4, "c", "a", 0);
            byte[] packets = Wire.Parse("30 [ `a` *100 ] 30 [ `a` *100 ] c0 00");
            bench.Receive(slot, packets, 0, 105);
            bench.Receive(slot, packets, 105, packets.Length - 105);
            int got = 0;
            while (got < packets.Length)
            {
                // The host is slow with its turns; its socket never refuses.
                bench.NowMs += bench.Settings.PacketTimeoutMs - 100;
                bench.Broker.Tick(bench.NowMs);
                Assert.AreEqual(1, bench.Broker.ConnectedClients, "it reads");
                int part = bench.Transmit(slot, 64);
                Assert.IsTrue(part > 0, "it goes on");
                got += part;
            }

            bench.Pass(bench.Settings.PacketTimeoutMs * 2);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "nothing is owed any more");
            bench.Finish();
        }

        [TestMethod]
        public void KeepAliveThatStoodStill_IsNotLateAfterwards_MQTT_3_1_2_22()
        {
            // The round of deadlines that met it standing still asked for none later.
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedResponses = 4;
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 02 00 02 `c` ]");
            bench.Drain(slot);
            for (int i = 0; i < 4; i++)
            {
                bench.Receive(slot, new byte[] { 0xC0, 0 }, 0, 2);
            }

            Assert.AreEqual(0, bench.Broker.ReceiveWindow(slot), "it is not read");
            bench.Pass(3100);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "it stands still");
            bench.Drain(slot);
            bench.Pass(2900);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "it begins anew");
            bench.Pass(200);
            Assert.AreEqual(0, bench.Broker.ConnectedClients, "it is over");
            bench.Finish();
        }

        [TestMethod]
        public void KeepAlive_BeginsAnewWhenAClientThatWasBehindHasTakenItsResponses()
        {
            for (int responses = 4; responses <= 6; responses++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Limits.MaxQueuedResponses = responses;
                bench.Start();
                int slot = bench.Open();
                bench.Send(slot, "10 [ `MQTT` 04 02 00 0a `c` ]");
                bench.Drain(slot);
                bench.Subscribe(slot, 4, "a", 0);
                bench.Send(slot, "30 [ `a` *400 ]");
                for (int i = 0; i < responses; i++)
                {
                    bench.Send(slot, "c0 00");
                }

                Assert.AreEqual(0, bench.Broker.ReceiveWindow(slot), "it is not read");
                bench.Pass(10000);
                Assert.AreEqual(64, bench.Transmit(slot, 64), "a part of the message");
                bench.Pass(10000);
                bench.Drain(slot);
                bench.Pass(14000);
                Assert.AreEqual(1, bench.Broker.ConnectedClients, "one and a half times 10 s");
                bench.Pass(1100);
                Assert.AreEqual(0, bench.Broker.ConnectedClients, "from when it is read again");
                bench.Finish();
            }
        }

        [TestMethod]
        public void KeepAlive_BeginsAnewWhenMemoryForAnUnfinishedPacketIsThere()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            byte[] packet = Wire.Parse("30 [ `a` *500 ]");
            int holder = bench.Connect(4, "holder");
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 02 00 01 `c` ]");
            bench.Drain(slot);
            bench.Offer(holder, packet, 0, 30);
            bench.Offer(slot, packet, 0, 30);
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(slot), "memory is short");
            bench.Pass(900);
            bench.Close(holder);
            bench.Pass(1100);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "it was not to blame");
            bench.Pass(600);
            Assert.AreEqual(1L, bench.Counted(Counter.KeepAliveTimeouts), "1.5 s from then on");
            bench.Finish();
        }

        [TestMethod]
        public void MemoryIsShort_WhoHasSentAllThatWasTakenIsNotToBlame()
        {
            // Found by fuzzing: a client that was not read any more was closed instead of the one
            // that held the memory, because its slot came first.
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int client = bench.Connect(4, "client");
            int holder = bench.Connect(4, "holder");
            byte[] large = Wire.Parse("30 [ `a` *500 ]");
            byte[] packet = Wire.Parse("30 [ `a` *200 ]");
            bench.Offer(holder, large, 0, 30);
            int taken = bench.Offer(client, packet, 0, packet.Length);
            Assert.IsTrue(taken > 32 && taken < packet.Length, "a part: " + taken.ToString());
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(client), "the rest stays unread");
            bench.Pass(1100);
            Assert.IsTrue(IsConnected(bench, client), "it is not to blame");
            Assert.IsTrue(!IsConnected(bench, holder), "half a packet for a second");
            int rest = packet.Length - taken;
            Assert.AreEqual(rest, bench.Offer(client, packet, taken, rest), "the rest is read");
            Assert.AreEqual(1L, bench.Counted(Counter.PublishReceived), "a message");
            bench.Finish();
        }

        [TestMethod]
        public void MemoryIsThereAgain_WhoDoesNotSendTheRestIsClosed()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int client = bench.Connect(4, "client");
            int holder = bench.Connect(4, "holder");
            bench.Offer(holder, Wire.Parse("30 [ `a` *500 ]"), 0, 30);
            byte[] packet = Wire.Parse("30 [ `a` *200 ]");
            bench.Offer(client, packet, 0, 40);
            bench.Pass(1100);
            Assert.IsTrue(!IsConnected(bench, holder), "half a packet for a second");
            Assert.IsTrue(IsConnected(bench, client), "its time began anew");
            bench.Pass(bench.Settings.PacketTimeoutMs - 200);
            Assert.IsTrue(IsConnected(bench, client), "all of it");
            bench.Pass(1200);
            Assert.IsTrue(!IsConnected(bench, client), "and is over");
            bench.Finish();
        }

        [TestMethod]
        public void ResponseThatIsNeverTaken_EndsTheClient_WithoutAnyOtherDeadline()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Connect(4, "c");
            bench.Pass(20000);
            Assert.AreEqual(long.MaxValue, bench.Broker.NextDeadlineMs(), "nothing is due");
            bench.Send(slot, "c0 00");
            bench.Pass(bench.Settings.PacketTimeoutMs - 1);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "it has its whole time");
            bench.Pass(50);
            Assert.AreEqual(1L, bench.Counted(Counter.LimitPacketTime), "and no more");
            bench.Finish();
        }

        private static bool IsConnected(BrokerBench bench, int slot)
        {
            return bench.Broker.StateOf(slot) == ConnectionState.Connected;
        }
    }
}
