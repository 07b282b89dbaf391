#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>How Transmit fills buffers of every size.</summary>
    [TestClass]
    public sealed class BrokerTransmitTests
    {
        private const string Mixed = "30 [ `a` *30 ] c0 00 32 [ `a` 00 07 *90 ] 30 [ `a` ] "
            + "30 [ `a` *300 ] c0 00 30 [ `a` *59 ]";

        [TestMethod]
        public void EveryCapacity_GivesTheSameBytes_V311()
        {
            const string Answer = "30 [ `a` *30 ] d0 00 30 [ `a` *90 ] 40 [ 00 07 ] 30 [ `a` ] "
                + "30 [ `a` *300 ] d0 00 30 [ `a` *59 ]";
            for (int capacity = 64; capacity <= 300; capacity++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Start();
                int slot = bench.Subscriber(4, "c", "a", 0);
                bench.Send(slot, Mixed);
                bench.Capacity = capacity;
                bench.Expect(slot, Answer);
                bench.Finish();
            }
        }

        [TestMethod]
        public void EveryCapacity_GivesTheSameBytes_V5()
        {
            const string Packets = "30 [ `a` [ 26 `k` 00 96 *150 ] *30 ] "
                + "30 [ `a` [ 26 `k` `v` 02 00 00 00 09 26 `k` `w` ] *90 ] 30 [ `a` [ ] ] "
                + "30 [ `a` [ 01 01 ] *300 ]";
            for (int capacity = 64; capacity <= 300; capacity++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Start();
                int slot = bench.Subscriber(5, "c", "a", 0);
                bench.Send(slot, Packets);
                bench.Capacity = capacity;
                bench.Expect(slot, Packets);
                bench.Finish();
            }
        }

        [TestMethod]
        public void ChangingCapacities_GiveTheSameBytes()
        {
            const string Packets = "30 [ `a` [ 26 `k` 00 96 *150 ] *30 ] 30 [ `a` [ ] *61 ] "
                + "30 [ `a` [ 02 00 00 00 09 ] *90 ] 30 [ `a` [ ] ] 30 [ `a` [ 01 01 ] *200 ]";
            for (int seed = 1; seed <= 60; seed++)
            {
                Lcg random = new Lcg(seed);
                BrokerBench bench = new BrokerBench();
                bench.Start();
                int slot = bench.Subscriber(5, "c", "a", 0);
                bench.Send(slot, Packets);
                bench.OutputLength = 0;
                while (bench.Transmit(slot, 64 + random.Below(237)) > 0)
                {
                }

                bench.AssertOutput(Packets);
                bench.Finish();
            }
        }

        [TestMethod]
        public void OnlyPacketsLargerThanTheBufferAreCut()
        {
            for (int capacity = 64; capacity <= 300; capacity++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Start();
                int slot = bench.Subscriber(5, "c", "a", 0);
                bench.Send(slot, "30 [ `a` [ ] *50 ] 82 [ 00 01 [ ] `b` 00 `c` 00 `d` 00 `e` 00 ] "
                    + "30 [ `a` [ ] *49 ] c0 00 30 [ `a` [ 01 01 ] *48 ] 30 [ `a` [ ] *150 ] "
                    + "a2 [ 00 02 [ ] `b` `c` `d` `e` ] 30 [ `a` [ ] *58 ]");
                bench.OutputLength = 0;
                int start = 0;
                while (bench.Transmit(slot, capacity) > 0)
                {
                    AssertWhole(bench, start, capacity);
                    start = bench.OutputLength;
                }

                bench.Finish();
            }
        }

        [TestMethod]
        public void NewMessagesBehindACutPacket_WaitForIt()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Subscriber(4, "c", "a", 0);
            bench.Send(slot, "30 [ `a` *200 ]");
            bench.OutputLength = 0;
            Assert.AreEqual(64, bench.Transmit(slot, 64), "first piece");
            bench.Send(slot, "c0 00 30 [ `a` 'x' ]");
            while (bench.Transmit(slot, 64) > 0)
            {
            }

            bench.AssertOutput("30 [ `a` *200 ] d0 00 30 [ `a` 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void CutPacket_ClientGoesAway_LeavesNothing()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Subscriber(5, "c", "a", 0);
            bench.Send(slot, "30 [ `a` [ ] *200 ]");
            Assert.AreEqual(64, bench.Transmit(slot, 64), "first piece");
            bench.Close(slot);
            slot = bench.Subscriber(5, "c", "a", 0);
            bench.Send(slot, "30 [ `a` [ ] 'x' ]");
            bench.Expect(slot, "30 [ `a` [ ] 'x' ]");
            bench.Finish();
        }

        [TestMethod]
        public void CutPacket_ClientDisconnects_ThePacketIsFinished_NothingMore()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Subscriber(5, "c", "a", 0);
            bench.Send(slot, "30 [ `a` [ ] *200 ] 30 [ `a` [ ] 'x' ]");
            bench.OutputLength = 0;
            Assert.AreEqual(64, bench.Transmit(slot, 64), "first piece");
            bench.Send(slot, "e0 00");
            while (bench.Transmit(slot, 64) > 0)
            {
            }

            bench.AssertOutput("30 [ `a` [ ] *200 ]");
            bench.ExpectClosed(slot, "");
            bench.Finish();
        }

        [TestMethod]
        public void Ready_NamesTheSameSlotUntilItIsOffered()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Subscriber(4, "c", "a", 0);
            MqttBroker broker = bench.Broker;
            Assert.AreEqual(MqttBroker.None, broker.Ready(), "nothing");
            byte[] bytes = Wire.Parse("30 [ `a` 'x' ] 30 [ `a` 'y' ] c0 00");
            bench.Receive(slot, bytes, 0, bytes.Length);
            Assert.AreEqual(slot, broker.Ready(), "once");
            Assert.AreEqual(slot, broker.Ready(), "a question changes nothing");
            bench.Freeze();
            Assert.AreEqual(MqttBroker.None, broker.Ready(), "it was asked");
            bench.Receive(slot, bytes, 0, 6);
            Assert.AreEqual(MqttBroker.None, broker.Ready(), "it is still blocked");
            bench.Drain(slot);
            Assert.AreEqual(MqttBroker.None, broker.Ready(), "it took everything");
            bench.Receive(slot, bytes, 0, 6);
            Assert.AreEqual(slot, broker.Ready(), "again");
            bench.Finish();
        }

        [TestMethod]
        public void Counters_CountPacketsAndBytes()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Subscriber(4, "c", "a", 0);
            int five = bench.Subscriber(5, "d", "a", 0);
            long received = bench.Counted(Counter.BytesReceived);
            long sent = bench.Counted(Counter.BytesSent);
            long packets = bench.Counted(Counter.MessagesSent);
            bench.Send(slot, "30 [ `a` *100 ] 30 [ `a` *7 ] c0 00");
            int written = bench.Drain(slot) + bench.Drain(five);
            Assert.AreEqual(received + 105 + 12 + 2, bench.Counted(Counter.BytesReceived), "in");
            Assert.AreEqual(sent + written, bench.Counted(Counter.BytesSent), "out");
            Assert.AreEqual(packets + 5, bench.Counted(Counter.MessagesSent), "packets out");
            Assert.AreEqual(2L, bench.Counted(Counter.PublishReceived), "PUBLISH in");
            Assert.AreEqual(4L, bench.Counted(Counter.PublishSent), "PUBLISH out");
            Assert.AreEqual(107L, bench.Counted(Counter.PublishBytesReceived), "payload in");
            Assert.AreEqual(214L, bench.Counted(Counter.PublishBytesSent), "payload out");
            Assert.AreEqual(7L, bench.Counted(Counter.MessagesReceived), "packets in");
            bench.Finish();
        }

        // What one Transmit has written: whole packets, or one piece of a packet that is larger
        // than the buffer, behind which more may stand.
        private static void AssertWhole(BrokerBench bench, int start, int capacity)
        {
            int at = 0;
            while (at < start)
            {
                at += SizeAt(bench, at);
            }

            if (at > start)
            {
                return; // The rest of a packet that was cut before.
            }

            while (at < bench.OutputLength)
            {
                int size = SizeAt(bench, at);
                Assert.IsTrue(at + size <= bench.OutputLength || (at == start && size > capacity),
                    "a packet was cut that fits a buffer of " + capacity.ToString());
                at += size;
            }
        }

        private static int SizeAt(BrokerBench bench, int at)
        {
            int length;
            int used = FixedHeader.DecodeRemainingLength(
                bench.Output, at + 1, bench.OutputLength, out length);
            return 1 + used + length;
        }
    }
}
