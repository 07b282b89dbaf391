#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>Figures under $SYS/broker/.</summary>
    [TestClass]
    public sealed class BrokerSysTests
    {
        [TestMethod]
        public void Subscribe_GetsTheFigureAtOnce()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "82 [ 00 01 `$SYS/broker/clients/connected` 00 "
                + "`$SYS/broker/version` 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 00 ] "
                + "31 [ `$SYS/broker/version` '" + MqttBroker.Version + "' ] "
                + "31 [ `$SYS/broker/clients/connected` '1' ]");
            bench.Finish();
        }

        [TestMethod]
        public void Subscribe_ToTheWholeTree_GetsEveryFigureOnce()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 10;
            bench.Limits.MessageBlocks = 80;
            bench.Limits.MaxQueueEntries = 80;
            bench.Limits.MaxQueuedMessages = SysTopics.Count;
            bench.Start();
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "82 [ 00 01 [ ] `$SYS/#` 00 ]");
            bench.Drain(slot);
            int at = 6;
            int count = 0;
            while (at < bench.OutputLength)
            {
                Assert.AreEqual(0x31, (int)bench.Output[at], "PUBLISH with RETAIN");
                at += 2 + bench.Output[at + 1];
                count++;
            }

            Assert.AreEqual(bench.OutputLength, at, "whole packets");
            Assert.AreEqual(SysTopics.Count, count, "figures");
            bench.Finish();
        }

        [TestMethod]
        public void Figures_ComeAgainWhenTheyHaveChanged()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "82 [ 00 01 `$SYS/broker/clients/connected` 00 ]");
            bench.Drain(slot);
            bench.Pass(10000);
            bench.Expect(slot, "30 [ `$SYS/broker/clients/connected` '1' ]");
            bench.Pass(10000);
            bench.Expect(slot, "");
            bench.Connect(4, "d");
            bench.Pass(10000);
            bench.Expect(slot, "30 [ `$SYS/broker/clients/connected` '2' ]");
            bench.Finish();
        }

        [TestMethod]
        public void Uptime_IsInSeconds()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "c");
            bench.Pass(12345);
            bench.Send(slot, "82 [ 00 01 `$SYS/broker/uptime` 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 ] 31 [ `$SYS/broker/uptime` '12 seconds' ]");
            bench.Finish();
        }

        [TestMethod]
        public void Wildcards_DoNotShowSys_MQTT_4_7_2_1()
        {
            BrokerBench bench = Bench();
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "82 [ 00 01 `#` 00 `+/broker/#` 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 00 ]");
            bench.Pass(60000);
            bench.Expect(slot, "");
            bench.Finish();
        }

        [TestMethod]
        public void Sys_FewTopicLevels_DoesNotBreak()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 10;
            bench.Limits.MaxTopicLevels = 2;
            bench.Start();
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "82 [ 00 01 `$SYS/#` 00 ]");
            bench.Drain(slot);
            bench.Pass(60000);
            bench.Drain(slot);
            bench.Send(slot, "c0 00");
            bench.Expect(slot, "d0 00");
            bench.Finish();
        }

        [TestMethod]
        public void SysTurnedOff_NothingIsSent()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "82 [ 00 01 `$SYS/#` 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 ]");
            bench.Pass(600000);
            bench.Expect(slot, "");
            bench.Finish();
        }

        [TestMethod]
        public void LimitCounters_StandUnderTheirNames()
        {
            for (int counter = Counter.FirstLimit; counter < Counter.Count; counter++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Settings.SysIntervalS = 10;
                bench.Start();
                string name = "`$SYS/broker/" + Counter.NameOf(counter) + "`";
                int slot = bench.Connect(4, "c");
                bench.Send(slot, "82 [ 00 01 " + name + " 00 ]");
                bench.Expect(slot, "90 [ 00 01 00 ] 31 [ " + name + " '0' ]");
                bench.Finish();
            }
        }

        [TestMethod]
        public void Figures_ForANewSubscriptionWhileMemoryIsFull_ComeAtTheCostOfTheSlow()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 1000;
            bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 10;
            bench.Start();
            bench.Subscriber(4, "frozen", "a", 0);
            bench.Subscriber(4, "stuck", "b", 0);
            int slot = bench.Connect(4, "c");
            for (int i = 0; i < 5; i++)
            {
                bench.Send(slot, "30 [ `a` *40 ] 30 [ `b` *40 ]");
            }

            Assert.AreEqual(10L * bench.Limits.MessageBlockSize,
                bench.Broker.SysValue(SysTopics.StoredBytes), "all there is");
            bench.Send(slot, "82 [ 00 01 `$SYS/broker/uptime` 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 ] 31 [ `$SYS/broker/uptime` '0 seconds' ]");
            Assert.IsTrue(bench.Counted(Counter.LimitMessageMemory) > 0, "counted");
            bench.Finish();
        }

        [TestMethod]
        public void Figures_LargerThanAllThatCanBecomeFree_HoldUpNobody()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 1000;
            bench.Limits.MaxConnectSize = 128;
            bench.Limits.MaxPacketSize = 128;
            bench.Limits.MaxTopicLength = 128;
            bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 4;
            bench.Start();
            bench.Broker.SetHost(new LongFigures('x', 112));
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "31 [ `kept` 'x' ] 82 [ 00 01 `$SYS/broker/host/+` 00 ]");
            bench.Drain(slot);
            for (int i = 0; i < 10; i++)
            {
                bench.Send(slot, "30 [ `a` 'x' ]");
            }

            bench.Finish();
        }

        [TestMethod]
        public void Memory_UsedIsBelowTheBudget()
        {
            BrokerBench bench = Bench();
            long budget = bench.Broker.SysValue(SysTopics.MemoryBudget);
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Version), "a text has no number");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.MemoryUsed), "nothing yet");
            int slot = bench.Subscriber(4, "c", "a", 0);
            bench.Send(slot, "31 [ `a` *100 ]");
            long used = bench.Broker.SysValue(SysTopics.MemoryUsed);
            Assert.IsTrue(used >= 128 && used < budget, "two blocks at least");
            Assert.AreEqual(
                budget, bench.Broker.SysValue(SysTopics.MemoryBudget), "the budget stays");
            bench.Finish();
        }

        [TestMethod]
        public void HostFigures_OfAnyLengthAndScript_AreCutToFit()
        {
            // Fault 12: texts of more than 100 bytes overran the buffer.
            char[] characters = { 'x', (char)0xE9, (char)0x4E2D, (char)0xD83D };
            int[] lengths = { 1, 37, 56, 57, 112, 113, 130, 300 };
            for (int i = 0; i < 32; i++)
            {
                AssertFits(new LongFigures(characters[i / 8], lengths[i % 8]));
            }
        }

        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 10;
            bench.Start();
            return bench;
        }

        private static void AssertFits(LongFigures figures)
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.SysIntervalS = 10;
            bench.Limits.MaxTopicLength = 256;
            bench.Start();
            bench.Broker.SetHost(figures);
            int slot = bench.Connect(4, "c");
            bench.Send(slot, "82 [ 00 01 `$SYS/broker/host/+` 00 ]");
            bench.Drain(slot);
            int count = 0;
            for (int at = 5; at < bench.OutputLength; count++)
            {
                int length;
                int used = FixedHeader.DecodeRemainingLength(
                    bench.Output, at + 1, bench.OutputLength, out length);
                int topic = bench.Output[at + used + 1] << 8 | bench.Output[at + used + 2];
                Assert.IsTrue(topic <= SysFigures.MaxText, "name");
                Assert.IsTrue(length - 2 - topic <= SysFigures.MaxText, "text");
                bool isAscii = figures.TextOf(0)[0] == 'x';
                int most = figures.TextOf(0).Length < SysFigures.MaxText
                    ? figures.TextOf(0).Length
                    : SysFigures.MaxText;
                Assert.IsTrue(!isAscii || length - 2 - topic == most, "no more is cut");
                at += 1 + used + length;
            }

            Assert.AreEqual(SysFigures.MaxHostFigures, count, "sixteen of them");
            bench.Pass(10000);
            bench.Drain(slot);
            bench.Finish();
        }
    }
}
