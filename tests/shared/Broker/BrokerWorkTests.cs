#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Work per verb is bounded, counted in Ticks and messages: rule 5.</summary>
    [TestClass]
    public sealed class BrokerWorkTests
    {
        [TestMethod]
        public void KeptPackets_AreHandledOnce_AQueueFullEachTurn()
        {
            // Fault 3a: what was kept was copied out and back for each message.
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveSize = 500;
            bench.Limits.MaxQueuedMessages = 4;
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "a", 0);
            int publisher = bench.Connect(4, "publisher");
            byte[] bytes = new byte[480];
            byte[] message = Wire.Parse("30 [ `a` 'x' ]");
            for (int at = 0; at < 480; at += 6)
            {
                System.Array.Copy(message, 0, bytes, at, 6);
            }

            bench.Receive(publisher, bytes, 0, 480);
            bench.OutputLength = 0;
            int ticks = 0;
            while (bench.OutputLength < 480)
            {
                while (bench.Transmit(watcher, 256) > 0)
                {
                }

                bench.Broker.Tick(bench.NowMs);
                Assert.IsTrue(++ticks <= 22, "80 messages in queues of 4");
            }

            Assert.AreEqual(480, bench.OutputLength, "each once");
            bench.Finish();
        }

        [TestMethod]
        public void ReplayOverManyNames_IsDoneInSteps_OthersAreServedBetween()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxRetainedMessages = 60;
            bench.Limits.MaxRetainedBytes = 4000;
            bench.Limits.MessageBlocks = 100;
            bench.Start();
            int publisher = bench.Connect(4, "publisher");
            for (int i = 0; i < 60; i++)
            {
                bench.Send(publisher, "31 [ `n/" + Wire.Hex(i) + "` 'x' ]");
            }

            int slot = bench.Connect(5, "new");
            byte[] subscribe = Wire.Parse("82 [ 00 01 [ ] `+/none` 00 `+/none/none` 00 ]");
            bench.Receive(slot, subscribe, 0, subscribe.Length);
            bench.OutputLength = 0;
            bench.Transmit(slot, 64);
            bench.AssertOutput("90 [ 00 01 [ ] 00 00 ]");
            int ticks = 0;
            while (bench.Broker.NextDeadlineMs() <= bench.NowMs)
            {
                bench.Broker.Tick(bench.NowMs);
                bench.Receive(publisher, Wire.Parse("c0 00"), 0, 2);
                bench.OutputLength = 0;
                bench.Transmit(publisher, 64);
                bench.AssertOutput("d0 00");
                Assert.IsTrue(++ticks < 200, "it comes to its end");
            }

            Assert.IsTrue(ticks >= 3, "sixteen names in one turn: " + ticks.ToString());
            bench.Expect(slot, "");
            bench.Finish();
        }

        [TestMethod]
        public void ExactSysFilters_AreWithinTheReplayBudgetToo()
        {
            // Fault 3c: each exact $SYS filter was answered at once, however many there were.
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 10;
            bench.Limits.MaxSubscriptions = 24;
            bench.Limits.MaxSubscriptionsPerClient = 12;
            bench.Start();
            int slot = bench.Connect(4, "c");
            string text = "82 [ 00 01 ";
            for (int i = 0; i < 12; i++)
            {
                text += "`$SYS/broker/" + SysTopics.NameOf(i) + "` 00 ";
            }

            bench.Limits.ReceiveSize = 128;
            byte[] bytes = Wire.Parse(text + "]");
            int at = 0;
            while (at < bytes.Length)
            {
                int part = bytes.Length - at < 128 ? bytes.Length - at : 128;
                bench.Receive(slot, bytes, at, part);
                at += part;
            }

            Assert.IsTrue(bench.Broker.SysValue(SysTopics.StoredMessages) <= 6, "half a queue");
            bench.Drain(slot);
            int figures = 0;
            for (at = 16; at < bench.OutputLength; at += 2 + bench.Output[at + 1])
            {
                figures++;
            }

            Assert.AreEqual(12, figures, "all of them in the end");
            bench.Finish();
        }
    }
}
