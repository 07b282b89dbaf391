#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Codec.Client;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// DISCONNECT, AUTH and the pings. Statement numbers are those of MQTT 5.0.
    /// </summary>
    [TestClass]
    public sealed class DisconnectTests
    {
        private const byte Malformed = ReasonCode.MalformedPacket;
        private const byte ProtocolError = ReasonCode.ProtocolError;
        private const byte V311 = ProtocolVersion.V311;
        private const byte V5 = ProtocolVersion.V5;

        [TestMethod]
        public void Disconnect_WithoutBody_IsNormalInBothVersions()
        {
            PacketBench bench = new PacketBench();
            bench.Good("e0 00", V311, 0);
            Assert.AreEqual(ReasonCode.NormalDisconnection, bench.Reason.ReasonCode, "3.1.1");
            bench.Good("e0 00", V5, 0);
            Assert.AreEqual(ReasonCode.NormalDisconnection, bench.Reason.ReasonCode, "5.0");
        }

        [TestMethod]
        public void Disconnect_WithReasonCode_IsRead()
        {
            PacketBench bench = new PacketBench();
            bench.Good("e0 01 04", V5, 1);
            Assert.AreEqual(ReasonCode.DisconnectWithWillMessage,
                bench.Reason.ReasonCode, "code");
            bench.Good("e0 01 8b", V5, 1);
            Assert.AreEqual(ReasonCode.ServerShuttingDown, bench.Reason.ReasonCode, "code");
        }

        [TestMethod]
        public void Disconnect_WithProperties_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"e0 17                  // DISCONNECT
                  9d                     // Server moved
                  15                     // Property Length 21
                  11 00 00 00 00         // Session Expiry Interval 0
                  1f 00 01 's'           // Reason String
                  26 00 01 'k' 00 01 'v' // User Property
                  1c 00 02 'h2'          // Server Reference",
                V5, 2);
            PropertySet properties = bench.Reason.Properties;
            Assert.AreEqual(0L, properties.Number(PropertyId.SessionExpiryInterval), "expiry");
            Hex.AssertText("h2", packet, properties.TextOffset(PropertyId.ServerReference),
                properties.TextLength(PropertyId.ServerReference), "Server Reference");
        }

        [TestMethod]
        public void Disconnect_ExplicitNormalWithoutProperties_IsReadAndShortened()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = Hex.Parse("e0 02 00 00");
            Assert.AreEqual(ReasonCode.Success, bench.Decode(packet, 0, 4, V5), "decoded");
            bench.AssertEncodes(Hex.Parse("e0 00"));
        }

        [TestMethod]
        public void Disconnect_IsWrittenInItsShortestForm()
        {
            byte[] target = new byte[4];
            int size = DisconnectEncoder.Encode(
                target, 0, 4, ReasonCode.NormalDisconnection, null, 0, 0);
            Hex.AssertBytes(Hex.Parse("e0 00"), target, 0, size, "normal");
            size = DisconnectEncoder.Encode(
                target, 0, 4, ReasonCode.SessionTakenOver, null, 0, 0);
            Hex.AssertBytes(Hex.Parse("e0 01 8e"), target, 0, size, "taken over");
            Assert.AreEqual(-1, DisconnectEncoder.Encode(
                target, 0, 2, ReasonCode.SessionTakenOver, null, 0, 0), "one byte too few");
        }

        [TestMethod]
        public void Disconnect_ForeignReasonCode_IsProtocolError_MQTT_3_14_2_1()
        {
            new PacketBench().Bad("e0 01 01", V5, ProtocolError, "MQTT-3.14.2-1]");
            new PacketBench().Bad("e0 01 86", V5, ProtocolError, "MQTT-3.14.2-1]");
            new PacketBench().Bad("e0 01 ff", V5, ProtocolError, "MQTT-3.14.2-1]");
        }

        [TestMethod]
        public void Disconnect_BadBody_IsMalformed()
        {
            new PacketBench().Bad("e0 01 00", V311, Malformed, "3.1.1");
            new PacketBench().Bad("e0 03 00 00 00", V5, Malformed, "behind");
            new PacketBench().Bad("e0 02 00 05", V5, Malformed, "cut short");
        }

        [TestMethod]
        public void Auth_WithMethodAndData_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"f0 16                  // AUTH
                  18                     // Continue authentication
                  14                     // Property Length 20
                  15 00 02 'm1'          // Authentication Method
                  16 00 01 00            // Authentication Data
                  1f 00 01 's'           // Reason String
                  26 00 01 'k' 00 01 'v' // User Property",
                V5, 1);
            PropertySet properties = bench.Auth.Properties;
            Assert.AreEqual(ReasonCode.ContinueAuthentication, bench.Auth.ReasonCode, "code");
            Hex.AssertText("m1", packet, properties.TextOffset(PropertyId.AuthenticationMethod),
                properties.TextLength(PropertyId.AuthenticationMethod), "method");
        }

        [TestMethod]
        public void Auth_WithoutBody_IsSuccess()
        {
            PacketBench bench = new PacketBench();
            bench.Good("f0 00", V5, 0);
            Assert.AreEqual(ReasonCode.Success, bench.Auth.ReasonCode, "code");
        }

        [TestMethod]
        public void Auth_ForeignReasonCode_IsProtocolError_MQTT_3_15_2_1()
        {
            new PacketBench().Bad("f0 06 87 04 15 00 01 'm'", V5, ProtocolError, "MQTT-3.15.2-1]");
        }

        [TestMethod]
        public void Auth_BadBody_IsRefused()
        {
            new PacketBench().Bad("f0 02 18 00", V5, ProtocolError, "no Authentication Method");
            new PacketBench().Bad("f0 06 18 04 16 00 01 00", V5, ProtocolError,
                "Data without Authentication Method");
            new PacketBench().Bad("f0 01 18", V5, Malformed, "cut short");
            new PacketBench().Bad("f0 07 18 04 15 00 01 'm' 00", V5, Malformed, "behind");
            new PacketBench().Bad("f0 00", V311, Malformed, "3.1.1");
        }

        [TestMethod]
        public void Pings_AreTwoBytes()
        {
            new PacketBench().Good("c0 00", V311, 0);
            new PacketBench().Good("d0 00", V5, 0);
            Assert.AreEqual(Malformed, PingPacket.Decode(1), "a ping has no body");
        }
    }
}
