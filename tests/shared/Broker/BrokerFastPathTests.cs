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
    /// The short ways in and out take what the long ones take: lengths of two bytes, exact room,
    /// limits.
    /// </summary>
    [TestClass]
    public sealed class BrokerFastPathTests
    {
        [TestMethod]
        public void EverySize_EveryBlockSize_ArrivesWhole()
        {
            // Findings: the shared tests' 64-byte blocks never reached 128-byte messages.
            int[] blocks = { 32, 64, 130, 256, 600 };
            int[] sizes = { 0, 1, 60, 123, 124, 125, 126, 127, 128, 129, 130, 200, 252, 253, 254,
                255, 256, 257, 300, 500 };
            for (int b = 0; b < blocks.Length; b++)
            {
                EverySize(blocks[b], sizes);
            }
        }

        [TestMethod]
        public void EveryRoom_LargeBlocks_GivesTheSameBytes()
        {
            // Room that is one short, and room that is just enough, for lengths of two bytes.
            const string Packets = "30 [ `a` *20 ] 30 [ `a` *122 ] 30 [ `a` *123 ] "
                + "30 [ `a` *124 ] 30 [ `a` *125 ] 30 [ `a` *126 ] 30 [ `a` *40 ]";
            int[] blocks = { 64, 256 };
            for (int b = 0; b < blocks.Length; b++)
            {
                EveryRoom(blocks[b], Packets);
            }
        }

        [TestMethod]
        public void RoomThatIsJustEnough_IsUsed_OneShort_IsNot()
        {
            for (int size = 60; size <= 140; size += 1)
            {
                JustEnough(size);
            }
        }

        [TestMethod]
        public void MaxTopicLength_HoldsFor311AtQos0_KnownOrNot()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxTopicLength = 20;
            bench.Limits.RouteTopicLength = 64;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "#", 0);
            for (int length = 18; length <= 23; length++)
            {
                int slot = bench.Connect(4, "c");
                string packet = "30 [ 00 " + Wire.Hex(length) + " *" + length.ToString() + " ff ]";
                bench.Send(slot, packet);
                bool isGood = length <= 20;
                Assert.AreEqual(isGood, !bench.Broker.WantsClose(slot), length.ToString());
                bench.Expect(watcher, isGood ? packet : "");
                bench.Close(slot);
            }

            Assert.AreEqual(3L, bench.Counted(Counter.LimitTopic), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void MaxPacketSize_HoldsFor311AtQos0()
        {
            for (int block = 64; block <= 256; block += 96)
            {
                PacketSizes(block);
            }
        }

        [TestMethod]
        public void NoRoom_EntriesOneShort_IsKeptAndComesLater()
        {
            // Seven slots, 28 entries: fourteen for messages.
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueueEntries = 28;
            bench.Limits.MaxQueuedMessages = 14;
            bench.Start();
            int one = bench.Subscriber(4, "one", "a", 0);
            int two = bench.Subscriber(5, "two", "a", 0);
            int three = bench.Subscriber(4, "three", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            byte[] bytes = Wire.Parse("30 [ `a` '1' ] 30 [ `a` '2' ] 30 [ `a` '3' ] "
                + "30 [ `a` '4' ] 30 [ `a` '5' ] 30 [ `a` '6' ]");
            bench.Receive(publisher, bytes, 0, bytes.Length);
            int[] slots = { one, two, three };
            int[] got = new int[3];
            for (int round = 0; round < 6; round++)
            {
                for (int i = 0; i < 3; i++)
                {
                    bench.OutputLength = 0;
                    got[i] += bench.Transmit(slots[i], 256);
                }

                bench.Broker.Tick(bench.NowMs);
            }

            Assert.AreEqual(36, got[0], "one");
            Assert.AreEqual(42, got[1], "two, with properties");
            Assert.AreEqual(36, got[2], "three");
            Assert.AreEqual(0L, bench.Counted(Counter.PublishDropped), "dropped");
            bench.Finish();
        }

        [TestMethod]
        public void TrailerOfAMessageThatExpires_HasRoom()
        {
            // Memory for the message but not for its trailer: it waits, nothing breaks.
            for (int block = 32; block <= 64; block += 8)
            {
                for (int payload = 0; payload < 64; payload += 3)
                {
                    BrokerBench bench = new BrokerBench();
                    bench.Limits.MaxPacketSize = 192;
                    bench.Limits.MessageBlockSize = block;
                    bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 192 / block + 2;
                    bench.Start();
                    int slot = bench.Subscriber(5, "c", "a", 0);
                    string packet = "30 [ `a` [ 02 00 00 00 09 ] *" + payload.ToString() + " ]";
                    for (int i = 0; i < 12; i++)
                    {
                        bench.Send(slot, packet);
                    }

                    bench.Drain(slot);
                    Assert.IsTrue(bench.OutputLength > 0, "some arrive");
                    byte[] expected = Wire.Parse(packet);
                    bench.OutputLength = expected.Length;
                    bench.AssertOutput(packet);
                    bench.Finish();
                }
            }
        }

        [TestMethod]
        public void RemainingLength_LongerThanNeeded_IsReadAsItStands()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveSize = 256;
            bench.Start();
            int slot = bench.Subscriber(4, "c", "a", 0);
            bench.Send(slot, "30 85 00 00 01 61 78 79 30 85 80 00 00 01 61 78 79");
            bench.Expect(slot, "30 [ `a` 'xy' ] 30 [ `a` 'xy' ]");
            byte[] none = Wire.Parse("30 80 00 01 61 *125 c0 00");
            bench.Receive(slot, none, 0, none.Length);
            bench.ExpectClosed(slot, ""); // It has no Topic Name.
            bench.Finish();
        }

        [TestMethod]
        public void EmptyTopicName_IsRefused_WhateverStandsInThePayload()
        {
            BrokerBench bench = Bench(64);
            int slot = bench.Subscriber(4, "c", "a", 0);
            byte[] empty = Wire.Parse("30 05 00 00 01 61 78 c0 00");
            bench.Receive(slot, empty, 0, empty.Length);
            bench.ExpectClosed(slot, "");
            bench.Finish();
        }

        // All of a test's messages wait without being dropped.
        private static BrokerBench Bench(int blockSize)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageBlockSize = blockSize;
            bench.Limits.MessageBlocks = 2048 / blockSize + 12;
            bench.Limits.MaxQueuedBytes = 2048;
            bench.Start();
            return bench;
        }

        private static void EverySize(int block, int[] sizes)
        {
            BrokerBench bench = Bench(block);
            int old = bench.Subscriber(4, "old", "a", 0);
            int five = bench.Subscriber(5, "five", "a", 0);
            for (int i = 0; i < sizes.Length; i++)
            {
                string size = sizes[i].ToString();
                bench.Send(i % 2 == 0 ? old : five,
                    i % 2 == 0 ? "30 [ `a` *" + size + " ]" : "30 [ `a` [ ] *" + size + " ]");
                bench.Expect(old, "30 [ `a` *" + size + " ]");
                bench.Expect(five, "30 [ `a` [ ] *" + size + " ]");
            }

            bench.Finish();
        }

        private static void EveryRoom(int block, string packets)
        {
            BrokerBench bench = Bench(block);
            int slot = bench.Subscriber(4, "c", "a", 0);
            for (int capacity = 64; capacity <= 400; capacity += capacity < 300 ? 1 : 9)
            {
                bench.Send(slot, packets);
                bench.Capacity = capacity;
                bench.Expect(slot, packets);
            }

            bench.Finish();
        }

        private static void JustEnough(int size)
        {
            BrokerBench bench = Bench(256);
            int slot = bench.Subscriber(4, "c", "a", 0);
            string packet = "30 [ `a` *" + size.ToString() + " ]";
            int length = Wire.Parse(packet).Length;
            bench.Send(slot, packet + packet);
            bench.OutputLength = 0;
            Assert.AreEqual(2 * length, bench.Transmit(slot, 2 * length), "just enough");
            bench.AssertOutput(packet + packet);
            bench.Send(slot, packet + packet);
            bench.OutputLength = 0;
            Assert.AreEqual(length, bench.Transmit(slot, 2 * length - 1), "one short");
            Assert.AreEqual(length, bench.Transmit(slot, 2 * length - 1), "the other one");
            bench.AssertOutput(packet + packet);
            bench.Finish();
        }

        private static void PacketSizes(int block)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxConnectSize = 64;
            bench.Limits.MaxPacketSize = 100;
            bench.Limits.MessageBlockSize = block;
            bench.Limits.MessageBlocks = 20;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "a", 0);
            for (int payload = 94; payload <= 124; payload += 3)
            {
                int slot = bench.Connect(4, "c");
                string packet = "30 [ `a` *" + payload.ToString() + " ]";
                byte[] bytes = Wire.Parse(packet);
                bench.Offer(slot, bytes, 0, bytes.Length);
                bool isGood = bytes.Length <= 100;
                Assert.AreEqual(isGood, !bench.Broker.WantsClose(slot), packet);
                bench.Expect(watcher, isGood ? packet : "");
                bench.Close(slot);
            }

            bench.Finish();
        }
    }
}
