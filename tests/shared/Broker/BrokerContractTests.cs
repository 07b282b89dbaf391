#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Questions, recordings and hosts that break the contract: rules 6 and 7.</summary>
    [TestClass]
    public sealed class BrokerContractTests
    {
        [TestMethod]
        public void QuestionsChangeNothing_AndARecordingReplays_Rule6()
        {
            for (int seed = 1; seed <= 6; seed++)
            {
                string recorded = Run(seed, 0);
                Assert.AreEqual(recorded, Run(seed, 0), "the same once more");
                Assert.AreEqual(recorded, Run(seed, 1), "with questions");
                Assert.AreEqual(recorded, Run(seed, 3), "with many of them");
            }
        }

        [TestMethod]
        public void SlotNotInUse_Throws_Rule7()
        {
            MqttBroker broker = Bench().Broker;
            int slot = broker.Open(0, 100000);
            broker.Close(slot, 100000);
            int[] slots = { slot, 1, 6, 7, 1000, -1, int.MinValue };
            byte[] buffer = new byte[100];
            for (int i = 0; i < slots.Length; i++)
            {
                for (int verb = 0; verb < 4; verb++)
                {
                    Assert.IsTrue(Throws(broker, verb, slots[i], buffer, 64, 100000),
                        "verb " + verb.ToString() + " of slot " + slots[i].ToString());
                }
            }

            Assert.AreEqual(0, broker.OpenConnections, "nothing has changed");
            Assert.AreEqual(slot, broker.Open(0, 100000), "the slot was given back once");
            Assert.IsTrue(broker.Open(0, 100000) != slot, "and is used once");
        }

        [TestMethod]
        public void ClockThatGoesBack_Throws_Rule7()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "c");
            bench.Pass(500);
            bench.Broker.Tick(bench.NowMs);
            byte[] buffer = new byte[100];
            for (int verb = 0; verb < 7; verb++)
            {
                Assert.IsTrue(Throws(bench.Broker, verb, slot, buffer, 64, bench.NowMs - 1),
                    "verb " + verb.ToString());
            }

            Assert.AreEqual(1, bench.Broker.ConnectedClients, "nothing has changed");
            bench.Finish();
        }

        [TestMethod]
        public void MoreThanTheWindow_OrFewerThanNone_Throws_Rule7()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "c");
            byte[] buffer = new byte[200];
            Assert.IsTrue(ThrowsReceive(bench, slot, buffer, 129), "more than ReceiveSize");
            Assert.IsTrue(ThrowsReceive(bench, slot, buffer, -1), "fewer than none");
            Assert.AreEqual(0L, bench.Counted(Counter.BytesReceived) - 15, "nothing was taken");
            byte[] pings = Wire.Parse("c0 00 c0 00 c0 00 c0 00 c0 00 30 14 00 01 'a'");
            bench.Receive(slot, pings, 0, pings.Length);
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(slot), "paused");
            Assert.IsTrue(ThrowsReceive(bench, slot, buffer, 1), "more than the window");
            bench.Broker.Receive(slot, buffer, 0, 0, bench.NowMs);
            bench.Expect(slot, "d0 00 d0 00 d0 00 d0 00 d0 00");
            bench.Finish();
        }

        [TestMethod]
        public void NoBytes_WhileLargePacketsWait_ChangeNothing_Rule7()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxPacketSize = 192;
            bench.Limits.ReceiveSize = 600;
            bench.Limits.InboundBlocks = 20;
            bench.Start();
            int slot = bench.Subscriber(4, "c", "a", 0);
            byte[] bytes = Wire.Parse(
                "c0 00 c0 00 c0 00 c0 00 c0 00 30 [ `a` *180 ] 30 [ `a` *180 ]");
            bench.Receive(slot, bytes, 0, bytes.Length);
            for (int i = 0; i < 5; i++)
            {
                bench.Broker.Receive(slot, bytes, 0, 0, bench.NowMs);
            }

            Assert.AreEqual(bytes.Length, bench.Drain(slot), "each once");
            bench.Finish();
        }

        [TestMethod]
        public void TooLittleRoom_Throws_Rule7()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "c0 00");
            byte[] buffer = new byte[100];
            Assert.IsTrue(Throws(bench.Broker, 1, slot, buffer, 63, bench.NowMs), "63 bytes");
            Assert.IsTrue(Throws(bench.Broker, 1, slot, buffer, -1, bench.NowMs), "none");
            bench.Expect(slot, "d0 00");
            bench.Finish();
        }

        [TestMethod]
        public void NoAuthenticator_ThrowsAtOnce()
        {
            bool throws = false;
            try
            {
                new MqttBroker(new BrokerLimits(), new BrokerSettings(), null, null, 0);
            }
            catch (System.ArgumentNullException)
            {
                throws = true;
            }

            Assert.IsTrue(throws, "not at the first CONNECT");
        }

        [TestMethod]
        public void DefaultLimits_AreGoodOnes_AndContradictionsAreRefused()
        {
            new BrokerLimits().Validate();
            new BrokerSettings().Validate(new BrokerLimits());
            for (int i = 0; i < 6; i++)
            {
                BrokerLimits limits = new BrokerLimits();
                limits.MaxQueuedBytes = i == 0 ? limits.MaxPacketSize - 1 : limits.MaxQueuedBytes;
                limits.MaxQueueEntries = i == 1 ? 4 * 16 - 1 : limits.MaxQueueEntries;
                limits.ConnectSlots = i == 2 ? 0 : limits.ConnectSlots;
                limits.InboundBlocks = i == 3 ? 20 : limits.InboundBlocks;
                limits.MessageBlocks = i == 4 ? 12 : limits.MessageBlocks;
                limits.MaxConnectSize = i == 5 ? limits.MaxPacketSize + 1 : limits.MaxConnectSize;
                bool isRefused = false;
                try
                {
                    limits.Validate();
                }
                catch (System.ArgumentException)
                {
                    isRefused = true;
                }

                Assert.IsTrue(isRefused, "contradiction " + i.ToString());
            }
        }

        [TestMethod]
        public void ClosingClient_IsNamedUntilItIsClosed()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "00 00");
            Assert.AreEqual(MqttBroker.None, bench.Broker.Ready(), "its socket takes nothing");
            bench.Drain(slot);
            Assert.IsTrue(bench.Broker.WantsClose(slot), "to be closed");
            Assert.AreEqual(slot, bench.Broker.Ready(), "and named for it");
            bench.Broker.Tick(bench.NowMs);
            Assert.AreEqual(slot, bench.Broker.Ready(), "still");
            bench.Finish();
        }

        // Random verbs; what comes out, with all counters, as one text.
        private static string Run(int seed, int questions)
        {
            Lcg random = new Lcg(seed);
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 1;
            bench.Settings.SlowGraceMs = 5;
            bench.Limits.MaxQueuedMessages = 5;
            bench.Limits.MessageBlocks = 24;
            bench.Limits.MaxRetainedBytes = 200;
            bench.Start();
            RandomHost host = new RandomHost(bench, random);
            for (int step = 0; step < 400; step++)
            {
                host.Step();
                for (int i = 0; i < questions; i++)
                {
                    Ask(bench.Broker, step + i);
                }
            }

            string text = Wire.Hex(host.Hash >> 24) + Wire.Hex(host.Hash >> 16)
                + Wire.Hex(host.Hash >> 8) + Wire.Hex(host.Hash);
            for (int i = 0; i < Counter.Count; i++)
            {
                text += " " + bench.Broker.CounterOf(i).ToString();
            }

            Assert.IsTrue(bench.Counted(Counter.PublishSent) > 20, "the test means something");
            return text;
        }

        private static void Ask(MqttBroker broker, int where)
        {
            byte[] text = new byte[64];
            for (int i = 0; i < 7; i++)
            {
                int slot = (i + where) % 7;
                broker.ReceiveWindow(slot);
                broker.HasOutput(slot);
                broker.WantsClose(slot);
                broker.StateOf(slot);
                broker.VersionOf(slot);
                broker.ReadClientId(slot, text);
                broker.NextDeadlineMs();
                broker.Ready();
                broker.CanOpen();
            }

            for (int topic = 0; topic < SysTopics.Count; topic += 7)
            {
                broker.SysValue(topic);
            }

            for (int place = 0; place < broker.RetainedPlaces(); place++)
            {
                broker.ReadRetainedName(place, text);
            }
        }

        private static bool ThrowsReceive(BrokerBench bench, int slot, byte[] buffer, int count)
        {
            try
            {
                bench.Broker.Receive(slot, buffer, 0, count, bench.NowMs);
            }
            catch (System.ArgumentException)
            {
                return true;
            }

            return false;
        }

        private static bool Throws(
            MqttBroker broker, int verb, int slot, byte[] buffer, int capacity, long nowMs)
        {
            try
            {
                switch (verb)
                {
                    case 0:
                        broker.Receive(slot, buffer, 0, 1, nowMs);
                        break;
                    case 1:
                        broker.Transmit(slot, buffer, 0, capacity, nowMs);
                        break;
                    case 2:
                        broker.Block(slot, nowMs);
                        break;
                    case 3:
                        broker.Close(slot, nowMs);
                        break;
                    case 4:
                        broker.Open(0, nowMs);
                        break;
                    case 5:
                        broker.Tick(nowMs);
                        break;
                    default:
                        broker.Shutdown(nowMs);
                        break;
                }
            }
            catch (System.ArgumentException)
            {
                return true;
            }
            catch (System.IndexOutOfRangeException)
            {
                return true; // Of a slot that never was one.
            }

            return false;
        }

        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            return bench;
        }
    }
}
