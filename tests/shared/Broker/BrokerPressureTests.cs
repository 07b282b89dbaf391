#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// A host that keeps to ReceiveWindow loses nothing, however short memory is.
    /// </summary>
    [TestClass]
    public sealed class BrokerPressureTests
    {
        private const int Messages = 60;
        private const int Began = 30;

        [TestMethod]
        public void Qos1InRandomPieces_MemoryAsShortAsAllowed_EachIsAcknowledgedInOrder()
        {
            for (int seed = 1; seed <= 12; seed++)
            {
                Run(seed, true);
            }
        }

        [TestMethod]
        public void Qos1InRandomPieces_OthersHoldHalfPackets_EachIsAcknowledgedInOrder()
        {
            for (int seed = 21; seed <= 32; seed++)
            {
                Run(seed, false);
            }
        }

        [TestMethod]
        public void LargestPacketFinishedWhileCrowded_WithMoreBehindIt_IsKeptAndHandled()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueueEntries = 28;
            bench.Settings.SlowGraceMs = 20;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "#", 0);
            int sender = bench.Connect(4, "sender");
            int other = bench.Connect(4, "other");
            byte[] bytes = Wire.Parse(
                "30 [ `a` *506 ] 30 [ `a` 'behind' ] c0 00 c0 00 c0 00 c0 00");
            Assert.AreEqual(400, bench.Offer(sender, bytes, 0, 400), "the beginning");
            byte[] small = Wire.Parse("30 [ `b` 'x' ]");
            int smalls = 0;
            while (bench.Offer(other, small, 0, small.Length) > 0)
            {
                smalls++;
            }

            Assert.IsTrue(smalls >= 2, "crowded by a few");
            int sent = 400;
            byte[] got = new byte[2000];
            int count = 0;
            for (int round = 0; round < 20; round++)
            {
                sent += bench.Offer(sender, bytes, sent, bytes.Length - sent);
                bench.Drain(watcher);
                System.Array.Copy(bench.Output, 0, got, count, bench.OutputLength);
                count += bench.OutputLength;
                bench.Drain(sender);
            }

            Assert.AreEqual(bytes.Length, sent, "everything was taken");
            Assert.AreEqual(smalls * 6 + 512 + 11, count, "everything has come");
            bench.Finish();
        }

        // 3.1.1 [MQTT-4.8.0-2]
        [TestMethod]
        public void ShortageThatIsOver_EndsNobody()
        {
            BrokerBench bench = Shortage();
            bench.Pass(900);
            for (int i = 1; i < 6; i++)
            {
                bench.Close(i);
            }

            bench.Pass(5000);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "it was short for a moment only");
            bench.Pass(24000);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "it has its whole time");
            bench.Pass(200);
            Assert.AreEqual(0, bench.Broker.ConnectedClients, "and no more");
            bench.Finish();
        }

        [TestMethod]
        public void ShortageThatLasts_EndsOneAfterTheOther_WhoHoldsTheMemory()
        {
            BrokerBench bench = Shortage();
            byte[] packet = Wire.Parse("30 [ `a` *500 ]");
            bench.Pass(990);
            Assert.AreEqual(6, bench.Broker.ConnectedClients, "not before");
            bench.Pass(40);
            Assert.AreEqual(5, bench.Broker.ConnectedClients, "one");
            Assert.IsTrue(bench.Broker.WantsClose(0), "the one that holds the memory");
            int[] sent = { 0, 0, 0, 0, 0, 0 };
            for (int i = 1; i < 6; i++)
            {
                sent[i] = Began;
            }

            for (int round = 0; round < 6; round++)
            {
                for (int i = 1; i < 6; i++)
                {
                    sent[i] += bench.Offer(i, packet, sent[i], packet.Length - sent[i]);
                }
            }

            for (int i = 1; i < 6; i++)
            {
                Assert.AreEqual(packet.Length, sent[i], "the others come to their end");
            }

            Assert.AreEqual(5, bench.Broker.ConnectedClients, "and stay");
            Assert.AreEqual(1L, bench.Counted(Counter.LimitPacketTime), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void WaitedForMemoryAndFellSilent_IsClosedLikeOthers()
        {
            BrokerBench bench = Shortage();
            bench.Close(0);
            for (int i = 2; i < 6; i++)
            {
                bench.Close(i);
            }

            bench.Pass(29000);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "it was not to blame");
            int other = bench.Connect(4, "other");
            byte[] packet = Wire.Parse("30 [ `a` *60 ]");
            bench.Offer(other, packet, 0, 50);
            bench.Pass(2100);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "silent for too long");
            Assert.IsTrue(bench.Broker.WantsClose(1), "it is the silent one");
            Assert.AreEqual(15, bench.Offer(other, packet, 50, 15), "the other one goes on");
            bench.Finish();
        }

        // Client 0 was promised memory for its packet, and there is none for the others now.
        private static BrokerBench Shortage()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            byte[] packet = Wire.Parse("30 [ `a` *500 ]");
            for (int i = 0; i < 6; i++)
            {
                bench.Connect(4, "c" + i.ToString());
            }

            Assert.AreEqual(Began, bench.Offer(0, packet, 0, Began), "the first one");
            for (int i = 1; i < 6; i++)
            {
                Assert.AreEqual(Began, bench.Offer(i, packet, 0, Began), "a beginning");
                Assert.AreEqual(0, bench.Broker.ReceiveWindow(i), "memory is short");
            }

            Assert.IsTrue(bench.Broker.ReceiveWindow(0) > 0, "the first one may finish");
            return bench;
        }

        // Two frozen subscribers and two publishers; one of them also asks and subscribes.
        private static void Run(int seed, bool isQuiet)
        {
            Lcg random = new Lcg(seed);
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 10 + random.Below(3);
            bench.Limits.MaxQueuedMessages = 30;
            bench.Limits.MaxQueuedBytes = 3000;
            bench.Limits.MaxQueueEntries = 28 + random.Below(30);
            bench.Start();
            bench.Subscriber(4, "frozen", "#", 0);
            bench.Subscriber(5, "frozen5", "a", 0);
            int[] slots = { bench.Connect(4, "p"), bench.Connect(4, "q") };
            byte[][] streams = { Stream(random), Stream(random) };
            int[] sent = new int[2];
            int[] acknowledged = new int[2];
            int[] responses = new int[2];
            string where = "seed " + seed.ToString();
            for (int round = 0; round < 4000; round++)
            {
                int i = random.Below(2);
                if (isQuiet && i == 1 && sent[0] < streams[0].Length)
                {
                    i = 0;
                }

                int left = streams[i].Length - sent[i];
                int part = 1 + random.Below(100);
                sent[i] += bench.Offer(slots[i], streams[i], sent[i], part < left ? part : left);
                if (random.Below(3) == 0)
                {
                    bench.Drain(slots[i]);
                    CheckAnswers(bench, acknowledged, responses, i, where);
                }
            }

            for (int i = 0; i < 2; i++)
            {
                Assert.AreEqual(streams[i].Length, sent[i], where + ": everything was taken");
                bench.Drain(slots[i]);
                CheckAnswers(bench, acknowledged, responses, i, where);
                Assert.AreEqual(Messages, acknowledged[i], where + ": acknowledged");
                Assert.AreEqual(Messages / 4, responses[i], where + ": PINGRESP");
            }

            bench.Finish();
        }

        private static byte[] Stream(Lcg random)
        {
            byte[] stream = new byte[Messages * 100];
            int length = 0;
            for (int i = 1; i <= Messages; i++)
            {
                int size = i % 10 == 0 ? 300 : random.Below(40);
                byte[] packet = Wire.Parse("32 [ `a` 00 " + Wire.Hex(i) + " *" + size.ToString()
                    + " ]" + (i % 4 == 0 ? " c0 00" : ""));
                System.Array.Copy(packet, 0, stream, length, packet.Length);
                length += packet.Length;
            }

            return Wire.Part(stream, 0, length);
        }

        private static void CheckAnswers(
            BrokerBench bench, int[] acknowledged, int[] responses, int i, string where)
        {
            for (int at = 0; at < bench.OutputLength; at += 2 + bench.Output[at + 1])
            {
                if (bench.Output[at] == 0xD0)
                {
                    responses[i]++;
                    continue;
                }

                Assert.AreEqual(0x40, (int)bench.Output[at], where + ": PUBACK");
                acknowledged[i]++;
                Assert.AreEqual(acknowledged[i], (int)bench.Output[at + 3], where + ": in order");
            }
        }
    }
}
