#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Slow and frozen clients: the fourth rule of flow.</summary>
    [TestClass]
    public sealed class BrokerSlowTests
    {
        [TestMethod]
        public void ReaderThatHasFallenBehind_IsWaitedFor_Rule4()
        {
            for (int version = 4; version <= 5; version++)
            {
                Reader(version);
            }
        }

        [TestMethod]
        public void ReaderThatWasIdleForLong_IsWaitedForWhenItFallsBehind_Rule4()
        {
            BrokerBench bench = Bench(20);
            int slow = bench.Subscriber(4, "slow", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            bench.Pass(60000);
            byte[] packet = Wire.Parse("30 [ `a` *40 ]");
            bench.Receive(publisher, packet, 0, packet.Length);
            bench.Receive(publisher, packet, 0, packet.Length);
            Assert.AreEqual(packet.Length, bench.Transmit(slow, 64), "the first one");
            int sent = 0;
            while (sent < 20 && bench.Offer(publisher, packet, 0, packet.Length) > 0)
            {
                sent++; // From here on its socket takes nothing.
            }

            Assert.IsTrue(sent > 4 && sent < 12, "until its queue is full: " + sent.ToString());
            bench.Pass(19);
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(publisher), "it is waited for");
            Assert.AreEqual(0L, bench.Counted(Counter.PublishDropped), "dropped");
            bench.Pass(1);
            Assert.IsTrue(bench.Broker.ReceiveWindow(publisher) > 0, "not for ever");
            bench.Finish();
        }

        [TestMethod]
        public void FrozenClient_OthersAreReadAllTheTime_Rule4()
        {
            BrokerBench bench = Bench(20);
            bench.Subscriber(4, "frozen", "a", 0);
            int healthy = bench.Subscriber(5, "healthy", "a", 0);
            bench.Send(healthy, "30 [ `a` [ ] *40 ]");
            bench.Drain(healthy);
            bench.Pass(60);
            for (int i = 0; i < 300; i++)
            {
                // Not a millisecond passes: any wait would show.
                bench.Send(healthy, "30 [ `a` [ ] " + Wire.Hex(i) + " *39 ]");
                bench.Expect(healthy, "30 [ `a` [ ] " + Wire.Hex(i) + " *39 ]");
            }

            Assert.IsTrue(bench.Counted(Counter.PublishDropped) > 250, "the frozen one loses");
            bench.Finish();
        }

        [TestMethod]
        public void SlowReaders_LeaveAFifthOfTheTime_Rule4()
        {
            BrokerBench bench = Bench(20);
            int slow = bench.Subscriber(4, "slow", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            byte[] packet = Wire.Parse("30 [ `a` *40 ]");
            int waited = 0;
            for (int ms = 0; ms < 2000; ms++)
            {
                waited += bench.Broker.ReceiveWindow(publisher) == 0 ? 1 : 0;
                for (int i = 0; i < 5; i++)
                {
                    bench.Offer(publisher, packet, 0, packet.Length);
                }

                bench.OutputLength = 0;
                bench.Transmit(slow, 64); // It always takes a little, and never half.
                bench.Pass(1);
            }

            Assert.IsTrue(waited <= 1640, "of 2,000 ms: " + waited.ToString());
            Assert.IsTrue(waited > 1000, "but it waits: " + waited.ToString());
            bench.Finish();
        }

        [TestMethod]
        public void AskingOverAndOver_DropsNothing()
        {
            // Fault 9: asking ReceiveWindow three times dropped eight messages.
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageBlocks = 30;
            bench.Start();
            bench.Subscriber(4, "frozen", "a", 0);
            int publisher = bench.Connect(5, "publisher");
            for (int i = 0; i < 60; i++)
            {
                bench.Send(publisher, "30 [ `a` [ ] *90 ]");
                long dropped = bench.Counted(Counter.PublishDropped);
                long stored = bench.Broker.SysValue(SysTopics.StoredMessages);
                for (int k = 0; k < 10; k++)
                {
                    bench.Broker.ReceiveWindow(publisher);
                    bench.Broker.NextDeadlineMs();
                    bench.Broker.Ready();
                }

                Assert.AreEqual(dropped, bench.Counted(Counter.PublishDropped), "dropped");
                Assert.AreEqual(stored, bench.Broker.SysValue(SysTopics.StoredMessages), "there");
            }

            bench.Finish();
        }

        [TestMethod]
        public void PolicyDisconnect_FiresUnderMemoryPressureToo()
        {
            // Fault 4: each time that memory was made, the deadline began anew.
            for (int version = 4; version <= 5; version++)
            {
                Disconnects(version);
            }
        }

        [TestMethod]
        public void QueueEmptiedWithoutSending_IsNotFullAnyMore()
        {
            // Everything in it is too large for the client: nothing is sent, the queue is empty.
            BrokerBench bench = new BrokerBench();
            bench.Settings.QueueFullPolicy = QueueFullPolicy.Disconnect;
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 14 ] `small` ]");
            bench.Drain(slot);
            bench.Subscribe(slot, 5, "a", 0);
            int publisher = bench.Connect(4, "publisher");
            for (int i = 0; i < 10; i++)
            {
                bench.Send(publisher, "30 [ `a` *50 ]");
            }

            Assert.AreEqual(0, bench.Drain(slot), "nothing of it can be sent");
            bench.Pass(10000);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "it is not slow");
            bench.Finish();
        }

        [TestMethod]
        public void PausedAndReadingSteadily_StaysForMinutes()
        {
            // Fault 5: what waited in the broker was taken for an unfinished packet after 30 s.
            BrokerBench bench = Bench(0);
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 02 00 14 `c` ]");
            bench.Drain(slot);
            byte[] flood = Wire.Parse(
                "c0 00 c0 00 c0 00 c0 00 c0 00 c0 00 c0 00 c0 00 c0 00 c0 00");
            int answered = 0;
            int sent = 0;
            for (int second = 0; second < 180; second += 5)
            {
                sent += bench.Offer(slot, flood, 0, flood.Length);
                bench.Pass(5000);
                bench.OutputLength = 0;
                answered += bench.Transmit(slot, 64);
                bench.Pass(1);
                Assert.AreEqual(1, bench.Broker.ConnectedClients, "after " + second.ToString());
            }

            answered += bench.Drain(slot);
            Assert.AreEqual(sent, answered, "every one was answered");
            bench.Finish();
        }

        private static BrokerBench Bench(int graceMs)
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.SlowGraceMs = graceMs;
            bench.Start();
            return bench;
        }

        private static void Reader(int version)
        {
            BrokerBench bench = Bench(20);
            int slow = bench.Subscriber(version, "slow", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            byte[] packet = Wire.Parse("30 [ `a` *40 ]");
            int sent = 0;
            for (int ms = 0; ms < 400; ms++)
            {
                sent += bench.Offer(publisher, packet, 0, packet.Length) > 0 ? 1 : 0;
                if (ms % 10 == 9)
                {
                    bench.Drain(slow);
                }

                bench.Pass(1);
            }

            Assert.IsTrue(sent > 200, "it went on: " + sent.ToString());
            Assert.AreEqual(0L, bench.Counted(Counter.PublishDropped), "dropped");
            bench.Finish();
        }

        private static void Disconnects(int version)
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.QueueFullPolicy = QueueFullPolicy.Disconnect;
            bench.Limits.MaxQueuedMessages = 40;
            bench.Limits.MaxQueuedBytes = 4000;
            bench.Limits.MessageBlocks = 30;
            bench.Start();
            int frozen = bench.Subscriber(version, "frozen", "#", 0);
            int healthy = bench.Connect(4, "healthy");
            for (int second = 0; second < 6; second++)
            {
                for (int i = 0; i < 30; i++)
                {
                    bench.Send(healthy, "30 [ `a` *100 ]");
                }

                bench.Pass(1000);
            }

            Assert.IsTrue(bench.Counted(Counter.LimitMessageMemory) > 0, "memory was short");
            Assert.AreEqual(1L, bench.Counted(Counter.LimitQueueTime), "closed for it");
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "the healthy one stays");
            bench.Close(frozen);
            bench.Finish();
        }
    }
}
