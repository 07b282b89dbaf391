#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// Packets however the network cuts them, and the way back-pressure holds them.
    /// </summary>
    [TestClass]
    public sealed class BrokerStreamTests
    {
        private const string Session311 = "10 [ `MQTT` 04 02 00 00 `c` ] 82 [ 00 01 `a/+` 00 ] "
            + "30 [ `a/b` 'hello' ] 30 [ `a/b` *150 ] c0 00 32 [ `a/c` 00 07 'q' ] "
            + "a2 [ 00 02 `a/+` ] 30 [ `a/b` 'late' ]";

        private const string Answer311 = "20 [ 00 00 ] 90 [ 00 01 00 ] 30 [ `a/b` 'hello' ] "
            + "30 [ `a/b` *150 ] d0 00 30 [ `a/c` 'q' ] 40 [ 00 07 ] b0 [ 00 02 ]";

        private const string Session5 = "10 [ `MQTT` 05 02 00 00 [ 26 `k` `v` ] `c` ] "
            + "82 [ 00 01 [ ] `a/+` 00 ] 30 [ `a/b` [ ] 'hello' ] "
            + "30 [ `a/b` [ 26 `k` 00 82 *130 ] *20 ] c0 00 32 [ `a/c` 00 07 [ ] 'q' ] "
            + "a2 [ 00 02 [ ] `a/+` ] 30 [ `a/b` [ ] 'late' ]";

        private const string Answer5 = BrokerBench.Connack5 + "90 [ 00 01 [ ] 00 ] "
            + "30 [ `a/b` [ ] 'hello' ] 30 [ `a/b` [ 26 `k` 00 82 *130 ] *20 ] d0 00 "
            + "30 [ `a/c` [ ] 'q' ] 40 [ 00 07 ] b0 [ 00 02 [ ] 00 ]";

        // 3.1.1 [MQTT-3.2.0-1]
        [TestMethod]
        public void Packets_InPiecesOfEverySize_AreHandledAlike_V311()
        {
            AssertAllPieces(Session311, Answer311);
        }

        [TestMethod]
        public void Packets_InPiecesOfEverySize_AreHandledAlike_V5()
        {
            AssertAllPieces(Session5, Answer5);
        }

        [TestMethod]
        public void Packets_CutInTwoEverywhere_AreHandledAlike_V311()
        {
            AssertAllCuts(Session311, Answer311);
        }

        [TestMethod]
        public void Packets_CutInTwoEverywhere_AreHandledAlike_V5()
        {
            AssertAllCuts(Session5, Answer5);
        }

        // [MQTT-1.5.5-1]
        [TestMethod]
        public void RemainingLengthLongerThanNeeded_IsTaken()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Subscriber(4, "c", "a", 0);
            byte[] packet = Wire.Parse("c0 80 00 c0 80 80 80 00 30 84 80 00 `a` 'x'");
            for (int i = 0; i < packet.Length; i++)
            {
                Assert.AreEqual(1, bench.Offer(slot, packet, i, 1), "one byte");
            }

            bench.Expect(slot, "d0 00 d0 00 30 [ `a` 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void ManyHalfPacketsAtOnce_StayApart()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.InboundBlocks = 36;
            bench.Start();
            byte[][] packets = new byte[6][];
            for (int slot = 0; slot < 6; slot++)
            {
                bench.Subscriber(4, "c" + slot.ToString(), "t" + slot.ToString(), 0);
                packets[slot] = Wire.Parse("30 [ `t" + slot.ToString() + "` *"
                    + (200 + slot).ToString() + " ]");
            }

            for (int at = 0; at < 220; at += 3)
            {
                for (int slot = 0; slot < 6; slot++)
                {
                    int left = packets[slot].Length - at;
                    int part = left < 0 ? 0 : left < 3 ? left : 3;
                    Assert.AreEqual(part, bench.Offer(slot, packets[slot], at, part), "taken");
                }
            }

            for (int slot = 0; slot < 6; slot++)
            {
                bench.Expect(slot, "30 [ `t" + slot.ToString() + "` *"
                    + (200 + slot).ToString() + " ]");
            }

            bench.Finish();
        }

        [TestMethod]
        public void PingFlood_PausesAndLosesNothing()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Connect(4, "c");
            byte[] pings = new byte[200];
            for (int i = 0; i < 200; i += 2)
            {
                pings[i] = 0xC0;
            }

            int sent = 0;
            int answered = 0;
            while (sent < 200 || answered < 200)
            {
                int taken = bench.Offer(slot, pings, sent, 200 - sent);
                sent += taken;
                int got = bench.Drain(slot);
                for (int i = 0; i < got; i += 2)
                {
                    Assert.AreEqual(0xD0, (int)bench.Output[i], "PINGRESP");
                }

                answered += got;
                Assert.IsTrue(answered <= sent, "answers to nothing");
                Assert.IsTrue(taken + got > 0, "stuck");
            }

            Assert.AreEqual(200, answered, "exactly as many");
            Assert.IsTrue(bench.Counted(Counter.LimitResponses) > 0, "paused and counted");
            bench.Expect(slot, "");
            bench.Finish();
        }

        [TestMethod]
        public void PausedInTheMiddleOfAPacket_GoesOnWhereItWas()
        {
            string flood = "c0 00 c0 00 c0 00 c0 00 c0 00 30 [ `a` 'x' ] c0 00 c0 00 c0 00 c0 00 "
                + "30 [ `a` *40 ] c0 00";
            byte[] bytes = Wire.Parse(flood);
            for (int cut = 1; cut < bytes.Length; cut++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Start();
                int slot = bench.Subscriber(4, "c", "a", 0);
                int sent = bench.Offer(slot, bytes, 0, cut);
                byte[] all = new byte[200];
                int count = 0;
                for (int round = 0; round < 20; round++)
                {
                    int got = bench.Drain(slot);
                    System.Array.Copy(bench.Output, 0, all, count, got);
                    count += got;
                    sent += bench.Offer(slot, bytes, sent, bytes.Length - sent);
                }

                Assert.AreEqual(bytes.Length, sent, "everything was taken");
                System.Array.Copy(all, 0, bench.Output, 0, count);
                bench.OutputLength = count;
                bench.AssertOutput("d0 00 d0 00 d0 00 d0 00 d0 00 30 [ `a` 'x' ] d0 00 d0 00 "
                    + "d0 00 d0 00 30 [ `a` *40 ] d0 00");
                bench.Finish();
            }
        }

        [TestMethod]
        public void PausedClientThatCloses_LeavesNothing()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Connect(4, "c");
            byte[] pings = Wire.Parse("c0 00 c0 00 c0 00 c0 00 c0 00 c0 00 30 10 00");
            Assert.AreEqual(pings.Length, bench.Offer(slot, pings, 0, pings.Length), "taken");
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(slot), "paused");
            bench.Finish();
        }

        [TestMethod]
        public void OneClientPaused_OthersAreServed()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int paused = bench.Subscriber(4, "c", "a", 0);
            int other = bench.Subscriber(4, "d", "a", 0);
            byte[] pings = Wire.Parse("c0 00 c0 00 c0 00 c0 00 c0 00 c0 00");
            bench.Offer(paused, pings, 0, pings.Length);
            bench.Send(other, "30 [ `a` 'x' ] c0 00");
            bench.Expect(other, "30 [ `a` 'x' ] d0 00");
            bench.Expect(paused,
                "d0 00 d0 00 d0 00 d0 00 30 [ `a` 'x' ] d0 00 d0 00");
            bench.Finish();
        }

        private static void AssertAllPieces(string session, string answer)
        {
            byte[] bytes = Wire.Parse(session);
            for (int size = 1; size <= 128; size += size < 16 ? 1 : 16)
            {
                BrokerBench bench = new BrokerBench();
                bench.Limits.MaxQueuedResponses = 8;
                bench.Start();
                int slot = bench.Open();
                for (int at = 0; at < bytes.Length; at += size)
                {
                    int part = bytes.Length - at < size ? bytes.Length - at : size;
                    Assert.AreEqual(part, bench.Offer(slot, bytes, at, part), "taken");
                }

                bench.Expect(slot, answer);
                bench.Finish();
            }
        }

        private static void AssertAllCuts(string session, string answer)
        {
            byte[] bytes = Wire.Parse(session);
            for (int cut = 1; cut < bytes.Length; cut++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Limits.ReceiveSize = 512;
                bench.Limits.MaxQueuedResponses = 8;
                bench.Start();
                int slot = bench.Open();
                Assert.AreEqual(cut, bench.Offer(slot, bytes, 0, cut), "one part");
                int rest = bytes.Length - cut;
                int window = bench.Broker.ReceiveWindow(slot);
                Assert.IsTrue(window > 32
                    || bench.Broker.StateOf(slot) == ConnectionState.AwaitingConnect,
                    "room for more than what is unfinished");
                Assert.AreEqual(rest, bench.Offer(slot, bytes, cut, rest), "the other");
                bench.Expect(slot, answer);
                bench.Finish();
            }
        }
    }
}
