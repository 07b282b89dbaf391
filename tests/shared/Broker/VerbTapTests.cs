#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Every verb is told once, with its result, until the tap is taken off.</summary>
    [TestClass]
    public sealed class VerbTapTests
    {
        [TestMethod]
        public void EveryVerb_IsToldOnceWithItsResult()
        {
            var broker = new MqttBroker(new BrokerLimits(), new BrokerSettings(),
                new OpenAuthenticator(true), null, 5);
            var tap = new TapLog();
            broker.SetTap(tap);
            byte[] connect = Wire.Parse("10 [ `MQTT` 04 02 00 00 `a` ]");
            byte[] buffer = new byte[200];

            int slot = broker.Open(7, 6);
            broker.Receive(slot, connect, 0, connect.Length, 7);
            int count = broker.Transmit(slot, buffer, 3, 100, 8);
            broker.Block(slot, 9);
            broker.Tick(10);
            broker.Close(slot, 11);
            broker.Shutdown(12);

            Assert.AreEqual("O" + slot + ",7@6 R" + slot + ",0+" + connect.Length + "@7 W" + slot
                + ",3+100=" + count + "@8 B" + slot + "@9 T@10 C" + slot + "@11 S@12 ", tap.Text);
            Assert.AreEqual(4, count);

            tap.Text = "";
            broker.SetTap(null);
            broker.Tick(13);
            Assert.AreEqual("", tap.Text);
        }

        [TestMethod]
        public void WhatPasses_IsToldAsReceivedAndTransmitted()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int subscriber = bench.Subscriber(4, "s", "a", 0);
            int publisher = bench.Connect(4, "p");
            bench.Send(publisher, "30 [ `a` ]");
            bench.Drain(subscriber);
            var tap = new TapLog();
            bench.Broker.SetTap(tap);
            byte[] buffer = Wire.Parse("30 [ `a` ]");

            Assert.AreEqual(subscriber, bench.Broker.PassesTo(publisher, buffer, buffer.Length));
            bench.Broker.Pass(publisher, subscriber, buffer, buffer.Length, bench.NowMs);

            Assert.AreEqual("R" + publisher + ",0+5@" + bench.NowMs + " W" + subscriber
                + ",0+64=5@" + bench.NowMs + " ", tap.Text);
        }

        private sealed class TapLog : VerbTap
        {
            public string Text = "";

            public override void Opened(int slot, int address, long nowMs)
            {
                Text += "O" + slot + "," + address + "@" + nowMs + " ";
            }

            public override void Received(
                int slot, byte[] buffer, int offset, int count, long nowMs)
            {
                Text += "R" + slot + "," + offset + "+" + count + "@" + nowMs + " ";
            }

            public override void Transmitted(
                int slot, byte[] buffer, int offset, int capacity, int count, long nowMs)
            {
                Text += "W" + slot + "," + offset + "+" + capacity + "=" + count + "@" + nowMs
                    + " ";
            }

            public override void Blocked(int slot, long nowMs)
            {
                Text += "B" + slot + "@" + nowMs + " ";
            }

            public override void Ticked(long nowMs)
            {
                Text += "T@" + nowMs + " ";
            }

            public override void Closed(int slot, long nowMs)
            {
                Text += "C" + slot + "@" + nowMs + " ";
            }

            public override void ShutDown(long nowMs)
            {
                Text += "S@" + nowMs + " ";
            }
        }
    }
}
