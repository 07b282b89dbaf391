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
            bench.Limits.MaxQueueEntries = 12;
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

        [TestMethod]
        public void ShortageThatIsOver_EndsNobody()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 10;
            bench.Start();
            byte[] packet = Wire.Parse("30 [ `a` *500 ]");
            for (int i = 0; i < 6; i++)
            {
                bench.Connect(4, "c" + i.ToString());
            }

            for (int i = 0; i < 6; i++)
            {
                bench.Offer(i, packet, 0, 60);
            }

            Assert.AreEqual(0, bench.Broker.ReceiveWindow(5), "memory is short");
            for (int i = 1; i < 5; i++)
            {
                bench.Close(i);
            }

            bench.Pass(5000);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "it was short for a moment only");
            bench.Finish();
        }

        // Two frozen subscribers and two publishers; one of them also asks and subscribes.
        private static void Run(int seed, bool isQuiet)
        {
            Lcg random = new Lcg(seed);
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 10 + random.Below(3);
            bench.Limits.MaxQueuedMessages = 30;
            bench.Limits.MaxQueuedBytes = 3000;
            bench.Limits.MaxQueueEntries = 12 + random.Below(30);
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
