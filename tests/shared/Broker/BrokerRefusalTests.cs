#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>CONNECT that is refused: return codes of 3.1.1, Reason Codes of 5.0.</summary>
    [TestClass]
    public sealed class BrokerRefusalTests
    {
        // [MQTT-3.14.0-1]
        // 3.1.1 [MQTT-3.1.0-1]
        [TestMethod]
        public void FirstPacketIsNotConnect_ClosesWithoutAnswer_MQTT_3_1_0_1()
        {
            string[] packets =
            {
                "c0 00", "30 [ `a` 'x' ]", "82 [ 00 01 `a` 00 ]", "e0 00", "f0 00", "20 02 00 00",
                "00 00", "11 00", "ff", "16 03 01", "'GET / HTTP/1.1' 0d 0a",
            };
            for (int i = 0; i < packets.Length; i++)
            {
                BrokerBench bench = new BrokerBench();
                bench.Start();
                int slot = bench.Open();
                bench.Send(slot, packets[i]);
                bench.ExpectClosed(slot, "");
                Assert.AreEqual(1L, bench.Counted(Counter.ProtocolErrors), packets[i]);
                bench.Finish();
            }
        }

        // [MQTT-3.2.0-2] [MQTT-4.13.1-1] [MQTT-4.13.2-1]
        // 3.1.1 [MQTT-3.1.0-2] [MQTT-4.8.0-1]
        [TestMethod]
        public void SecondConnect_IsAProtocolError_MQTT_3_1_0_2()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int old = bench.Connect(4, "old");
            int slot = bench.Connect(5, "new");
            bench.Send(old, "10 [ `MQTT` 04 02 00 00 `old` ]");
            bench.ExpectClosed(old, "");
            bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ ] `other` ]");
            bench.ExpectDisconnect(slot, ReasonCode.ProtocolError);
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.2-1]
        [TestMethod]
        public void OtherProtocolName_ClosesWithoutAnswer_MQTT_3_1_2_1()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            AssertRefused(bench, "10 [ `MQTX` 04 02 00 00 `c` ]", "");
            AssertRefused(bench, "10 [ `mqtt` 05 02 00 00 [ ] `c` ]", "");
            AssertRefused(bench, "10 [ `AMQP` ]", "");
            bench.Finish();
        }

        // [MQTT-3.1.2-1]
        // 3.1.1 [MQTT-3.1.2-2]
        [TestMethod]
        public void OtherProtocolVersion_IsToldSo_MQTT_3_1_2_2()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            AssertRefused(bench, "10 [ `MQIsdp` 03 02 00 00 `c` ]", "20 [ 00 01 ]");
            AssertRefused(bench, "10 [ `MQTT` 03 02 00 00 `c` ]", "20 [ 00 01 ]");
            AssertRefused(bench, "10 [ `MQTT` 00 02 00 00 `c` ]", "20 [ 00 01 ]");
            AssertRefused(bench, "10 [ `MQTT` 06 02 00 00 [ ] `c` ]", "20 [ 00 01 ]");
            // A bridge of mosquitto begins with this and goes on with 04 after return code 1.
            AssertRefused(bench, "10 [ `MQTT` 84 02 00 00 `c` ]", "20 [ 00 01 ]");
            AssertRefused(bench, "10 [ `MQTT` 85 02 00 00 [ ] `c` ]", "20 [ 00 01 ]");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.2-3]
        [TestMethod]
        public void ReservedFlagSet_IsRefused_MQTT_3_1_2_3()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            AssertRefused(bench, "10 [ `MQTT` 04 03 00 00 `c` ]", "");
            AssertCode(bench, "10 [ `MQTT` 05 03 00 00 [ ] `c` ]", 0x81);
            bench.Finish();
        }

        // [MQTT-3.1.4-1] [MQTT-3.1.3-4]
        // 3.1.1 [MQTT-3.1.4-1] [MQTT-3.1.2-22] [MQTT-3.2.2-6]
        [TestMethod]
        public void MalformedConnect_V311Silent_V5Told()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            AssertRefused(bench, "10 [ `MQTT` 04 02 00 00 `c` ff ]", "");
            AssertRefused(bench, "10 [ `MQTT` 04 42 00 00 `c` `p` ]", "");
            AssertRefused(bench, "10 00", "");
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ ] `c` ff ]", 0x81);
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ 21 00 00 ] `c` ]", 0x82);
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 00 ] `c` ]", 0x82);
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ ] 00 01 ff ]", 0x81);
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.3-9]
        [TestMethod]
        public void ClientIdTooLong_IsRejected_MQTT_3_1_3_8()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            AssertRefused(bench, "10 [ `MQTT` 04 02 00 00 `0123456789abcdefghijklmn` ]",
                "20 [ 00 02 ]");
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ ] `0123456789abcdefghijklmn` ]", 0x85);
            Assert.AreEqual(2L, bench.Counted(Counter.LimitClientId), "counted");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.3-8]
        [TestMethod]
        public void EmptyClientIdWithoutCleanSession_IsRejected_MQTT_3_1_3_8()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            AssertRefused(bench, "10 [ `MQTT` 04 00 00 00 `` ]", "20 [ 00 02 ]");
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.3-9]
        [TestMethod]
        public void EmptyClientIdNotAllowed_IsRejected_MQTT_3_1_3_8()
        {
            BrokerBench bench = new BrokerBench();
            bench.Settings.AllowZeroLengthClientId = false;
            bench.Start();
            AssertRefused(bench, "10 [ `MQTT` 04 02 00 00 `` ]", "20 [ 00 02 ]");
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ ] `` ]", 0x85);
            bench.Finish();
        }

        // [MQTT-3.2.2-6] [MQTT-3.2.2-7] [MQTT-4.13.2-1]
        // 3.1.1 [MQTT-3.2.2-4] [MQTT-3.2.2-5]
        [TestMethod]
        public void Anonymous_NotAllowed_IsNotAuthorized_MQTT_3_1_4_2()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new OpenAuthenticator(false);
            bench.Start();
            AssertRefused(bench, "10 [ `MQTT` 04 02 00 00 `c` ]", "20 [ 00 05 ]");
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ ] `c` ]", 0x87);
            // A name that nothing can be compared with proves nothing.
            AssertRefused(bench, "10 [ `MQTT` 04 82 00 00 `c` `user` ]", "20 [ 00 05 ]");
            AssertRefused(bench, "10 [ `MQTT` 04 c2 00 00 `c` `user` `word` ]", "20 [ 00 05 ]");
            AssertCode(bench, "10 [ `MQTT` 05 c2 00 00 [ ] `c` `user` `word` ]", 0x87);
            bench.Finish();
        }

        [TestMethod]
        public void AuthenticatorsCode_IsPassedOn_MQTT_3_2_2_8()
        {
            BrokerBench bench = new BrokerBench();
            FixedAuthenticator authenticator = new FixedAuthenticator();
            bench.Authenticator = authenticator;
            bench.Start();
            authenticator.Code = ReasonCode.BadUserNameOrPassword;
            AssertRefused(bench, "10 [ `MQTT` 04 02 00 00 `c` ]", "20 [ 00 04 ]");
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ ] `c` ]", 0x86);
            authenticator.Code = ReasonCode.Banned;
            AssertRefused(bench, "10 [ `MQTT` 04 02 00 00 `c` ]", "20 [ 00 05 ]");
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ ] `c` ]", 0x8A);
            authenticator.Code = ReasonCode.ServerBusy;
            AssertRefused(bench, "10 [ `MQTT` 04 02 00 00 `c` ]", "20 [ 00 03 ]");
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ ] `c` ]", 0x89);
            bench.Finish();
        }

        // [MQTT-4.12.0-4]
        [TestMethod]
        public void EnhancedAuthentication_IsRefused_MQTT_4_12_0_1()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            AssertCode(bench, "10 [ `MQTT` 05 02 00 00 [ 15 `SCRAM` ] `c` ]", 0x8C);
            bench.Finish();
        }

        [TestMethod]
        public void ConnectTooLarge_ClosesBeforeItArrives()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 bd 01");
            Assert.IsFalse(bench.Broker.WantsClose(slot), "192 bytes are allowed");
            bench.Close(slot);
            slot = bench.Open();
            bench.Send(slot, "10 bd 01 00 04");
            bench.Close(slot);
            AssertRefused(bench, "10 ff ff ff 7f", "");
            AssertRefused(bench, "10 be 01", "");
            Assert.AreEqual(2L, bench.Counted(Counter.LimitPacketSize), "counted");
            bench.Finish();
        }

        [TestMethod]
        public void RemainingLengthOfFiveBytes_Closes()
        {
            BrokerBench bench = new BrokerBench();
            bench.Start();
            AssertRefused(bench, "10 ff ff ff ff 01", "");
            AssertRefused(bench, "10 80 80 80 80", "");
            int slot = bench.Connect(5, "c");
            bench.Send(slot, "30 ff ff ff ff 7f");
            bench.ExpectDisconnect(slot, ReasonCode.MalformedPacket);
            bench.Finish();
        }

        // 3.1.1 [MQTT-3.1.4-5]
        [TestMethod]
        public void Refused_NothingBehindItIsHandled_MQTT_3_1_4_6()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new OpenAuthenticator(false);
            bench.Start();
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 02 00 00 `c` ] 82 [ 00 01 `a` 00 ] c0 00");
            Assert.AreEqual(0, bench.Broker.ReceiveWindow(slot), "nothing more is read");
            bench.ExpectClosed(slot, "20 [ 00 05 ]");
            Assert.AreEqual(0, bench.Broker.ConnectedClients, "clients");
            bench.Finish();
        }

        [TestMethod]
        public void Connect_Refused_ReasonStringOmittedWhenTooLarge_MQTT_3_2_2_19()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new OpenAuthenticator(false);
            bench.Start();
            AssertRefused(bench, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 06 ] `c` ]",
                "20 [ 00 87 [ ] ]");
            AssertRefused(bench, "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 04 ] `c` ]", "");
            bench.Finish();
        }

        private static void AssertRefused(BrokerBench bench, string packet, string answer)
        {
            int slot = bench.Open();
            bench.Send(slot, packet);
            bench.ExpectClosed(slot, answer);
        }

        // CONNACK of 5.0 with a Reason String.
        private static void AssertCode(BrokerBench bench, string packet, int code)
        {
            int slot = bench.Open();
            bench.Send(slot, packet);
            bench.Drain(slot);
            string got = packet + " gave " + Wire.Hex(bench.Output, 0, bench.OutputLength);
            Assert.IsTrue(bench.OutputLength > 6 && bench.Output[0] == 0x20
                && bench.Output[1] == bench.OutputLength - 2 && bench.Output[2] == 0
                && bench.Output[3] == code && bench.Output[4] == bench.OutputLength - 5
                && bench.Output[5] == 0x1F, got);
            Assert.IsTrue(bench.Broker.WantsClose(slot), "the broker does not close");
            Assert.IsTrue(bench.Events.Last == BrokerEvent.ConnectRefused
                && bench.Events.ReasonCode == code && bench.Events.Why != null, "observer");
            bench.Close(slot);
        }
    }
}
