#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Sessions that outlive their connection: what they keep, and how long.</summary>
    [TestClass]
    public sealed class BrokerSessionTests
    {
        // 3.1.1 [MQTT-4.4.0-1] [MQTT-4.3.3-1] [MQTT-3.3.1-1] [MQTT-3.1.2-5] [MQTT-4.6.0-6]
        [TestMethod]
        public void WhoComesBack_GetsWhatWasNotAcknowledged_InOrder_ThenWhatWaited()
        {
            BrokerBench bench = QosBench.Start();
            int sub = QosBench.Keeping(bench, "s", "20 [ 00 00 ]");
            QosBench.Subscribe(bench, sub, "a", 2);
            int pub = bench.Connect(4, "p");
            bench.Send(pub, "34 [ `a` 00 01 '1' ] 34 [ `a` 00 02 '2' ] 32 [ `a` 00 03 '3' ]");
            bench.Drain(pub);
            bench.Drain(sub);
            bench.Send(sub, "50 [ 00 02 ]");
            bench.Close(sub);
            bench.Send(pub, "32 [ `a` 00 04 '4' ] 32 [ `a` 00 05 '5' ] 30 [ `a` '0' ]");
            bench.Drain(pub);

            sub = QosBench.Keeping(bench, "s", "20 [ 01 00 ] 3c [ `a` 00 01 '1' ] 62 [ 00 02 ] "
                + "3a [ `a` 00 03 '3' ] 32 [ `a` 00 04 '4' ]");
            bench.Send(sub, "40 [ 00 03 ] 70 [ 00 02 ] 50 [ 00 01 ]");
            bench.Expect(sub, "32 [ `a` 00 05 '5' ] 62 [ 00 01 ]");
            bench.Send(sub, "70 [ 00 01 ] 40 [ 00 04 ] 40 [ 00 05 ]");
            bench.Expect(sub, "");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            bench.Close(sub);
            bench.Connect(4, "s");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.2-6] [MQTT-3.1.4-3]
        [TestMethod]
        public void CleanStart_EndsTheSession_AndItsMessages()
        {
            BrokerBench bench = QosBench.Start();
            int sub = QosBench.Keeping(bench, "s", "20 [ 00 00 ]");
            QosBench.Subscribe(bench, sub, "a", 1);
            bench.Close(sub);
            int pub = bench.Connect(4, "p");
            bench.Send(pub, "32 [ `a` 00 01 '1' ]");
            bench.Drain(pub);
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.StoredMessages), "waits");
            sub = bench.Connect(4, "s");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "none");
            bench.Finish();
        }

        // [MQTT-4.1.0-2]
        [TestMethod]
        public void Session_ExpiresInItsTime()
        {
            BrokerBench bench = QosBench.Start();
            int sub = bench.Open();
            bench.Send(sub, "10 [ `MQTT` 05 02 00 00 [ 11 00 00 00 05 ] `s` ]");
            bench.Drain(sub);
            QosBench.Subscribe5(bench, sub, "a", 1);
            bench.Close(sub);
            bench.NowMs += 4000;
            bench.Work();
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Subscriptions), "stays");
            bench.NowMs += 3000;
            bench.Work();
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "is over");
            bench.Finish();
        }

        // Section 3.2.2.3.2.
        [TestMethod]
        public void LongestExpiry_HoldsForWhoAsksForMore_AndIsTold()
        {
            BrokerBench bench = QosBench.Prepare();
            bench.Limits.MaxSessionExpiryS = 10;
            bench.Start();
            string[] asked = { "00 00 00 0B", "FF FF FF FF", "00 00 00 0A" };
            for (int i = 0; i < asked.Length; i++)
            {
                int slot = bench.Open();
                bench.Send(slot, "10 [ `MQTT` 05 00 00 00 [ 11 " + asked[i] + " ] `s` ]");
                bench.Drain(slot);
                Assert.AreEqual(i < 2 ? 0x11 : 0x21, (int)bench.Output[5], "what CONNACK says");
                Assert.AreEqual(i < 2 ? 10 : 3, (int)bench.Output[i < 2 ? 9 : 7], "how long");
                bench.Close(slot);
                bench.Pass(9000);
                Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.ClientsTotal), "stays");
                bench.Pass(3000);
                Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.ClientsTotal), "is over");
            }

            bench.Finish();
        }

        [TestMethod]
        public void FullSession_Ends_WithThePolicyDisconnect()
        {
            BrokerBench bench = QosBench.Prepare();
            bench.Settings.QueueFullPolicy = QueueFullPolicy.Disconnect;
            bench.Settings.QueueFullDeadlineMs = 3000;
            bench.Start();
            int away = QosBench.Keeping(bench, "a", "20 [ 00 00 ]");
            QosBench.Subscribe(bench, away, "a", 1);
            bench.Close(away);
            int sub = bench.Open();
            bench.Send(sub, "10 [ `MQTT` 05 00 00 00 [ 11 00 00 00 50 ] `s` ]");
            bench.Drain(sub);
            QosBench.Subscribe5(bench, sub, "a", 1);
            int pub = bench.Connect(4, "p");
            for (int i = 0; i < 11; i++)
            {
                bench.Send(pub, "32 [ `a` 00 01 ]");
                bench.Drain(pub);
            }

            Assert.AreEqual(5L + 1, bench.Counted(Counter.LimitQueue), "6 wait, 4 on their way");
            bench.Pass(2000);
            Assert.AreEqual(2L, bench.Broker.SysValue(SysTopics.ClientsTotal), "who is away");
            Assert.IsTrue(bench.IsOpen(sub), "has its time");
            bench.Drain(sub);
            bench.Pass(2000);
            bench.ExpectDisconnect(sub, 0x97);
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.ClientsTotal), "the publisher");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            bench.Finish();
        }

        [TestMethod]
        public void FullSession_ThatCatchesUpInTime_Stays()
        {
            BrokerBench bench = QosBench.Prepare();
            bench.Settings.QueueFullPolicy = QueueFullPolicy.Disconnect;
            bench.Settings.QueueFullDeadlineMs = 3000;
            bench.Start();
            int sub = QosBench.Keeping(bench, "s", "20 [ 00 00 ]");
            QosBench.Subscribe(bench, sub, "a", 1);
            int pub = bench.Connect(4, "p");
            for (int i = 0; i < 11; i++)
            {
                bench.Send(pub, "32 [ `a` 00 01 ]");
                bench.Drain(pub);
            }

            bench.Drain(sub);
            bench.Pass(2000);
            bench.Send(sub, "40 [ 00 01 ] 40 [ 00 02 ] 40 [ 00 03 ] 40 [ 00 04 ]");
            bench.Drain(sub);
            bench.Pass(9000);
            bench.Send(sub, "C0 [ ]");
            bench.Expect(sub, "D0 [ ]");
            bench.Close(sub);
            bench.Connect(4, "s");
            bench.Finish();
        }

        [TestMethod]
        public void Session_IsNotOverBeforeItsTime_MQTT_3_1_2_23()
        {
            BrokerBench bench = QosBench.Start();
            bench.NowMs += 900; // The second is nearly over.
            bench.Work();
            int sub = bench.Open();
            bench.Send(sub, "10 [ `MQTT` 05 02 00 00 [ 11 00 00 00 05 ] `s` ]");
            bench.Drain(sub);
            QosBench.Subscribe5(bench, sub, "a", 1);
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
            BrokerBench bench = QosBench.Start();
            int pub = QosBench.Keeping(bench, "p", "20 [ 00 00 ]");
            bench.Send(pub, "34 [ `a` 00 07 'x' ]");
            bench.Expect(pub, "50 [ 00 07 ]");
            bench.Close(pub);
            for (int i = 0; i < 3; i++)
            {
                int other = QosBench.Keeping(bench, "e" + i.ToString(), "20 [ 00 00 ]");
                QosBench.Subscribe(bench, other, "b", 0);
                bench.Close(other);
            }

            pub = QosBench.Keeping(bench, "p", "20 [ 01 00 ]");
            bench.Send(pub, "3c [ `a` 00 07 'x' ] 62 [ 00 07 ]");
            bench.Expect(pub, "50 [ 00 07 ] 70 [ 00 07 ]");
            bench.Connect(4, "e0");
            bench.Connect(4, "e1");
            bench.Finish();
        }

        [TestMethod]
        public void SessionsThatAreAway_LeaveRoomForTheLargestPacket()
        {
            BrokerBench bench = QosBench.Prepare();
            bench.Limits.MessageBlocks = 16;
            bench.Start();
            int sub = QosBench.Keeping(bench, "s", "20 [ 00 00 ]");
            QosBench.Subscribe(bench, sub, "a", 1);
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
    }
}
