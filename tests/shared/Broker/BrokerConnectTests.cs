#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>CONNECT that is accepted, and what CONNACK says.</summary>
    [TestClass]
    public sealed class BrokerConnectTests
    {
        // 3.1.1 [MQTT-3.2.0-1]
        [TestMethod]
        public void Connect_V311_IsAccepted_MQTT_3_1_4_4()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            Assert.AreEqual(1, bench.Broker.OpenConnections, "open");
            Assert.AreEqual(0, bench.Broker.ConnectedClients, "not yet connected");
            bench.Send(slot, "10 [ `MQTT` 04 02 00 3c `c1` ]");
            bench.Expect(slot, BrokerBench.Connack311);
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "connected");
            Assert.AreEqual((byte)4, bench.Broker.VersionOf(slot), "version");
            Assert.IsTrue(bench.Broker.StateOf(slot) == ConnectionState.Connected, "state");
            byte[] id = new byte[64];
            Assert.AreEqual(2, bench.Broker.ReadClientId(slot, id), "length of the identifier");
            Assert.AreEqual((int)'c', (int)id[0], "identifier");
            Assert.AreEqual(1, bench.Events.Times[(int)BrokerEvent.Connected], "observer");
            bench.Finish();
            Assert.AreEqual(1L, bench.Counted(Counter.ClientsMaximum), "maximum");
        }

        // [MQTT-3.1.4-5] [MQTT-3.2.2-1]
        [TestMethod]
        public void Connect_V5_TellsWhatIsMissing_MQTT_3_2_2_9()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ ] `c1` ]");
            bench.Expect(slot, BrokerBench.Connack5);
            bench.Finish();
        }

        [TestMethod]
        public void Connect_V5_WithoutQosAndRetain_ToldSo()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.MaxQos = 0;
            bench.Settings.RetainAvailable = false;
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ ] `c1` ]");
            bench.Expect(slot,
                "20 [ 00 00 [ 24 00  25 00  27 00 00 02 00  29 00  2A 00 ] ]");
            bench.Finish();
        }

        // [MQTT-3.1.2-23]
        [TestMethod]
        public void Connect_V5_WantsSession_IsToldThereIsNone()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 00 00 00 [ 11 00 00 00 3c ] `c1` ]");
            bench.Expect(slot,
                "20 [ 00 00 [ 11 00 00 00 00  24 01  27 00 00 02 00  29 00  2A 00 ] ]");
            bench.Finish();
        }

        [TestMethod]
        public void Connect_V311WithoutCleanSession_NoSessionPresent_MQTT_3_2_2_3()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            for (int round = 0; round < 2; round++)
            {
                int slot = bench.Open();
                bench.Send(slot, "10 [ `MQTT` 04 00 00 00 `c1` ]");
                bench.Expect(slot, BrokerBench.Connack311);
                bench.Close(slot);
            }

            bench.Finish();
        }

        // [MQTT-3.1.2-21] [MQTT-3.2.2-22]
        [TestMethod]
        public void Connect_V5_KeepAliveAboveTheLimit_GetsServerKeepAlive_MQTT_3_2_2_21()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.MaxKeepAliveS = 30;
            bench.Start();
            string told = "20 [ 00 00 [ 24 01  27 00 00 02 00  29 00  2A 00  13 00 1e ] ]";
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 1f [ ] `above` ]");
            bench.Expect(slot, told);
            int none = bench.Open();
            bench.Send(none, "10 [ `MQTT` 05 02 00 00 [ ] `none` ]");
            bench.Expect(none, told);
            int equal = bench.Open();
            bench.Send(equal, "10 [ `MQTT` 05 02 00 1e [ ] `equal` ]");
            bench.Expect(equal, BrokerBench.Connack5);
            bench.Pass(44900);
            bench.Expect(none, "");
            bench.Pass(200);
            bench.ExpectDisconnect(none, ReasonCode.KeepAliveTimeout);
            bench.Finish();
        }

        // [MQTT-3.1.3-6] [MQTT-3.1.3-7]
        [TestMethod]
        public void Connect_V5_EmptyClientId_IsAssignedOne_MQTT_3_2_2_16()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int first = bench.Open();
            bench.Send(first, "10 [ `MQTT` 05 02 00 00 [ ] `` ]");
            bench.Drain(first);
            AssertAssigned(bench, first);
            byte[] one = Wire.Part(bench.Output, 0, bench.OutputLength);
            int second = bench.Open();
            bench.Send(second, "10 [ `MQTT` 05 02 00 00 [ ] `` ]");
            bench.Drain(second);
            AssertAssigned(bench, second);
            Assert.IsTrue(Wire.Hex(one, 0, one.Length)
                != Wire.Hex(bench.Output, 0, bench.OutputLength), "the same one twice");
            Assert.AreEqual(2, bench.Broker.ConnectedClients, "both");
            bench.Finish();
        }

        [TestMethod]
        public void Connect_V311_EmptyClientIdWithCleanSession_IsAccepted_MQTT_3_1_3_6()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 02 00 00 `` ]");
            bench.Expect(slot, BrokerBench.Connack311);
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.3-5]
        [TestMethod]
        public void Connect_LongestClientId_IsAccepted_MQTT_3_1_3_5()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            bench.Connect(ProtocolVersion.V311, "0123456789abcdefghijklm");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.2.0-1] [MQTT-3.1.4-4]
        [TestMethod]
        public void Connect_WithPacketsRightBehindIt_AllHandled_MQTT_3_1_4_5()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 02 00 00 `c1` ] 82 [ 00 07 `a` 00 ] "
                + "30 [ `a` 'x' ] c0 00");
            bench.Expect(slot, "20 [ 00 00 ] 90 [ 00 07 00 ] 30 [ `a` 'x' ] d0 00");
            bench.Finish();
        }

        // [MQTT-3.14.4-1] [MQTT-4.13.1-1]
        [TestMethod]
        public void Connect_ThenAnError_ConnackComesBeforeDisconnect_MQTT_3_2_0_1()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 14 ] `c1` ] 00 00");
            bench.ExpectClosed(slot, BrokerBench.Connack5 + "e0 01 81");
            slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 14 ] `c1` ]");
            bench.Broker.Shutdown(bench.NowMs);
            bench.ExpectClosed(slot, BrokerBench.Connack5 + "e0 01 8b");
            bench.Finish();
        }

        // [MQTT-3.14.0-1] [MQTT-3.1.2-24]
        [TestMethod]
        public void Connect_ConnackLargerThanClientTakes_ClosedWithoutAnything_MQTT_3_2_0_1()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int watcher = bench.Subscriber(4, "watcher", "will", 0);
            int slot = bench.Open();
            bench.Send(slot,
                "10 [ `MQTT` 05 06 00 00 [ 27 00 00 00 0f ] `c1` [ ] `will` `gone` ]");
            bench.ExpectClosed(slot, "");
            bench.Expect(watcher, "");
            Assert.AreEqual(1, bench.Broker.ConnectedClients, "only the watcher");
            int next = bench.Open();
            bench.Send(next, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 10 ] `c1` ]");
            bench.Expect(next, BrokerBench.Connack5);
            bench.Finish();
        }

        [TestMethod]
        public void ClientId_OfASlotWhoseFormerClientWasRefused_IsItsOwn()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 06 00 00 [ ] `refused` [ ] `w/+` `x` ]");
            bench.Drain(slot);
            bench.Close(slot);
            Assert.AreEqual(slot, bench.Connect(4, "mine"), "the same slot");
            bench.Connect(4, "others");
            Assert.AreEqual(4, bench.Broker.ReadClientId(slot, new byte[64]), "mine");
            bench.Finish();
        }

        private static void AssertAssigned(BrokerBench bench, int slot)
        {
            byte[] id = new byte[64];
            int length = bench.Broker.ReadClientId(slot, id);
            Assert.AreEqual(21, length, "auto- and sixteen digits");
            string expected = "20 [ 00 00 [ 24 01 27 00 00 02 00 12 00 15 "
                + Wire.Hex(id, 0, length) + "29 00 2A 00 ] ]";
            bench.AssertOutput(expected);
        }
    }
}
