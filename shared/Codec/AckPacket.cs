using Code = EdgeBroker.Codec.ReasonCode;

namespace EdgeBroker.Codec
{
    /// <summary>
    /// PUBACK, PUBREC, PUBREL and PUBCOMP, which have one shape (numbering of MQTT 5.0).
    /// </summary>
    public sealed class AckPacket
    {
        /// <summary>One of the four packet types.</summary>
        public byte Type;

        /// <summary>Protocol version that <see cref="Encode"/> writes for.</summary>
        public byte Version;

        /// <summary>Packet Identifier, 1 to 65,535.</summary>
        public int PacketId;

        /// <summary>Success in every 3.1.1 packet.</summary>
        public byte ReasonCode;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties = new PropertySet();

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        /// <summary>Reads variable header and properties; returns a Reason Code.</summary>
        public byte Decode(byte[] buffer, int offset, int length, byte firstByte, byte version)
        {
            Type = (byte)(firstByte >> 4);
            Version = version;
            ReasonCode = Code.Success;
            Violation = null;
            Properties.Clear();
            if (length < 2 || length > 2 && version != ProtocolVersion.V5)
            {
                return Fail(Code.MalformedPacket, "the acknowledgement has the wrong length");
            }

            // [MQTT-2.2.1-5]
            PacketId = buffer[offset] << 8 | buffer[offset + 1];
            if (PacketId == 0)
            {
                return Fail(Code.ProtocolError,
                    "the Packet Identifier of an acknowledgement is 0 [MQTT-2.2.1-5]");
            }

            if (length == 2)
            {
                return Code.Success;
            }

            // [MQTT-3.4.2-1] [MQTT-3.5.2-1] [MQTT-3.6.2-1] [MQTT-3.7.2-1]
            ReasonCode = buffer[offset + 2];
            if (!ReasonCodeRules.IsAllowed(ReasonCode, Type))
            {
                return Fail(Code.ProtocolError, ViolationOfReasonCode());
            }

            // Section 3.4.2.2.1: a Remaining Length below 4 means no properties.
            return length == 3
                ? Code.Success
                : DecodeProperties(buffer, offset + 3, offset + length);
        }

        /// <summary>
        /// Writes the packet from the fields in its shortest form. Returns its size in bytes, or -1
        /// when it does not fit.
        /// </summary>
        public int Encode(byte[] target, int offset, int capacity)
        {
            bool hasProperties = Version == ProtocolVersion.V5 && Properties.Length > 0;
            bool hasCode = Version == ProtocolVersion.V5
                && (hasProperties || ReasonCode != Code.Success);
            int remaining = hasCode ? 3 : 2;
            remaining += hasProperties ? Properties.EncodedSize() : 0;

            // [MQTT-3.6.1-1] PUBREL has the flags 0010.
            int firstByte = Type << 4 | (Type == PacketType.Pubrel ? 2 : 0);
            int at = FixedHeader.Write(target, offset, capacity, firstByte, remaining);
            if (at < 0)
            {
                return -1;
            }

            target[at] = (byte)(PacketId >> 8);
            target[at + 1] = (byte)PacketId;
            at += 2;
            if (hasCode)
            {
                target[at++] = ReasonCode;
            }

            return (hasProperties ? Properties.Write(target, at) : at) - offset;
        }

        private byte DecodeProperties(byte[] buffer, int at, int end)
        {
            byte code = Properties.Decode(buffer, at, end, Type);
            if (code != Code.Success)
            {
                return Fail(code, Properties.Violation);
            }

            return at + Properties.SectionLength == end
                ? Code.Success
                : Fail(Code.MalformedPacket, "bytes stand behind the properties");
        }

        private string ViolationOfReasonCode()
        {
            switch (Type)
            {
                case PacketType.Puback:
                    return "the Reason Code does not belong into PUBACK [MQTT-3.4.2-1]";
                case PacketType.Pubrec:
                    return "the Reason Code does not belong into PUBREC [MQTT-3.5.2-1]";
                case PacketType.Pubrel:
                    return "the Reason Code does not belong into PUBREL [MQTT-3.6.2-1]";
                default:
                    return "the Reason Code does not belong into PUBCOMP [MQTT-3.7.2-1]";
            }
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
