using Code = EdgeBroker.Codec.ReasonCode;

namespace EdgeBroker.Codec.Client
{
    /// <summary>
    /// SUBACK and UNSUBACK as a client reads them: one Reason Code per Topic Filter, in order.
    /// Statement numbers are those of MQTT 5.0 unless a comment says otherwise.
    /// </summary>
    public sealed class SubackPacket
    {
        /// <summary><see cref="PacketType.Suback"/> or <see cref="PacketType.Unsuback"/>.</summary>
        public byte Type;

        /// <summary>Packet Identifier, 1 to 65,535.</summary>
        public int PacketId;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties = new PropertySet();

        /// <summary>Holds the Reason Codes.</summary>
        public byte[] Codes;

        /// <summary>Offset of the first code.</summary>
        public int CodesOffset;

        /// <summary>Number of codes; always 0 in a decoded 3.1.1 UNSUBACK.</summary>
        public int CodeCount;

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        /// <summary>Reads variable header and payload; returns a Reason Code.</summary>
        public byte Decode(byte[] buffer, int offset, int length, byte firstByte, byte version)
        {
            Type = (byte)(firstByte >> 4);
            Codes = buffer;
            CodeCount = 0;
            Violation = null;
            Properties.Clear();
            int end = offset + length;
            if (length < 2)
            {
                return Fail(Code.MalformedPacket, "the acknowledgement is cut short");
            }

            // [MQTT-2.2.1-6]
            PacketId = buffer[offset] << 8 | buffer[offset + 1];
            if (PacketId == 0)
            {
                return Fail(Code.ProtocolError,
                    "the Packet Identifier of an acknowledgement is 0 [MQTT-2.2.1-6]");
            }

            int at = offset + 2;
            if (version == ProtocolVersion.V5)
            {
                byte code = Properties.Decode(buffer, at, end, Type);
                if (code != Code.Success)
                {
                    return Fail(code, Properties.Violation);
                }

                at = Properties.End;
            }

            CodesOffset = at;
            return CheckCodes(buffer, at, end, version);
        }

        private byte CheckCodes(byte[] buffer, int at, int end, byte version)
        {
            if (version != ProtocolVersion.V5 && Type == PacketType.Unsuback)
            {
                return at == end
                    ? Code.Success
                    : Fail(Code.MalformedPacket, "a 3.1.1 UNSUBACK has a payload");
            }

            if (at == end)
            {
                return Fail(Code.ProtocolError, "the acknowledgement has no Reason Code");
            }

            for (int i = at; i < end; i++)
            {
                // [MQTT-3.9.3-2] [MQTT-3.11.3-2], and MQTT 3.1.1 [MQTT-3.9.3-2].
                byte code = buffer[i];
                bool isValid = version == ProtocolVersion.V5
                    ? ReasonCodeRules.IsAllowed(code, Type)
                    : code <= Code.GrantedQos2 || code == Code.UnspecifiedError;
                if (!isValid)
                {
                    return Fail(Code.ProtocolError, Type == PacketType.Suback
                        ? "a Reason Code does not belong into SUBACK [MQTT-3.9.3-2]"
                        : "a Reason Code does not belong into UNSUBACK [MQTT-3.11.3-2]");
                }
            }

            CodeCount = end - at;
            return Code.Success;
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
