using Code = EdgeBroker.Codec.ReasonCode;

namespace EdgeBroker.Codec
{
    /// <summary>
    /// PUBACK, PUBREC, PUBREL, PUBCOMP and DISCONNECT, which have one shape: a Packet Identifier in
    /// all but the last, and in 5.0 a Reason Code and properties, both of which may be left out.
    /// Statement numbers are those of MQTT 5.0.
    /// </summary>
    public sealed class ReasonPacket
    {
        /// <summary>Packet Identifier, 1 to 65,535; 0 in DISCONNECT, which has none.</summary>
        public int PacketId;

        /// <summary>
        /// Success, or Normal disconnection, in every 3.1.1 packet. A PUBREC with 0x80 or above
        /// ends its flow: no PUBREL answers it (section 4.3.3).
        /// </summary>
        public byte ReasonCode;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties;

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        /// <summary>A packet with properties of its own.</summary>
        public ReasonPacket()
            : this(new PropertySet())
        {
        }

        /// <summary>A packet that shares a set of properties with others.</summary>
        /// <param name="properties">
        /// Holds those of the packet that was decoded last, whichever that was.
        /// </param>
        public ReasonPacket(PropertySet properties)
        {
            Properties = properties;
        }

        /// <summary>
        /// Reads what there is and returns the <see cref="Codec.ReasonCode"/> that the receiver
        /// answers with. What only one side may send is not told apart here: [MQTT-3.14.2-2] is the
        /// receiver's to check.
        /// </summary>
        public byte Decode(byte[] buffer, int offset, int length, byte firstByte, byte version)
        {
            byte type = (byte)(firstByte >> 4);
            int at = offset;
            int end = offset + length;
            PacketId = 0;
            ReasonCode = Code.Success;
            Violation = null;
            Properties.Clear();
            if (type != PacketType.Disconnect)
            {
                if (length < 2)
                {
                    return Fail(Code.MalformedPacket, "the acknowledgement is cut short");
                }

                // [MQTT-2.2.1-5]
                PacketId = buffer[at] << 8 | buffer[at + 1];
                at += 2;
                if (PacketId == 0)
                {
                    return Fail(Code.ProtocolError,
                        "the Packet Identifier of an acknowledgement is 0 [MQTT-2.2.1-5]");
                }
            }

            if (at == end)
            {
                return Code.Success;
            }

            if (version != ProtocolVersion.V5)
            {
                return Fail(Code.MalformedPacket, "a 3.1.1 packet has a Reason Code");
            }

            // [MQTT-3.4.2-1] [MQTT-3.5.2-1] [MQTT-3.6.2-1] [MQTT-3.7.2-1] [MQTT-3.14.2-1]
            ReasonCode = buffer[at++];
            if (!ReasonCodeRules.IsAllowed(ReasonCode, type))
            {
                return Fail(Code.ProtocolError, ViolationOfReasonCode(type));
            }

            // Sections 3.4.2.2.1 and 3.14.2.2.1: without a Property Length there are no properties.
            return at == end ? Code.Success : DecodeProperties(buffer, at, end, type);
        }

        private byte DecodeProperties(byte[] buffer, int at, int end, byte type)
        {
            byte code = Properties.Decode(buffer, at, end, type);
            if (code != Code.Success)
            {
                return Fail(code, Properties.Violation);
            }

            return Properties.End == end
                ? Code.Success
                : Fail(Code.MalformedPacket, "bytes stand behind the properties");
        }

        private static string ViolationOfReasonCode(byte type)
        {
            switch (type)
            {
                case PacketType.Puback:
                    return "the Reason Code does not belong into PUBACK [MQTT-3.4.2-1]";
                case PacketType.Pubrec:
                    return "the Reason Code does not belong into PUBREC [MQTT-3.5.2-1]";
                case PacketType.Pubrel:
                    return "the Reason Code does not belong into PUBREL [MQTT-3.6.2-1]";
                case PacketType.Pubcomp:
                    return "the Reason Code does not belong into PUBCOMP [MQTT-3.7.2-1]";
                default:
                    return "the Reason Code does not belong into DISCONNECT [MQTT-3.14.2-1]";
            }
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
