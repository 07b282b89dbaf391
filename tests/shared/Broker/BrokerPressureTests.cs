#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>A host that keeps to ReceiveWindow loses nothing, however short memory is.</summary>
    [TestClass]
    public sealed class BrokerPressureTests
    {
        private const int Messages = 120;

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
