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
    /// One packet object of each kind, fed with whole packets in a way that shows a read outside of
    /// their bytes: in arrays of exactly their size, and in the middle of foreign bytes.
    /// </summary>
    public sealed class PacketBench
    {
        public const byte NeedMore = 0xFE;
        private const int Margin = 5;

        public readonly ConnectPacket Connect = new ConnectPacket();
        public readonly ConnackPacket Connack = new ConnackPacket();
        public readonly PublishPacket Publish;
        public readonly ReasonPacket Reason;
        public readonly SubscribePacket Subscribe;
        public readonly SubackPacket Suback = new SubackPacket();
        public readonly AuthPacket Auth = new AuthPacket();

        /// <summary>What the last packet's decoder said.</summary>
        public string Violation;

        // What the packet objects do not keep of the packet that was decoded last.
        private byte _first;
        private byte _version;

        /// <summary>The packets that a broker takes share their properties, as there.</summary>
        public PacketBench()
        {
            Publish = new PublishPacket(Connect.Properties);
            Reason = new ReasonPacket(Connect.Properties);
            Subscribe = new SubscribePacket(Connect.Properties);
        }

        /// <summary>
        /// A good packet: decodes and encodes to the same bytes, wherever it stands, and is neither
        /// taken too early nor read too far when it is cut.
        /// </summary>
        /// <param name="text">The packet as annotated hex.</param>
        /// <param name="version">Its protocol version.</param>
        /// <param name="goodCuts">How many cuts of its body are themselves good bodies.</param>
        public byte[] Good(string text, byte version, int goodCuts)
        {
            return Good(text, version, goodCuts, null);
        }

        /// <summary>A good packet that is written in another way than it came.</summary>
        public byte[] Good(string text, byte version, int goodCuts, string written)
        {
            byte[] packet = Hex.Parse(text);
            byte[] expected = written == null ? packet : Hex.Parse(written);
            byte code = Decode(packet, 0, packet.Length, version);
            Assert.AreEqual(ReasonCode.Success, code, "in place: " + Violation);
            AssertEncodes(expected);
            byte[] embedded = Embed(packet, packet.Length, 0xFF);
            code = Decode(embedded, Margin, packet.Length, version);
            Assert.AreEqual(ReasonCode.Success, code, "embedded: " + Violation);
            AssertEncodes(expected);
            CutStream(packet, version);
            Assert.AreEqual(goodCuts, CutBody(packet, version), "cuts that are good packets");
            Decode(packet, 0, packet.Length, version);
            return packet;
        }

        /// <summary>
        /// A bad packet: refused with this code, and with words that hold this statement number,
        /// whatever bytes stand around it. It too is cut everywhere.
        /// </summary>
        public void Bad(string text, byte version, byte expected, string statement)
        {
            byte[] packet = Hex.Parse(text);
            byte code = Decode(packet, 0, packet.Length, version);
            Assert.AreEqual(expected, code, "in place: " + Violation);
            Assert.IsTrue(Violation != null && Violation.IndexOf(statement) >= 0,
                "the violation names " + statement + ": " + Violation);
            code = Decode(Embed(packet, packet.Length, 0xFF), Margin, packet.Length, version);
            Assert.AreEqual(expected, code, "among FF: " + Violation);
            code = Decode(Embed(packet, packet.Length, 0x00), Margin, packet.Length, version);
            Assert.AreEqual(expected, code, "among 00: " + Violation);
            CutStream(packet, version);
            CutBody(packet, version);
        }

        /// <summary>Decodes one whole packet, as a server or a client would.</summary>
        public byte Decode(byte[] buffer, int offset, int count, byte version)
        {
            Violation = null;
            int end = offset + count;
            int length;
            int used = FixedHeader.DecodeRemainingLength(buffer, offset + 1, end, out length);
            if (used == 0)
            {
                return NeedMore;
            }

            byte code = FixedHeader.CheckFlags(buffer[offset]);
            if (used < 0 || code != ReasonCode.Success)
            {
                Violation = "fixed header";
                return ReasonCode.MalformedPacket;
            }

            return length > count - 1 - used
                ? NeedMore
                : DecodeBody(buffer[offset], buffer, offset + 1 + used, length, version);
        }

        /// <summary>Encodes the packet that was decoded last as it stands in its object.</summary>
        public int Encode(byte[] target, int offset, int capacity)
        {
            byte type = (byte)(_first >> 4);
            switch (type)
            {
                case PacketType.Connect:
                    return ConnectEncoder.Encode(Connect, target, offset, capacity);
                case PacketType.Connack:
                    PropertySet properties = Connack.Properties;
                    return ConnackEncoder.Encode(target, offset, capacity, _version,
                        Connack.SessionPresent, Connack.ReasonCode,
                        properties.Buffer, properties.Offset, properties.Length);
                case PacketType.Publish:
                    bool isDuplicate = (_first & PublishPacket.DupFlag) != 0;
                    return PublishEncoder.Encode(
                        Publish, _version, isDuplicate, target, offset, capacity);
                case PacketType.Subscribe:
                case PacketType.Unsubscribe:
                    return SubscribeEncoder.Encode(Subscribe, _version, target, offset, capacity);
                case PacketType.Suback:
                case PacketType.Unsuback:
                    return SubackEncoder.Encode(target, offset, capacity, _version,
                        type, Suback.PacketId, Suback.Codes, Suback.CodesOffset, Suback.CodeCount);
                case PacketType.Pingreq:
                    return PingPacket.EncodeRequest(target, offset, capacity);
                case PacketType.Pingresp:
                    return PingPacket.EncodeResponse(target, offset, capacity);
                case PacketType.Disconnect:
                    properties = Reason.Properties;
                    return DisconnectEncoder.Encode(target, offset, capacity, Reason.ReasonCode,
                        properties.Buffer, properties.Offset, properties.Length);
                case PacketType.Auth:
                    return Auth.Encode(target, offset, capacity);
                default:
                    return AckEncoder.Encode(Reason, type, _version, target, offset, capacity);
            }
        }

        /// <summary>Fails unless the packet decoded last encodes to these bytes.</summary>
        public void AssertEncodes(byte[] packet)
        {
            int size = packet.Length;
            byte[] target = new byte[size + 2 * Margin];
            Assert.AreEqual(-1, Encode(target, Margin, size - 1), "one byte too few");
            Assert.AreEqual((byte)0, target[Margin], "written although it does not fit");
            Assert.AreEqual(size, Encode(target, Margin, size), "encoded size");
            Hex.AssertBytes(packet, target, Margin, size, "encoded");
            for (int i = 0; i < Margin; i++)
            {
                Assert.AreEqual((byte)0, target[i], "written before the packet");
                Assert.AreEqual((byte)0, target[Margin + size + i], "written behind the packet");
            }
        }

        /// <summary>Decodes variable header and payload with the object for this type.</summary>
        public byte DecodeBody(byte first, byte[] buffer, int offset, int length, byte version)
        {
            byte code;
            _first = first;
            _version = version;
            switch (first >> 4)
            {
                case PacketType.Connect:
                    code = Connect.Decode(buffer, offset, length);
                    Violation = Connect.Violation;
                    return code;
                case PacketType.Connack:
                    code = Connack.Decode(buffer, offset, length, version);
                    Violation = Connack.Violation;
                    return code;
                case PacketType.Publish:
                    code = Publish.Decode(buffer, offset, length, first, version);
                    Violation = Publish.Violation;
                    return code;
                case PacketType.Subscribe:
                case PacketType.Unsubscribe:
                    code = Subscribe.Decode(buffer, offset, length, first, version);
                    Violation = Subscribe.Violation;
                    return code;
                case PacketType.Suback:
                case PacketType.Unsuback:
                    code = Suback.Decode(buffer, offset, length, first, version);
                    Violation = Suback.Violation;
                    return code;
                case PacketType.Pingreq:
                case PacketType.Pingresp:
                    return PingPacket.Decode(length);
                case PacketType.Auth:
                    code = Auth.Decode(buffer, offset, length, version);
                    Violation = Auth.Violation;
                    return code;
                default:
                    code = Reason.Decode(buffer, offset, length, first, version);
                    Violation = Reason.Violation;
                    return code;
            }
        }

        // Every prefix of the stream is a packet that has not arrived yet.
        private void CutStream(byte[] packet, byte version)
        {
            for (int count = 0; count < packet.Length; count++)
            {
                byte[] cut = new byte[count];
                System.Array.Copy(packet, 0, cut, 0, count);
                byte code = Decode(cut, 0, count, version);
                Assert.IsTrue(code == NeedMore || Violation == "fixed header",
                    "a part of the packet was taken for the whole");
            }
        }

        // Every prefix of the body, announced as if it were all, is judged by its own bytes alone.
        private int CutBody(byte[] packet, byte version)
        {
            int length;
            int start = 1 + FixedHeader.DecodeRemainingLength(
                packet, 1, packet.Length, out length);
            int good = 0;
            for (int count = 0; count < packet.Length - start; count++)
            {
                byte[] cut = new byte[count];
                System.Array.Copy(packet, start, cut, 0, count);
                byte code = DecodeBody(packet[0], cut, 0, count, version);
                byte[] embedded = Embed(cut, count, 0xFF);
                Assert.AreEqual(code, DecodeBody(packet[0], embedded, Margin, count, version),
                    "bytes behind the packet were looked at");
                Assert.IsTrue(code == ReasonCode.Success || Violation != null || start == 1,
                    "a refusal without a reason");
                good += code == ReasonCode.Success ? 1 : 0;
            }

            return good;
        }

        private static byte[] Embed(byte[] packet, int count, byte filler)
        {
            byte[] embedded = new byte[count + 2 * Margin];
            for (int i = 0; i < embedded.Length; i++)
            {
                embedded[i] = filler;
            }

            System.Array.Copy(packet, 0, embedded, Margin, count);
            return embedded;
        }
    }
}
