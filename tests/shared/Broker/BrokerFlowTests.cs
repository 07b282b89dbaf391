#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>The first four rules of flow, see docs/architecture.md.</summary>
    [TestClass]
    public sealed class BrokerFlowTests
    {
        [TestMethod]
        public void ReadsAllPublishersBeforeItOffers_NothingIsLost_Rule1()
        {
            // Fault 1: the project's own host reads every socket and then flushes.
            for (int version = 4; version <= 5; version++)
            {
                for (int messages = 1; messages <= 9; messages += 4)
                {
                    ReadsAll(version, messages);
                }
            }
        }

        [TestMethod]
        public void OneReceiveFullOfSmallMessages_BoardLimits_NothingIsLost_Rule1()
        {
            BrokerBench bench = new BrokerBench(new BrokerLimits());
            bench.OutputSize = 4096;
            bench.Settings.SysIntervalS = 0;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            byte[] message = Wire.Parse("30 [ `a` 'x' ]");
            byte[] bytes = new byte[384];
            for (int at = 0; at < 384; at += 6)
            {
                System.Array.Copy(message, 0, bytes, at, 6);
            }

            Assert.AreEqual(384, bench.Broker.ReceiveWindow(publisher), "all in one");
            bench.Receive(publisher, bytes, 0, 384);
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(publisher), "the others wait");
            Assert.AreEqual(384, DrainRaw(bench, watcher), "sixty-four messages");
            Assert.AreEqual(0L, bench.Counted(Counter.PublishDropped), "dropped");
            Assert.AreEqual(384, bench.Broker.ReceiveWindow(publisher), "goes on");
            bench.Finish();
        }

        [TestMethod]
        public void ReplayThatCouldFillTheQueue_LiveMessageIsNotLost_Rule1()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxRetainedMessages = 30;
            bench.Start();
            int publisher = bench.Connect(4, "publisher");
            for (int i = 0; i < 30; i++)
            {
                bench.Send(publisher, "31 [ 00 01 " + Wire.Hex('A' + i) + " 'x' ]");
            }

            int slot = bench.Connect(4, "new");
            byte[] subscribe = Wire.Parse("82 [ 00 01 `#` 00 ]");
            bench.Receive(slot, subscribe, 0, subscribe.Length);
            byte[] live = Wire.Parse("30 [ `z` 'live' ]");
            bench.Receive(publisher, live, 0, live.Length);
            int got = DrainRaw(bench, slot);
            Assert.AreEqual(5 + 30 * 6 + 9, got, "SUBACK, thirty retained, one live");
            Assert.AreEqual(0L, bench.Counted(Counter.PublishDropped), "dropped");
            Assert.AreEqual(0L, bench.Counted(Counter.LimitQueue), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void QueueThatWasNotOffered_NearlyFull_WindowIsZeroForAll_Rule2()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedMessages = 3;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "a", 0);
            int one = bench.Connect(4, "one");
            int two = bench.Connect(5, "two");
            int stranger = bench.Open();
            byte[] message = Wire.Parse("30 [ `a` 'x' ]");
            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(bench.Broker.ReceiveWindow(two) > 0, "room for one more");
                bench.Receive(one, message, 0, message.Length);
            }

            Assert.AreEqual(0, bench.Broker.ReceiveWindow(one), "publisher");
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(two), "another one");
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(watcher), "the subscriber");
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(stranger), "a stranger");
            Assert.IsTrue(bench.Broker.NextDeadlineMs() > bench.NowMs, "first it is offered");
            Assert.AreEqual(18, DrainRaw(bench, watcher), "three messages");
            Assert.IsTrue(bench.Broker.ReceiveWindow(two) > 0, "goes on");
            bench.Finish();
        }

        [TestMethod]
        public void LargestMessage_AlwaysFitsIntoAQueueThatWasNotOffered_Rule2()
        {
            for (int bytes = 512; bytes <= 2048; bytes += 256)
            {
                LargestMessage(bytes);
            }
        }

        [TestMethod]
        public void WhatWasReadAlready_TakesTurns_Rule3()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedMessages = 4;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "+", 0);
            byte[] one = Many("30 [ `a` '1' ]", 20);
            byte[] two = Many("30 [ `a` '2' ]", 20);
            int first = bench.Connect(4, "first");
            int second = bench.Connect(4, "second");
            bench.Receive(first, one, 0, one.Length);
            bench.Capacity = 300;
            bench.OutputLength = 0;
            TransmitAll(bench, watcher);
            bench.Broker.Tick(bench.NowMs);
            TransmitAll(bench, watcher);
            bench.Broker.Tick(bench.NowMs);
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(second), "the first one's turn");
            TransmitAll(bench, watcher);
            while (bench.Broker.ReceiveWindow(second) == 0)
            {
                bench.Broker.Tick(bench.NowMs);
                TransmitAll(bench, watcher);
            }

            bench.Receive(second, two, 0, two.Length);
            while (bench.Broker.Ready() >= 0 || bench.Broker.NextDeadlineMs() <= bench.NowMs)
            {
                TransmitAll(bench, watcher);
                bench.Broker.Tick(bench.NowMs);
            }

            Assert.AreEqual(40 * 6, bench.OutputLength, "all of both");
            bench.Finish();
        }

        [TestMethod]
        public void TwoThatHaveToWait_GoOnOneAfterTheOther_Rule3()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedMessages = 3;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "+", 0);
            int[] slots = { bench.Connect(4, "first"), bench.Connect(4, "second") };
            byte[][] bytes = { Many("30 [ `a` '1' ]", 15), Many("30 [ `a` '2' ]", 15) };
            bench.OutputLength = 0;
            bench.Receive(slots[0], bytes[0], 0, 90);
            TransmitAll(bench, watcher);
            // Its rest is kept. The window opens before its turn has come.
            while (bench.Broker.ReceiveWindow(slots[1]) == 0)
            {
                bench.Broker.Tick(bench.NowMs);
                TransmitAll(bench, watcher);
            }

            bench.Receive(slots[1], bytes[1], 0, 90);
            int[] seen = new int[2];
            int at = 0;
            for (int turn = 0; turn < 40; turn++)
            {
                TransmitAll(bench, watcher);
                for (; at < bench.OutputLength; at += 6)
                {
                    seen[bench.Output[at + 5] - '1']++;
                }

                Assert.IsTrue(seen[0] - seen[1] <= 15, "nobody has all turns");
                bench.Broker.Tick(bench.NowMs);
            }

            Assert.AreEqual(15, seen[0], "all of one");
            Assert.AreEqual(15, seen[1], "all of the other");
            bench.Finish();
        }

        // Four publishers: each is read as far as its window goes, then everything is offered.
        private static int PublishAll(BrokerBench bench, int watcher)
        {
            int[] slots = new int[4];
            for (int i = 0; i < 4; i++)
            {
                slots[i] = bench.Connect(4 + (i & 1), "p" + i.ToString());
            }

            Lcg random = new Lcg(bench.Limits.MaxQueuedMessages);
            int sent = 0;
            for (int round = 0; round < 60; round++)
            {
                for (int i = 0; i < 4; i++)
                {
                    byte[] packet = Wire.Parse("30 [ `a` " + ((i & 1) == 1 ? "[ ] " : "") + "*"
                        + random.Below(60).ToString() + " ]");
                    int window = bench.Broker.ReceiveWindow(slots[i]);
                    byte[] bytes = new byte[window / packet.Length * packet.Length];
                    for (int at = 0; at < bytes.Length; at += packet.Length)
                    {
                        System.Array.Copy(packet, 0, bytes, at, packet.Length);
                        sent++;
                    }

                    bench.Receive(slots[i], bytes, 0, bytes.Length);
                }

                DrainRaw(bench, watcher);
            }

            return sent;
        }

        // Takes all that waits, ticks as long as something is due; nobody is blocked.
        private static int DrainRaw(BrokerBench bench, int slot)
        {
            bench.OutputLength = 0;
            int got = 0;
            do
            {
                TransmitAll(bench, slot);
                got += bench.OutputLength;
                bench.OutputLength = 0;
                bench.Broker.Tick(bench.NowMs);
            }
            while (bench.Broker.Ready() >= 0 || bench.Broker.NextDeadlineMs() <= bench.NowMs);

            return got;
        }

        private static void TransmitAll(BrokerBench bench, int slot)
        {
            while (bench.Transmit(slot, 300) > 0)
            {
            }
        }

        private static byte[] Many(string text, int count)
        {
            byte[] packet = Wire.Parse(text);
            byte[] bytes = new byte[packet.Length * count];
            for (int i = 0; i < count; i++)
            {
                System.Array.Copy(packet, 0, bytes, i * packet.Length, packet.Length);
            }

            return bytes;
        }

        private static void LargestMessage(int bytes)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedBytes = bytes;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "a", 0);
            int publisher = bench.Connect(5, "publisher");
            byte[] packet = Wire.Parse("30 [ `a` [ ] *505 ]");
            int arrived = 0;
            for (int i = 0; i < 12; i++)
            {
                for (int at = 0; at < packet.Length; at += 103)
                {
                    int part = packet.Length - at < 103 ? packet.Length - at : 103;
                    while (bench.Broker.ReceiveWindow(publisher) < part)
                    {
                        arrived += DrainRaw(bench, watcher);
                    }

                    bench.Receive(publisher, packet, at, part);
                }
            }

            arrived += DrainRaw(bench, watcher);
            Assert.AreEqual(12 * 511, arrived, "all of them");
            Assert.AreEqual(0L, bench.Counted(Counter.PublishDropped), "dropped");
            bench.Finish();
        }

        private static void ReadsAll(int version, int messages)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedMessages = messages;
            bench.Settings.QueueFullPolicy = QueueFullPolicy.DropOldest;
            bench.Start();
            int watcher = bench.Subscriber(version, "watcher", "#", 0);
            int sent = PublishAll(bench, watcher);
            Assert.IsTrue(sent > 100, "much was sent: " + sent.ToString());
            Assert.AreEqual((long)sent, bench.Counted(Counter.PublishSent), "arrived");
            Assert.AreEqual(0L, bench.Counted(Counter.PublishDropped), "dropped");
            bench.Finish();
        }
    }
}
