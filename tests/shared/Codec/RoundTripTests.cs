#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// Random packets from a fixed seed: good ones survive writing and reading, and noise is either
    /// refused or read inside its bounds.
    /// </summary>
    [TestClass]
    public sealed class RoundTripTests
    {
        private const int Rounds = 300;

        [TestMethod]
        public void Publish_Random_SurvivesWritingAndReading()
        {
            RandomBytes random = new RandomBytes(20261120);
            byte[] source = new byte[256];
            byte[] raw = new byte[64];
            byte[] target = new byte[512];
            PublishPacket written = new PublishPacket();
            PublishPacket read = new PublishPacket();
            for (int round = 0; round < Rounds; round++)
            {
                random.FillText(source);
                written.Version = (byte)(4 + random.Next(2));
                written.Buffer = source;
                written.Qos = (byte)random.Next(3);
                written.Dup = written.Qos > 0 && random.Next(2) == 1;
                written.Retain = random.Next(2) == 1;
                written.PacketId = written.Qos > 0 ? 1 + random.Next(65535) : 0;
                written.TopicOffset = random.Next(20);
                written.TopicLength = 1 + random.Next(200);
                written.PayloadOffset = random.Next(100);
                written.PayloadLength = random.Next(150);
                written.Properties.Use(raw, 0, random.Properties(raw, source));
                int size = written.Encode(target, 7, 505);
                int length;
                int used = FixedHeader.DecodeRemainingLength(target, 8, 7 + size, out length);
                Assert.AreEqual(size, 1 + used + length, "size");
                Assert.AreEqual(ReasonCode.Success, read.Decode(
                    target, 8 + used, length, target[7], written.Version), read.Violation);
                AssertSame(written, read);
            }
        }

        [TestMethod]
        public void Connect_Random_SurvivesWritingAndReading()
        {
            RandomBytes random = new RandomBytes(311);
            byte[] source = new byte[256];
            byte[] target = new byte[1024];
            byte[] again = new byte[1024];
            ConnectPacket written = new ConnectPacket();
            ConnectPacket read = new ConnectPacket();
            for (int round = 0; round < Rounds; round++)
            {
                random.FillText(source);
                Fill(written, random, source);
                int size = written.Encode(target, 0, 1024);
                int length;
                int used = FixedHeader.DecodeRemainingLength(target, 1, size, out length);
                Assert.AreEqual(ReasonCode.Success,
                    read.Decode(target, 1 + used, length), read.Violation);
                Assert.AreEqual(written.KeepAliveS, read.KeepAliveS, "Keep Alive");
                Assert.AreEqual(written.HasWill, read.HasWill, "will");
                Assert.AreEqual(written.PasswordLength, read.PasswordLength, "password");
                Assert.AreEqual(size, read.Encode(again, 0, 1024), "size");
                for (int i = 0; i < size; i++)
                {
                    Assert.AreEqual(target[i], again[i], "byte");
                }
            }
        }

        [TestMethod]
        public void Noise_InEveryPacket_IsAnsweredInsideItsBounds()
        {
            RandomBytes random = new RandomBytes(5);
            PacketBench bench = new PacketBench();
            int refused = 0;
            int good = 0;
            for (int round = 0; round < 10 * Rounds; round++)
            {
                // Arrays of exactly the size, so that a read outside of it is an exception.
                byte[] body = new byte[random.Next(24)];
                random.Fill(body, 1 + random.Next(255));
                byte first = (byte)((1 + random.Next(15)) << 4 | random.Next(16));
                byte version = (byte)(4 + random.Next(2));
                byte code = bench.DecodeBody(first, body, 0, body.Length, version);
                refused += code >= 0x80 ? 1 : 0;
                good += code == ReasonCode.Success ? 1 : 0;
                Assert.IsTrue(code == ReasonCode.Success || code >= 0x80, "a code of its own kind");
            }

            Assert.IsTrue(refused > Rounds, "noise was refused");
            Assert.IsTrue(good > 0, "and some of it happens to be good");
        }

        [TestMethod]
        public void OneByteChanged_IsAnsweredInsideItsBounds()
        {
            byte[] packet = Hex.Parse(
                @"00 04 'MQTT' 05 d6 00 0a 09 21 00 14 09 26 00 01 'k' 00 00
                  00 00 05 18 00 00 00 05 00 01 'w' 00 00 00 01 'u' 00 01 ff");
            packet[10] = 3;
            ConnectPacket connect = new ConnectPacket();
            for (int at = 0; at < packet.Length; at++)
            {
                byte before = packet[at];
                for (int value = 0; value < 256; value++)
                {
                    packet[at] = (byte)value;
                    byte code = connect.Decode(packet, 0, packet.Length);
                    Assert.AreEqual(code == ReasonCode.Success, connect.Violation == null, "words");
                }

                packet[at] = before;
            }
        }

        private static void Fill(ConnectPacket packet, RandomBytes random, byte[] source)
        {
            packet.Buffer = source;
            packet.Version = (byte)(4 + random.Next(2));
            packet.CleanStart = random.Next(2) == 1;
            packet.KeepAliveS = random.Next(65536);
            packet.ClientIdOffset = random.Next(50);
            packet.ClientIdLength = 1 + random.Next(60);
            packet.HasWill = random.Next(2) == 1;
            packet.WillQos = (byte)(packet.HasWill ? random.Next(3) : 0);
            packet.WillRetain = packet.HasWill && random.Next(2) == 1;
            packet.WillTopicOffset = random.Next(50);
            packet.WillTopicLength = packet.HasWill ? 1 + random.Next(60) : 0;
            packet.WillPayloadOffset = random.Next(50);
            packet.WillPayloadLength = packet.HasWill ? random.Next(60) : 0;
            packet.HasUserName = random.Next(2) == 1;
            packet.UserNameOffset = random.Next(50);
            packet.UserNameLength = packet.HasUserName ? random.Next(60) : 0;
            packet.HasPassword = packet.HasUserName && random.Next(2) == 1;
            packet.PasswordOffset = random.Next(50);
            packet.PasswordLength = packet.HasPassword ? random.Next(60) : 0;
        }

        private static void AssertSame(PublishPacket written, PublishPacket read)
        {
            Assert.AreEqual(written.Qos, read.Qos, "QoS");
            Assert.AreEqual(written.Dup, read.Dup, "DUP");
            Assert.AreEqual(written.Retain, read.Retain, "RETAIN");
            Assert.AreEqual(written.PacketId, read.PacketId, "Packet Identifier");
            bool isV5 = written.Version == ProtocolVersion.V5;
            AssertSame(written.Buffer, written.TopicOffset, written.TopicLength,
                read.Buffer, read.TopicOffset, read.TopicLength);
            AssertSame(written.Buffer, written.PayloadOffset, written.PayloadLength,
                read.Buffer, read.PayloadOffset, read.PayloadLength);
            AssertSame(written.Properties.Buffer, 0, isV5 ? written.Properties.Length : 0,
                read.Properties.Buffer, read.Properties.Offset, read.Properties.Length);
        }

        private static void AssertSame(
            byte[] left, int leftAt, int leftLength, byte[] right, int rightAt, int rightLength)
        {
            Assert.AreEqual(leftLength, rightLength, "length");
            for (int i = 0; i < leftLength; i++)
            {
                Assert.AreEqual(left[leftAt + i], right[rightAt + i], "byte");
            }
        }
    }
}
