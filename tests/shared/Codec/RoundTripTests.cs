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
                byte version = (byte)(4 + random.Next(2));
                written.Buffer = source;
                written.Qos = (byte)random.Next(3);
                bool isDup = written.Qos > 0 && random.Next(2) == 1;
                written.Retain = random.Next(2) == 1;
                written.PacketId = written.Qos > 0 ? 1 + random.Next(65535) : 0;
                written.TopicOffset = random.Next(20);
                written.TopicLength = 1 + random.Next(200);
                written.PayloadOffset = random.Next(100);
                written.PayloadLength = random.Next(150);
                written.Properties.Use(raw, 0, random.Properties(raw, source));
                int size = PublishEncoder.Encode(written, version, isDup, target, 7, 505);
                int length;
                int used = FixedHeader.DecodeRemainingLength(target, 8, 7 + size, out length);
                Assert.AreEqual(size, 1 + used + length, "size");
                Assert.AreEqual(ReasonCode.Success, read.Decode(
                    target, 8 + used, length, target[7], version), read.Violation);
                Assert.AreEqual(isDup, (target[7] & PublishPacket.DupFlag) != 0, "DUP");
                AssertSame(written, read, version);
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
                int size = ConnectEncoder.Encode(written, target, 0, 1024);
                int length;
                int used = FixedHeader.DecodeRemainingLength(target, 1, size, out length);
                Assert.AreEqual(ReasonCode.Success,
                    read.Decode(target, 1 + used, length), read.Violation);
                Assert.AreEqual(written.KeepAliveS, read.KeepAliveS, "Keep Alive");
                Assert.AreEqual(written.HasWill, read.HasWill, "will");
                Assert.AreEqual(written.PasswordLength, read.PasswordLength, "password");
                Assert.AreEqual(size, ConnectEncoder.Encode(read, again, 0, 1024), "size");
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

        [TestMethod]
        public void PropertiesOfOnePacket_AreNotThoseOfTheNext()
        {
            PacketBench bench = new PacketBench();
            byte[] full = Hex.Parse("30 08 00 01 't' 04 03 00 01 'c'");
            string[] empty =
            {
                "10 0c 00 04 'MQTT' 04 02 00 00 00 00", "30 03 00 01 't'", "40 02 12 34",
                "50 02 12 34", "62 02 12 34", "70 02 12 34", "82 06 00 01 00 01 'a' 00",
                "a2 05 00 01 00 01 'a'", "e0 00",
            };
            for (int i = 0; i < empty.Length; i++)
            {
                byte[] next = Hex.Parse(empty[i]);
                bench.Decode(full, 0, full.Length, ProtocolVersion.V5);
                Assert.IsTrue(bench.Publish.Properties.Has(PropertyId.ContentType), "before");
                byte code = bench.Decode(next, 0, next.Length, ProtocolVersion.V311);
                Assert.AreEqual(ReasonCode.Success, code, empty[i]);
                Assert.AreEqual(0, bench.Publish.Properties.Length, empty[i]);
            }
        }

        private static void Fill(ConnectPacket packet, RandomBytes random, byte[] source)
        {
            bool hasWill = random.Next(2) == 1;
            bool hasUserName = random.Next(2) == 1;
            bool hasPassword = hasUserName && random.Next(2) == 1;
            int flags = random.Next(2) == 1 ? ConnectFlags.CleanStart : 0;
            if (hasWill)
            {
                flags |= ConnectFlags.Will | random.Next(3) << ConnectFlags.WillQosShift;
                flags |= random.Next(2) == 1 ? ConnectFlags.WillRetain : 0;
            }

            flags |= hasUserName ? ConnectFlags.UserName : 0;
            flags |= hasPassword ? ConnectFlags.Password : 0;
            packet.Buffer = source;
            packet.Version = (byte)(4 + random.Next(2));
            packet.Flags = (byte)flags;
            packet.KeepAliveS = random.Next(65536);
            packet.ClientIdOffset = random.Next(50);
            packet.ClientIdLength = 1 + random.Next(60);
            packet.WillTopicOffset = random.Next(50);
            packet.WillTopicLength = hasWill ? 1 + random.Next(60) : 0;
            packet.WillPayloadOffset = random.Next(50);
            packet.WillPayloadLength = hasWill ? random.Next(60) : 0;
            packet.UserNameOffset = random.Next(50);
            packet.UserNameLength = hasUserName ? random.Next(60) : 0;
            packet.PasswordOffset = random.Next(50);
            packet.PasswordLength = hasPassword ? random.Next(60) : 0;
        }

        private static void AssertSame(PublishPacket written, PublishPacket read, byte version)
        {
            Assert.AreEqual(written.Qos, read.Qos, "QoS");
            Assert.AreEqual(written.Retain, read.Retain, "RETAIN");
            Assert.AreEqual(written.PacketId, read.PacketId, "Packet Identifier");
            bool isV5 = version == ProtocolVersion.V5;
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
