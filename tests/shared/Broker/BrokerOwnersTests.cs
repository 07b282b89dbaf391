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
    /// Every block has one owner, none starves another, and whoever goes leaves nothing: rule 8.
    /// </summary>
    [TestClass]
    public sealed class BrokerOwnersTests
    {
        [TestMethod]
        public void RetainedNames_TakeNothingFromSubscriptions()
        {
            // Fault 6: fifteen long retained names took all text, the first SUBSCRIBE got 0x80.
            BrokerBench bench = new BrokerBench(new BrokerLimits());
            bench.OutputSize = 4096;
            bench.Settings.SysIntervalS = 0;
            bench.Start();
            int slot = bench.Connect(4, "c");
            for (int i = 0; i < 15; i++)
            {
                bench.Send(slot, "31 [ 00 7c " + Wire.Hex('A' + i) + " *123 'x' ]");
            }

            Assert.AreEqual(15L, bench.Broker.SysValue(SysTopics.Retained), "retained");
            bench.Subscribe(slot, 4, "b/c/d", 0);
            bench.Send(slot, "82 [ 00 01 00 78 *120 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 ]");
            for (int i = 0; i < 15; i++)
            {
                bench.Send(slot, "31 [ 00 7c " + Wire.Hex('A' + i) + " *123 ]");
            }

            bench.Finish();
        }

        [TestMethod]
        public void StrangersBytes_AreGivenBack()
        {
            // Findings: that they never were was not noticed.
            BrokerBench bench = new BrokerBench();
            bench.Start();
            byte[] half = Wire.Parse("10 [ `MQTT` 04 c2 00 00 `c` `u` 00 78 *120 ]");
            long most = 0;
            for (int round = 0; round < 100; round++)
            {
                int one = bench.Open();
                int two = bench.Open();
                bench.Offer(one, half, 0, 30 + round);
                bench.Offer(two, half, 0, 100);
                long used = bench.Broker.SysValue(SysTopics.MemoryUsed);
                most = used > most ? used : most;
                bench.Close(one);
                bench.Close(two);
                Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.MemoryUsed), "given back");
            }

            Assert.IsTrue(most >= 100 && most <= 192 + 64, "one CONNECT: " + most.ToString());
            bench.Connect(4, "c");
            bench.Finish();
        }

        [TestMethod]
        public void HalfPacketsBehindAPause_DoNotWaitForEachOther()
        {
            // The end of what had to wait took blocks without a promise, beside another's: both
            // waited for each other, and after a second the broker closed the one or the other.
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int one = bench.Connect(4, "one");
            int two = bench.Connect(4, "two");
            byte[] bytes = Wire.Parse("c0 00 c0 00 c0 00 c0 00 30 [ `b` *500 ]");
            bench.Receive(one, bytes, 0, 128);
            byte[] packet = Wire.Parse("30 [ `b` *500 ]");
            int window = bench.Broker.ReceiveWindow(two);
            bench.Receive(two, packet, 0, window);
            bench.Expect(one, "d0 00 d0 00 d0 00 d0 00");
            int rest = bytes.Length - 128;
            Assert.AreEqual(rest, bench.Offer(one, bytes, 128, rest), "the first one finishes");
            rest = packet.Length - window;
            Assert.AreEqual(rest, bench.Offer(two, packet, window, rest), "the other one too");
            bench.Pass(5000);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "both are there");
            bench.Finish();
        }

        [TestMethod]
        public void Strangers_TakeNothingFromClients()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.InboundBlocks = 40;
            bench.Start();
            int client = bench.Subscriber(4, "c", "a", 0);
            byte[] half = Wire.Parse("10 [ `MQTT` 04 c2 00 00 `c` `u` 00 78 *120 ]");
            for (int i = 0; i < 6; i++)
            {
                bench.Offer(bench.Open(), half, 0, 130);
            }

            byte[] packet = Wire.Parse("30 [ `a` *500 ]");
            Assert.AreEqual(400, bench.Offer(client, packet, 0, 400), "the largest packet");
            Assert.AreEqual(packet.Length - 400,
                bench.Offer(client, packet, 400, packet.Length - 400), "and its end");
            bench.Expect(client, "30 [ `a` *500 ]");
            bench.Finish();
        }

        [TestMethod]
        public void StrangersThatWait_LeaveClientsTheirTime()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int client = bench.Connect(5, "c");
            byte[] packet = Wire.Parse("30 [ `a` [ ] *200 ]");
            bench.Offer(client, packet, 0, 50);
            byte[] half = Wire.Parse("10 [ `MQTT` 04 c2 00 00 `c` `u` 00 78 *120 ]");
            bench.Offer(bench.Open(), half, 0, 100);
            bench.Offer(bench.Open(), half, 0, 100);
            bench.Offer(bench.Open(), half, 0, 100);
            bench.Pass(9000);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "thirty seconds, not one");
            Assert.AreEqual(packet.Length - 50,
                bench.Offer(client, packet, 50, packet.Length - 50), "it finishes");
            bench.Finish();
        }

        [TestMethod]
        public void Close_InAnyState_LeavesNothing()
        {
            string[] states =
            {
                "", "10", "10 20 00 04 'MQ'",
                "10 [ `MQTT` 05 06 00 00 [ ] `x` [ 02 00 00 00 09 ] `w` `gone` ]",
                "10 [ `MQTT` 04 02 00 00 `x` ] c0 00 c0 00 c0 00 c0 00 c0 00 c0 00",
                "10 [ `MQTT` 04 02 00 00 `x` ] 30 7f 00 01 'a' *40",
                "10 [ `MQTT` 04 02 00 00 `x` ] 82 [ 00 01 `#` 00 `b` 00 `$SYS/#` 00 ]",
                "10 [ `MQTT` 04 02 00 00 `x` ] 82 [ 00 01 `#` 00 ] 30 [ `a` *90 ] 31 [ `b` *9 ]",
                "10 [ `MQTT` 05 02 00 00 [ ] `x` ] 82 [ 00 01 [ ] `a` 00 ] e0 00",
                "10 [ `MQTT` 05 02 00 00 [ ] `x` ] 00 00", "00 00",
                "10 [ `MQTT` 05 02 00 00 [ ] `x` ] 32 [ `a` 00 01 [ ] 'x' ] 30 05 00",
            };
            for (int transmits = 0; transmits < 4; transmits++)
            {
                for (int i = 0; i < states.Length; i++)
                {
                    BrokerBench bench = new BrokerBench();
                    bench.Settings.SysIntervalS = 10;
                    bench.Start();
                    bench.Subscriber(4, "other", "w", 0);
                    for (int round = 0; round < 3; round++)
                    {
                        int slot = bench.Open();
                        byte[] bytes = Wire.Parse(states[i]);
                        bench.Offer(slot, bytes, 0, bytes.Length);
                        bench.OutputLength = 0;
                        for (int k = 0; k < transmits; k++)
                        {
                            bench.Transmit(slot, 64);
                        }

                        bench.Close(slot);
                    }

                    bench.Finish();
                }
            }
        }

        // [MQTT-3.3.1-5]
        [TestMethod]
        public void UpdateThatCannotBeRetained_IsToldWith97_AndTheOldOneGoes()
        {
            // Fault 8, and wolfMQTT's better answer: 0x10 was told forty times, eight were kept.
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxRetainedMessages = 8;
            bench.Start();
            int five = bench.Connect(5, "five");
            for (int i = 0; i < 40; i++)
            {
                bench.Send(five, "33 [ 00 01 " + Wire.Hex('A' + i) + " 00 01 [ ] 'x' ]");
                bench.Expect(five, i < 8 ? "40 [ 00 01 10 ]" : "40 [ 00 01 97 ]");
            }

            Assert.AreEqual(8L, bench.Broker.SysValue(SysTopics.Retained), "retained");
            Assert.AreEqual(32L, bench.Counted(Counter.LimitRetained), "counted");
            int old = bench.Connect(4, "old");
            bench.Send(old, "33 [ 00 01 'z' 00 02 'x' ]");
            bench.Expect(old, "40 [ 00 02 ]");
            bench.Finish();
        }

        [TestMethod]
        public void StaleValue_IsNotTold()
        {
            for (int version = 4; version <= 5; version++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Limits.MaxRetainedBytes = 60;
                bench.Start();
                int publisher = bench.Connect(4, "publisher");
                bench.Send(publisher, "31 [ `door` 'closed' ]");
                bench.Send(publisher, "31 [ `door` 'open' *60 ]");
                int late = bench.Connect(version, "late");
                bench.Subscribe(late, version, "door", 0);
                Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Retained), "neither");
                Assert.IsTrue(bench.Events.Last == BrokerEvent.PublishRefused
                    || bench.Events.Times[(int)BrokerEvent.PublishRefused] == 1, "observer");
                bench.Send(publisher, "31 [ `door` 'shut' ]");
                bench.Drain(late);
                Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Retained), "the next one");
                bench.Finish();
            }
        }

        [TestMethod]
        public void LargestNumbersAsLimits_DoNotOverflow()
        {
            // Fault 11: sums of limits overflowed.
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxQueuedMessages = int.MaxValue;
            bench.Limits.MaxQueuedBytes = int.MaxValue;
            bench.Limits.MaxQueuedResponses = int.MaxValue;
            bench.Limits.MaxRetainedBytes = int.MaxValue;
            bench.Settings.QueueFullDeadlineMs = int.MaxValue;
            bench.Settings.PacketTimeoutMs = int.MaxValue;
            bench.Start();
            int slot = bench.Subscriber(4, "c", "#", 0);
            for (int i = 0; i < 30; i++)
            {
                bench.Send(slot, "31 [ `a` *20 ]");
                bench.Expect(slot, "30 [ `a` *20 ]");
            }

            int late = bench.Connect(5, "late");
            bench.Send(late, "82 [ 00 01 [ ] `a` 00 ] c0 00");
            bench.Expect(late, "90 [ 00 01 [ ] 00 ] d0 00 31 [ `a` [ ] *20 ]");
            bench.Pass(100000);
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "they stay");
            bench.Finish();
        }
    }
}
