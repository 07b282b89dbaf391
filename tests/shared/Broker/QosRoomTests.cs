#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>What sessions keep, for how long, and what they leave to others.</summary>
    [TestClass]
    public sealed class QosRoomTests
    {
        [TestMethod]
        public void Session_IsNotOverBeforeItsTime_MQTT_3_1_2_23()
        {
            BrokerBench bench = Bench();
            bench.NowMs += 900; // The second is nearly over.
            bench.Work();
            int sub = bench.Open();
            bench.Send(sub, "10 [ `MQTT` 05 02 00 00 [ 11 00 00 00 05 ] `s` ]");
            bench.Drain(sub);
            Subscribe5(bench, sub, "a", 1);
            bench.Close(sub);
            bench.NowMs += 4900;
            bench.Work();
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Subscriptions), "stays");
            bench.NowMs += 2100;
            bench.Work();
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "is over");
            bench.Finish();
        }

        [TestMethod]
        public void Session_WithAnIdentifierThatWaitsForPubrel_MakesNoRoomForOthers()
        {
            BrokerBench bench = Bench();
            int pub = Keeping(bench, "p", "20 [ 00 00 ]");
            bench.Send(pub, "34 [ `a` 00 07 'x' ]");
            bench.Expect(pub, "50 [ 00 07 ]");
            bench.Close(pub);
            for (int i = 0; i < 3; i++)
            {
                int other = Keeping(bench, "e" + i.ToString(), "20 [ 00 00 ]");
                Subscribe(bench, other, "b", 0);
                bench.Close(other);
            }

            pub = Keeping(bench, "p", "20 [ 01 00 ]");
            bench.Send(pub, "3c [ `a` 00 07 'x' ] 62 [ 00 07 ]");
            bench.Expect(pub, "50 [ 00 07 ] 70 [ 00 07 ]");
            bench.Connect(4, "e0");
            bench.Connect(4, "e1");
            bench.Finish();
        }

        [TestMethod]
        public void SessionsThatAreAway_LeaveRoomForTheLargestPacket()
        {
            BrokerBench bench = Bench(16);
            int sub = Keeping(bench, "s", "20 [ 00 00 ]");
            Subscribe(bench, sub, "a", 1);
            bench.Close(sub);
            int pub = bench.Connect(4, "p");
            for (int i = 0; i < 20; i++)
            {
                bench.Send(pub, "32 [ `a` 00 01 *50 ]");
                bench.Expect(pub, "40 [ 00 01 ]");
            }

            bench.Send(pub, "32 [ `a` 00 02 *480 ]");
            bench.Expect(pub, "40 [ 00 02 ]");
            bench.Connect(4, "s");
            bench.Finish();
        }

        [TestMethod]
        public void Qos2_ThatCannotBeRetained_IsHandedOnOnce_MQTT_4_3_3()
        {
            BrokerBench bench = Bench();
            bench.Limits.MaxRetainedMessages = 0;
            bench.Start();
            int sub = bench.Connect(4, "s");
            Subscribe(bench, sub, "a", 0);
            int pub = bench.Connect(5, "p");
            bench.Send(pub, "35 [ `a` 00 07 [ ] 'x' ]");
            bench.Expect(pub, "50 [ 00 07 ]");
            bench.Send(pub, "3d [ `a` 00 07 [ ] 'x' ] 62 [ 00 07 ]");
            bench.Expect(pub, "50 [ 00 07 ] 70 [ 00 07 ]");
            bench.Expect(sub, "30 [ `a` 'x' ]");
            bench.Finish();
        }

        private static BrokerBench Bench()
        {
            return Bench(new BrokerLimits().MessageBlocks);
        }

        private static BrokerBench Bench(int messageBlocks)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageBlocks = messageBlocks;
            bench.Limits.MaxInflight = 4;
            bench.Limits.MaxSessions = 3;
            bench.Limits.ReceiveMaximum = 3;
            bench.Limits.MaxSessionMessages = 6;
            bench.Limits.MaxSessionBytes = 400;
            bench.Settings.MaxQos = 2;
            bench.Start();
            return bench;
        }

        private static int Keeping(BrokerBench bench, string clientId, string answer)
        {
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 00 00 00 `" + clientId + "` ]");
            bench.Expect(slot, answer);
            return slot;
        }

        private static void Subscribe(BrokerBench bench, int slot, string filter, int qos)
        {
            bench.Send(slot, "82 [ 00 09 `" + filter + "` " + Wire.Hex(qos) + " ]");
            bench.Expect(slot, "90 [ 00 09 " + Wire.Hex(qos) + " ]");
        }

        private static void Subscribe5(BrokerBench bench, int slot, string filter, int qos)
        {
            bench.Send(slot, "82 [ 00 09 [ ] `" + filter + "` " + Wire.Hex(qos) + " ]");
            bench.Expect(slot, "90 [ 00 09 [ ] " + Wire.Hex(qos) + " ]");
        }
    }
}
