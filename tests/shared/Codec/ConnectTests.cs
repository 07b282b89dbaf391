#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Codec.Client;

namespace EdgeBroker.Tests
{
    /// <summary>CONNECT packets that are good.</summary>
    [TestClass]
    public sealed class ConnectTests
    {
        // 3.1.1 [MQTT-3.1.2-18] [MQTT-3.1.2-20]
        [TestMethod]
        public void V311_Smallest_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"10 0e           // CONNECT, Remaining Length 14
                  00 04 'MQTT' 04 // protocol name and level
                  02              // Clean Session
                  00 3c           // Keep Alive 60 s
                  00 02 'c1'      // Client Identifier",
                ProtocolVersion.V311, 0);
            ConnectPacket connect = bench.Connect;
            Assert.AreEqual(ProtocolVersion.V311, connect.Version, "version");
            Assert.IsTrue(connect.CleanStart, "Clean Session");
            Assert.AreEqual(60, connect.KeepAliveS, "Keep Alive");
            Hex.AssertText("c1", packet, connect.ClientIdOffset, connect.ClientIdLength, "id");
            Assert.IsFalse(connect.HasWill, "will");
            Assert.IsFalse(connect.HasUserName, "user name");
            Assert.IsFalse(connect.HasPassword, "password");
            Assert.AreEqual(0, connect.Properties.Length, "properties");
        }

        // 3.1.1 [MQTT-3.1.3-1] [MQTT-3.1.2-9] [MQTT-3.1.2-19] [MQTT-3.1.2-21]
        [TestMethod]
        public void V311_WithEverything_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"10 20           // CONNECT, Remaining Length 32
                  00 04 'MQTT' 04 // protocol name and level
                  ec              // User Name, Password, Will Retain, Will QoS 1, Will
                  ff ff           // Keep Alive 65,535 s
                  00 03 'dev'     // Client Identifier
                  00 04 'w/t1'    // Will Topic
                  00 02 00 ff     // Will Message
                  00 01 'u'       // User Name
                  00 02 01 02     // Password",
                ProtocolVersion.V311, 0);
            ConnectPacket connect = bench.Connect;
            Assert.IsFalse(connect.CleanStart, "Clean Session");
            Assert.AreEqual(65535, connect.KeepAliveS, "Keep Alive");
            Hex.AssertText("dev", packet, connect.ClientIdOffset, connect.ClientIdLength, "id");
            Assert.IsTrue(connect.HasWill, "will");
            Assert.AreEqual(1, connect.WillQos, "Will QoS");
            Assert.IsTrue(connect.WillRetain, "Will Retain");
            Hex.AssertText(
                "w/t1", packet, connect.WillTopicOffset, connect.WillTopicLength, "Will Topic");
            Hex.AssertBytes(Hex.Parse("00 ff"), packet, connect.WillPayloadOffset,
                connect.WillPayloadLength, "Will Message");
            Hex.AssertText("u", packet, connect.UserNameOffset, connect.UserNameLength, "user");
            Hex.AssertBytes(Hex.Parse("01 02"), packet, connect.PasswordOffset,
                connect.PasswordLength, "password");
        }

        [TestMethod]
        public void V311_EmptyClientIdWithCleanSession_IsRead_MQTT_3_1_3_6()
        {
            PacketBench bench = new PacketBench();
            bench.Good("10 0c 00 04 'MQTT' 04 02 00 00 00 00", ProtocolVersion.V311, 0);
            Assert.AreEqual(0, bench.Connect.ClientIdLength, "Client Identifier");
            Assert.AreEqual(0, bench.Connect.KeepAliveS, "Keep Alive");
        }

        // [MQTT-3.1.2-16] [MQTT-3.1.2-18]
        [TestMethod]
        public void V5_Smallest_IsRead()
        {
            PacketBench bench = new PacketBench();
            bench.Good(
                @"10 0d 00 04 'MQTT' 05 00 00 00 // no Clean Start
                  00                             // Property Length
                  00 00                          // Client Identifier: the server assigns one",
                ProtocolVersion.V5, 0);
            ConnectPacket connect = bench.Connect;
            Assert.AreEqual(ProtocolVersion.V5, connect.Version, "version");
            Assert.IsFalse(connect.CleanStart, "Clean Start");
            Assert.AreEqual(0, connect.Properties.Length, "properties");
        }

        // [MQTT-3.1.3-1] [MQTT-3.1.2-9]
        [TestMethod]
        public void V5_WithEverything_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                @"10 59              // CONNECT, Remaining Length 89
                  00 04 'MQTT' 05    // protocol name and version
                  d6                 // User Name, Password, Will QoS 2, Will, Clean Start
                  00 0a              // Keep Alive 10 s
                  24                 // Property Length 36
                  11 00 00 0e 10     // Session Expiry Interval 3600
                  21 00 14           // Receive Maximum 20
                  27 00 01 00 00     // Maximum Packet Size 65536
                  22 00 0a           // Topic Alias Maximum 10
                  19 01              // Request Response Information
                  17 00              // Request Problem Information
                  26 00 01 'k' 00 01 'v' // User Property
                  15 00 01 'm'       // Authentication Method
                  16 00 02 00 ff     // Authentication Data
                  00 00              // Client Identifier
                  1d                 // Will Properties, 29 bytes
                  18 00 00 00 05     // Will Delay Interval 5
                  01 01              // Payload Format Indicator
                  02 00 00 00 0a     // Message Expiry Interval 10
                  03 00 01 't'       // Content Type
                  08 00 01 'r'       // Response Topic
                  09 00 01 00        // Correlation Data
                  26 00 00 00 00     // User Property, both strings empty
                  00 01 'w'          // Will Topic
                  00 00              // Will Payload
                  00 00              // User Name
                  00 01 ff           // Password",
                ProtocolVersion.V5, 0);
            ConnectPacket connect = bench.Connect;
            PropertySet properties = connect.Properties;
            Assert.AreEqual(3600L, properties.Number(PropertyId.SessionExpiryInterval), "expiry");
            Assert.AreEqual(20L, properties.Number(PropertyId.ReceiveMaximum), "receive");
            Assert.AreEqual(65536L, properties.Number(PropertyId.MaximumPacketSize), "size");
            Assert.AreEqual(10L, properties.Number(PropertyId.TopicAliasMaximum), "aliases");
            Assert.AreEqual(1L, properties.Number(PropertyId.RequestResponseInformation), "19");
            Assert.AreEqual(0L, properties.Number(PropertyId.RequestProblemInformation), "17");
            Hex.AssertText("m", packet, properties.TextOffset(PropertyId.AuthenticationMethod),
                properties.TextLength(PropertyId.AuthenticationMethod), "method");
            Hex.AssertBytes(Hex.Parse("00 ff"), packet,
                properties.TextOffset(PropertyId.AuthenticationData),
                properties.TextLength(PropertyId.AuthenticationData), "data");
            PropertySet will = connect.WillProperties;
            Assert.AreEqual(5L, will.Number(PropertyId.WillDelayInterval), "delay");
            Assert.AreEqual(1L, will.Number(PropertyId.PayloadFormatIndicator), "format");
            Assert.AreEqual(10L, will.Number(PropertyId.MessageExpiryInterval), "expiry of will");
            Hex.AssertText("r", packet, will.TextOffset(PropertyId.ResponseTopic),
                will.TextLength(PropertyId.ResponseTopic), "Response Topic");
            Assert.AreEqual(29, will.Length, "Will Properties");
            Assert.AreEqual(2, connect.WillQos, "Will QoS");
            Assert.IsFalse(connect.WillRetain, "Will Retain");
            Assert.IsTrue(connect.HasUserName, "user name");
            Assert.AreEqual(0, connect.UserNameLength, "user name's length");
            Assert.AreEqual(1, connect.PasswordLength, "password's length");
        }

        [TestMethod]
        public void V5_PasswordWithoutUserName_IsRead()
        {
            // Section 3.1.2.9 of MQTT 5.0: it may serve for a token.
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                "10 11 00 04 'MQTT' 05 42 00 00 00 00 00 00 02 'pw'", ProtocolVersion.V5, 0);
            Assert.IsFalse(bench.Connect.HasUserName, "user name");
            Hex.AssertText("pw", packet, bench.Connect.PasswordOffset,
                bench.Connect.PasswordLength, "password");
        }

        [TestMethod]
        public void Decode_AfterAFullerPacket_KeepsNothingOfIt()
        {
            PacketBench bench = new PacketBench();
            bench.Good(
                @"10 1e 00 04 'MQTT' 05 ce 00 09 03 21 00 07 00 01 'a'
                  00 00 01 'w' 00 01 'p' 00 01 'u' 00 01 'p'", ProtocolVersion.V5, 0);
            bench.Good("10 0c 00 04 'MQTT' 04 02 00 00 00 00", ProtocolVersion.V311, 0);
            ConnectPacket connect = bench.Connect;
            Assert.IsFalse(connect.HasWill || connect.HasUserName || connect.HasPassword, "flags");
            Assert.AreEqual(0, connect.WillQos, "Will QoS");
            Assert.AreEqual(0, connect.KeepAliveS, "Keep Alive");
            Assert.AreEqual(0, connect.WillTopicLength + connect.WillPayloadLength, "will");
            Assert.AreEqual(0, connect.UserNameLength + connect.PasswordLength, "credentials");
            Assert.IsFalse(connect.Properties.Has(PropertyId.ReceiveMaximum), "properties");
        }

        [TestMethod]
        public void Encode_WithoutAnyText_NeedsNoBuffer()
        {
            ConnectPacket connect = new ConnectPacket();
            connect.Version = ProtocolVersion.V311;
            connect.Flags = ConnectFlags.CleanStart;
            connect.KeepAliveS = 30;
            byte[] target = new byte[14];
            int size = ConnectEncoder.Encode(connect, target, 0, 14);
            Hex.AssertBytes(
                Hex.Parse("10 0c 00 04 'MQTT' 04 02 00 1e 00 00"), target, 0, size, "CONNECT");
        }

        [TestMethod]
        public void Encode_FieldLongerThanItsLengthCanSay_IsRefused()
        {
            ConnectPacket connect = new ConnectPacket();
            connect.Version = ProtocolVersion.V5;
            connect.Buffer = new byte[1];
            connect.ClientIdLength = 65536;
            byte[] target = new byte[4];
            Assert.AreEqual(-1, ConnectEncoder.Encode(connect, target, 0, 100000), "identifier");
            connect.ClientIdLength = 0;
            connect.Flags = ConnectFlags.Password;
            connect.PasswordLength = 65536;
            Assert.AreEqual(-1, ConnectEncoder.Encode(connect, target, 0, 100000), "Password");
        }
    }
}
