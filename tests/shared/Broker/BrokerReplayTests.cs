#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Replays of Retained Messages and figures: a few at a time, none twice.</summary>
    [TestClass]
    public sealed class BrokerReplayTests
    {
        [TestMethod]
        public void LargeSet_ComesWhole_HalfAQueueAtATime()
        {
            for (int queue = 1; queue <= 9; queue += 2)
            {
                LargeSet(queue);
            }
        }

        [TestMethod]
        public void SubscribedAgainWhileTheReplayWaits_ComesToItsEnd()
        {
            // What was owed was counted twice, and NextDeadlineMs said now for ever.
            string[] packets =
            {
                "82 [ 00 01 [ ] `#` 00 `#` 00 ]", "82 [ 00 01 [ ] `#` 00 ] 82 [ 00 02 [ ] `#` 10 ]",
                "82 [ 00 01 [ ] `#` 10 ] 82 [ 00 02 [ ] `#` 20 ]",
                "82 [ 00 01 [ ] `#` 00 `+` 00 `#` 20 ] a2 [ 00 02 [ ] `+` ]",
            };
            for (int i = 0; i < packets.Length; i++)
            {
                SubscribedAgain(packets[i]);
            }
        }

        [TestMethod]
        public void UnsubscribedWhileTheReplayWaits_GetsNoMore()
        {
            BrokerBench bench = Bench(4, 20);
            int slot = bench.Connect(4, "new");
            bench.Send(slot, "82 [ 00 01 `#` 00 ] a2 [ 00 02 `#` ]");
            bench.Drain(slot);
            Assert.IsTrue(bench.OutputLength <= 5 + 4 + 3 * 6, "what waited already at most");
            Assert.IsTrue(bench.Broker.NextDeadlineMs() > bench.NowMs, "nothing is due");
            bench.Finish();
        }

        [TestMethod]
        public void WhatIsSent_IsNeverOlderThanWhatIsRetainedThen()
        {
            BrokerBench bench = Bench(2, 9);
            int slot = bench.Connect(4, "new");
            bench.Send(slot, "82 [ 00 01 `#` 00 ]");
            for (int i = 0; i < 9; i++)
            {
                bench.Send(0, "31 [ 00 01 " + Wire.Hex('A' + i) + " 'y' ]");
            }

            bench.Send(0, "31 [ 00 01 'I' ]");
            bench.Drain(slot);
            bool wasY = false;
            for (int at = 5; at < bench.OutputLength; at += 6)
            {
                if (bench.Output[at] == 0x31)
                {
                    wasY = wasY || bench.Output[at + 5] == 'y';
                    Assert.IsTrue(!wasY || bench.Output[at + 5] == 'y', "an old one behind");
                }
            }

            bench.Finish();
        }

        [TestMethod]
        public void NothingOfItCanBeSent_StillComesToTheNextOnes()
        {
            // Messages too large for the client leave the queue without a byte being written.
            for (int queue = 1; queue <= 4; queue++)
            {
                NothingOfIt(queue);
            }
        }

        [TestMethod]
        public void SubscriptionBehindOneThatGetsNothing_GetsAllOfIts()
        {
            for (int count = 1; count <= 20; count++)
            {
                ReplayBehindNothing(count);
            }
        }

        private static void ReplayBehindNothing(int count)
        {
            BrokerBench bench = Bench(4, count);
            int slot = bench.Connect(5, "new");
            bench.Send(slot, "82 [ 00 01 [ ] `none` 00 `#` 00 `A` 20 `none/more` 20 ]");
            bench.Drain(slot);
            int retained = 0;
            for (int at = 0; at < bench.OutputLength; at += 2 + bench.Output[at + 1])
            {
                retained += bench.Output[at] == 0x31 ? 1 : 0;
            }

            Assert.AreEqual(count, retained, "each once");
            bench.Finish();
        }

        [TestMethod]
        public void BlockedClient_GoesOnWhenItReads()
        {
            BrokerBench bench = Bench(4, 12);
            int slot = bench.Connect(4, "new");
            bench.Send(slot, "82 [ 00 01 `#` 00 ]");
            bench.Pass(5000);
            long stored = bench.Broker.SysValue(SysTopics.StoredMessages);
            Assert.AreEqual(12L, stored, "what is retained, no copies");
            Assert.IsTrue(bench.Broker.NextDeadlineMs() > bench.NowMs, "nothing is due");
            bench.Drain(slot);
            AssertEachOnce(bench, 5, 12);
            bench.Finish();
        }

        [TestMethod]
        public void Figures_OnlyByTheSubscriptionsOwnFilter()
        {
            // Fault 11: a second subscription replayed what only an older filter matches.
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 10;
            bench.Start();
            int slot = bench.Connect(4, "c");
            bench.Subscribe(slot, 4, "$SYS/none", 0);
            bench.Send(slot, "82 [ 00 01 `$SYS/broker/uptime` 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 ] 31 [ `$SYS/broker/uptime` '0 seconds' ]");
            bench.Send(slot, "82 [ 00 01 `$SYS/broker/clients/connected` 00 ]");
            bench.Expect(slot,
                "90 [ 00 01 00 ] 31 [ `$SYS/broker/clients/connected` '1' ]");
            bench.Send(slot, "82 [ 00 01 `b` 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 ]");
            bench.Finish();
        }

        // Slot 0 is a publisher; so many messages of one byte are retained under A, B and so on.
        [TestMethod]
        public void ReplayOfLargeMessages_LeavesNobodysQueueOverItsLimit()
        {
            BrokerBench bench = Bench(4, 0);
            int publisher = bench.Connect(4, "another");
            bench.Send(publisher, "31 [ `large` *490 ]");
            int slot = bench.Subscriber(4, "new", "small", 0);
            byte[] packet = Wire.Parse("30 [ `small` *100 ]");
            bench.Receive(publisher, packet, 0, packet.Length);
            packet = Wire.Parse("82 [ 00 01 `large` 00 ]");
            bench.Receive(slot, packet, 0, packet.Length);
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(publisher), "the queue goes first");
            bench.Drain(slot);
            bench.Work();
            Assert.IsTrue(bench.Broker.ReceiveWindow(publisher) > 0, "and is read again");
            bench.Finish();
        }

        private static BrokerBench Bench(int queue, int retained)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedMessages = queue;
            bench.Limits.MaxRetainedMessages = 24;
            bench.Start();
            bench.Connect(4, "publisher");
            for (int i = 0; i < retained; i++)
            {
                bench.Send(0, "31 [ 00 01 " + Wire.Hex('A' + i) + " 'x' ]");
            }

            return bench;
        }

        private static void AssertEachOnce(BrokerBench bench, int start, int count)
        {
            Assert.AreEqual(start + count * 6, bench.OutputLength, "bytes");
            bool[] seen = new bool[count];
            for (int at = start; at < bench.OutputLength; at += 6)
            {
                int name = bench.Output[at + 4] - 'A';
                Assert.IsFalse(seen[name], "twice");
                seen[name] = true;
            }
        }

        private static void LargeSet(int queue)
        {
            BrokerBench bench = Bench(queue, 20);
            int slot = bench.Connect(4, "new");
            byte[] subscribe = Wire.Parse("82 [ 00 01 `#` 00 ]");
            bench.Receive(slot, subscribe, 0, subscribe.Length);
            bench.OutputLength = 0;
            int got = 0;
            for (int turn = 0; turn < 60; turn++)
            {
                int written = bench.Transmit(slot, 256);
                got += written;
                Assert.IsTrue(written <= (queue / 2 + 1) * 6 + (turn == 0 ? 5 : 0), "half");
                bench.Broker.Tick(bench.NowMs);
            }

            Assert.AreEqual(5 + 20 * 6, got, "each once");
            AssertEachOnce(bench, 5, 20);
            bench.Finish();
        }

        private static void SubscribedAgain(string packets)
        {
            BrokerBench bench = Bench(4, 9);
            int slot = bench.Connect(5, "new");
            bench.Send(slot, packets);
            bench.Drain(slot);
            int count = 0;
            for (int at = 0; at < bench.OutputLength; at += 2 + bench.Output[at + 1])
            {
                count += bench.Output[at] == 0x31 ? 1 : 0;
            }

            Assert.AreEqual(9, count, packets);
            Assert.IsTrue(bench.Broker.NextDeadlineMs() > bench.NowMs, "nothing is due");
            bench.Finish();
        }

        private static void NothingOfIt(int queue)
        {
            BrokerBench bench = Bench(queue, 0);
            for (int i = 0; i < 12; i++)
            {
                bench.Send(0, "31 [ 00 01 " + Wire.Hex('A' + i) + " *40 ]");
            }

            bench.Send(0, "31 [ `z` 'x' ]");
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 14 ] `small` ]");
            bench.Drain(slot);
            bench.Send(slot, "82 [ 00 01 [ ] `#` 00 ]");
            bench.Expect(slot, "90 [ 00 01 [ ] 00 ] 31 [ `z` [ ] 'x' ]");
            bench.Finish();
        }
    }
}
