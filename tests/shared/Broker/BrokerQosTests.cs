#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>QoS 1 and 2 to clients and from them, packet by packet (section 4.3).</summary>
    [TestClass]
    public sealed class BrokerQosTests
    {
        // 3.1.1 [MQTT-4.3.2-1] [MQTT-2.3.1-1] [MQTT-2.3.1-4] [MQTT-2.3.1-6]
        [TestMethod]
        public void Qos1_IsSentWithAnIdentifier_UntilPuback()
        {
            BrokerBench bench = QosBench.Start();
            int sub = bench.Connect(4, "s");
            QosBench.Subscribe(bench, sub, "a", 1);
            int pub = bench.Connect(4, "p");
            bench.Send(pub, "32 [ `a` 00 07 'x' ]");
            bench.Expect(pub, "40 [ 00 07 ]");
            bench.Expect(sub, "32 [ `a` 00 01 'x' ]");
            Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.StoredMessages), "kept");
            bench.Send(sub, "40 [ 00 01 ]");
            bench.Expect(sub, "");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            bench.Finish();
        }

        // [MQTT-4.3.3-2] [MQTT-4.3.3-3] [MQTT-4.3.3-4] [MQTT-4.3.3-5]
        // 3.1.1 [MQTT-4.3.3-2]
        [TestMethod]
        public void Qos2_BothWays_IsHandedOnOnce()
        {
            BrokerBench bench = QosBench.Start();
            int sub = bench.Connect(5, "s");
            QosBench.Subscribe5(bench, sub, "a", 2);
            int pub = bench.Connect(4, "p");
            bench.Send(pub, "34 [ `a` 00 07 'x' ]");
            bench.Expect(pub, "50 [ 00 07 ]");
            bench.Send(pub, "3c [ `a` 00 07 'x' ]");
            bench.Expect(pub, "50 [ 00 07 ]");
            bench.Expect(sub, "34 [ `a` 00 01 [ ] 'x' ]");
            bench.Send(pub, "62 [ 00 07 ]");
            bench.Expect(pub, "70 [ 00 07 ]");
            bench.Send(sub, "50 [ 00 01 ]");
            bench.Expect(sub, "62 [ 00 01 ]");
            bench.Send(sub, "70 [ 00 01 ]");
            bench.Expect(sub, "");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");

            // The identifier is free: the next message with it is another one.
            bench.Send(pub, "34 [ `a` 00 07 'y' ]");
            bench.Drain(pub);
            bench.Expect(sub, "34 [ `a` 00 02 [ ] 'y' ]");
            bench.Finish();
        }

        [TestMethod]
        public void Window_HoldsBack_AndGoesOnWithEachAcknowledgement()
        {
            BrokerBench bench = QosBench.Start();
            int sub = bench.Connect(4, "s");
            QosBench.Subscribe(bench, sub, "a", 1);
            int pub = bench.Connect(4, "p");
            for (int i = 0; i < 7; i++)
            {
                bench.Send(pub, "32 [ `a` 00 01 " + Wire.Hex(i) + " ]");
                bench.Drain(pub);
            }

            bench.Expect(sub, "32 [ `a` 00 01 00 ] 32 [ `a` 00 02 01 ] 32 [ `a` 00 03 02 ] "
                + "32 [ `a` 00 04 03 ]");
            bench.Send(sub, "40 [ 00 02 ]");
            bench.Expect(sub, "32 [ `a` 00 05 04 ]");
            bench.Send(sub, "40 [ 00 01 ] 40 [ 00 03 ]");
            bench.Expect(sub, "32 [ `a` 00 06 05 ] 32 [ `a` 00 07 06 ]");
            bench.Send(sub, "40 [ 00 04 ] 40 [ 00 05 ] 40 [ 00 06 ] 40 [ 00 07 ]");
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            bench.Finish();
        }

        [TestMethod]
        public void AcknowledgementOfAnotherKind_IsAProtocolError()
        {
            string[] wrong = { "1 50 [ 00 01 ]", "1 70 [ 00 01 ]", "2 40 [ 00 01 ]",
                "2 70 [ 00 01 ]" };
            for (int i = 0; i < wrong.Length; i++)
            {
                BrokerBench bench = QosBench.Start();
                int qos = wrong[i][0] - '0';
                int sub = bench.Connect(5, "s");
                QosBench.Subscribe5(bench, sub, "a", qos);
                int pub = bench.Connect(4, "p");
                bench.Send(pub, "3" + (2 * qos).ToString() + " [ `a` 00 07 'x' ]");
                bench.Drain(pub);
                bench.Expect(sub, "3" + (2 * qos).ToString() + " [ `a` 00 01 [ ] 'x' ]");

                // What is not on its way is another thing.
                bench.Send(sub, "40 [ 00 02 ] 70 [ 00 02 ]");
                bench.Expect(sub, "");
                bench.Send(sub, wrong[i].Substring(2));
                bench.ExpectDisconnect(sub, 0x82);
                bench.Finish();
            }
        }

        [TestMethod]
        public void Qos2_ThatCannotBeRetained_IsHandedOnOnce()
        {
            BrokerBench bench = QosBench.Prepare();
            bench.Limits.MaxRetainedMessages = 0;
            bench.Start();
            int sub = bench.Connect(4, "s");
            QosBench.Subscribe(bench, sub, "a", 0);
            int pub = bench.Connect(5, "p");
            bench.Send(pub, "35 [ `a` 00 07 [ ] 'x' ]");
            bench.Expect(pub, "50 [ 00 07 ]");
            bench.Send(pub, "3d [ `a` 00 07 [ ] 'x' ] 62 [ 00 07 ]");
            bench.Expect(pub, "50 [ 00 07 ] 70 [ 00 07 ]");
            bench.Expect(sub, "30 [ `a` 'x' ]");
            bench.Finish();
        }
    }
}
