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
    /// What passes through: it goes out as it came in, and nobody can tell it from what was
    /// stored.
    /// </summary>
    [TestClass]
    public sealed class BrokerPassTests
    {
        [TestMethod]
        public void OneIdleSubscriber_OfTheSameVersion_GetsTheSameBytes()
        {
            for (int version = 4; version <= 5; version++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Start();
                int subscriber = bench.Subscriber(version, "s", "a/+", 0);
                int publisher = bench.Connect(version, "p");
                string properties = version == 5 ? " [ ]" : "";
                string[] packets =
                {
                    "30 [ `a/b`" + properties + " ]", "30 [ `a/c`" + properties + " 'x' ]",
                    "30 [ `a/d`" + properties + " *16 ]", "30 [ `a/e`" + properties + " *100 ]",
                };
                int passed = 0;
                for (int i = 0; i < 3 * packets.Length; i++)
                {
                    // Topics in turn: the second time round it is known what follows.
                    passed += Pass(bench, publisher, packets[i % packets.Length])
                        == subscriber ? 1 : 0;
                    bench.Drain(subscriber);
                }

                Assert.AreEqual(2 * packets.Length, passed, "passed");
                Assert.AreEqual(12L, bench.Counted(Counter.PublishReceived), "received");
                Assert.AreEqual(12L, bench.Counted(Counter.PublishSent), "sent");
                Assert.AreEqual(351L, bench.Counted(Counter.PublishBytesReceived), "bytes in");
                Assert.AreEqual(351L, bench.Counted(Counter.PublishBytesSent), "bytes out");
                bench.Finish();
            }
        }

        [TestMethod]
        public void WhoPublishes_IsHeard_ThoughNothingIsStored()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int subscriber = bench.Subscriber(4, "s", "a", 0);
            int publisher = bench.Open();
            bench.Send(publisher, "10 [ `MQTT` 04 02 00 02 `p` ]");
            bench.Drain(publisher);
            bench.Send(publisher, "30 [ `a` ]");
            bench.Drain(subscriber);
            for (int i = 0; i < 10; i++)
            {
                bench.NowMs += 2000;
                bench.Work();
                Assert.AreEqual(subscriber, Pass(bench, publisher, "30 [ `a` ]"), "passes");
            }

            Assert.IsFalse(bench.Broker.WantsClose(publisher), "Keep Alive of 2 s");
            bench.Finish();
        }

        [TestMethod]
        public void WhatIsNotOnePlainPublish_DoesNotPass()
        {
            string[] packets =
            {
                "30 00", "30 [ 00 00 ]", "30 [ 00 00 61 ]", "30 [ 00 02 61 ]", "30 06 00 01 61",
                "30 [ `a` ] 30 [ `a` ]", "31 [ `a` 'x' ]", "32 [ `a` 00 01 ]", "38 [ `a` ]",
                "c0 00", "30 [ `b` ]", "30 83 00 00 01 61", "30 [ `a` *125 ]",
            };
            string[] packets5 = { "30 [ `a` ]", "30 [ `a` 02 01 01 ]", "30 [ `a` 05 ]" };
            for (int version = 4; version <= 5; version++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Limits.ReceiveSize = 256;
                bench.Start();
                int subscriber = bench.Subscriber(version, "s", "a", 0);
                int publisher = bench.Connect(version, "p");
                string plain = version == 5 ? "30 [ `a` 00 ]" : "30 [ `a` ]";
                bench.Send(publisher, plain);
                bench.Drain(subscriber);
                string[] odd = version == 5 ? packets5 : packets;
                for (int i = 0; i < odd.Length; i++)
                {
                    byte[] bytes = Wire.Parse(odd[i]);
                    Assert.AreEqual(MqttBroker.None,
                        bench.Broker.PassesTo(publisher, bytes, bytes.Length), odd[i]);
                    Assert.AreEqual(subscriber, Pass(bench, publisher, plain), "no doubt");
                }

                bench.Finish();
            }
        }

        [TestMethod]
        public void NamesOfTheBroker_DoNotPass()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int subscriber = bench.Subscriber(4, "s", "$SYS/x", 0);
            int publisher = bench.Connect(4, "p");
            for (int i = 0; i < 3; i++)
            {
                int target = Pass(bench, publisher, "30 [ `$SYS/x` ]");
                Assert.AreEqual(MqttBroker.None, target, "passes");
            }

            bench.Expect(subscriber, "");
            bench.Finish();
        }

        [TestMethod]
        public void WhoeverIsNotIdle_OrTheOnlyOne_IsNotPassedTo()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int publisher = bench.Connect(4, "p");
            const string Packet = "30 [ `a` 'x' ]";
            bench.Subscribe(publisher, 4, "a", 0);
            for (int i = 0; i < 3; i++)
            {
                DoesNotPass(bench, publisher, Packet, "to whom it comes from");
                bench.Drain(publisher);
            }

            bench.Close(publisher);

            publisher = bench.Connect(4, "p");
            int subscriber = bench.Subscriber(4, "s", "a", 0);
            DoesNotPass(bench, publisher, Packet, "the name was not known");
            bench.Drain(subscriber);
            Assert.AreEqual(subscriber, Pass(bench, publisher, Packet), "passes");
            bench.Receive(publisher, Wire.Parse(Packet), 0, 6);
            DoesNotPass(bench, publisher, Packet, "something waits");
            bench.Freeze();
            DoesNotPass(bench, publisher, Packet, "the socket is full");
            Assert.AreEqual(18, bench.Drain(subscriber), "all of them");
            Assert.AreEqual(subscriber, Pass(bench, publisher, Packet), "passes again");

            int other = bench.Subscriber(4, "t", "a", 0);
            DoesNotPass(bench, publisher, Packet, "there are two");
            DoesNotPass(bench, publisher, Packet, "there are two");
            bench.Drain(other);
            bench.Drain(subscriber);
            bench.Finish();
        }

        [TestMethod]
        public void WithoutMemory_NothingPasses()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxPacketSize = 192;
            bench.Limits.MaxQueuedBytes = 4096;
            bench.Limits.MaxQueuedMessages = 20;
            bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 6;
            bench.Start();
            int frozen = bench.Subscriber(4, "f", "b", 0);
            int subscriber = bench.Subscriber(4, "s", "a", 0);
            int publisher = bench.Connect(4, "p");
            const string Packet = "30 [ `a` *100 ]";
            bench.Send(publisher, Packet);
            bench.Drain(subscriber);
            int passed = 0;
            for (int i = 0; i < 6; i++)
            {
                passed += Pass(bench, publisher, Packet) == subscriber ? 1 : 0;
                bench.Drain(subscriber);
                byte[] bytes = Wire.Parse("30 [ `b` 'x' ]");
                bench.Receive(frozen, bytes, 0, bytes.Length);
                bench.Freeze();
            }

            // Two blocks of 64 have to be free, of six.
            Assert.AreEqual(5, passed, "passed");
            bench.Drain(frozen);
            bench.Finish();
        }

        private static void DoesNotPass(BrokerBench bench, int slot, string text, string why)
        {
            Assert.AreEqual(MqttBroker.None, Pass(bench, slot, text), why);
        }

        /// <summary>Passes a packet if it may, and receives it if not.</summary>
        private static int Pass(BrokerBench bench, int slot, string text)
        {
            byte[] bytes = Wire.Parse(text);
            int target = bench.Broker.PassesTo(slot, bytes, bytes.Length);
            if (target == MqttBroker.None)
            {
                bench.Receive(slot, bytes, 0, bytes.Length);
            }
            else
            {
                bench.Broker.Pass(slot, target, bytes, bytes.Length, bench.NowMs);
            }

            return target;
        }
    }
}
