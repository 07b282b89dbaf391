using Code = EdgeBroker.Codec.ReasonCode;

namespace EdgeBroker.Codec
{
    /// <summary>DISCONNECT of both versions. Statement numbers are those of MQTT 5.0.</summary>
    public sealed class DisconnectPacket
    {
        /// <summary>Protocol version that <see cref="Encode"/> writes for.</summary>
        public byte Version;

        /// <summary>Normal disconnection in every 3.1.1 packet.</summary>
        public byte ReasonCode;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties = new PropertySet();

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        /// <summary>
        /// Reads Reason Code and properties, if there are any; returns a Reason Code. What only one
        /// side may send is not told apart here: [MQTT-3.14.2-2] is the receiver's to check.
        /// </summary>
        public byte Decode(byte[] buffer, int offset, int length, byte version)
        {
            Version = version;
            ReasonCode = Code.NormalDisconnection;
            Violation = null;
            Properties.Clear();
            if (length == 0)
            {
                return Code.Success;
            }

            if (version != ProtocolVersion.V5)
            {
                return Fail(Code.MalformedPacket, "a 3.1.1 DISCONNECT has a body");
            }

            // [MQTT-3.14.2-1]
            ReasonCode = buffer[offset];
            if (!ReasonCodeRules.IsAllowed(ReasonCode, PacketType.Disconnect))
            {
                return Fail(Code.ProtocolError,
                    "the Reason Code does not belong into DISCONNECT [MQTT-3.14.2-1]");
            }

            // Section 3.14.2.2.1: a Remaining Length below 2 means no properties.
            return length == 1
                ? Code.Success
                : DecodeProperties(buffer, offset + 1, offset + length);
        }

        /// <summary>
        /// Writes the packet from the fields in its shortest form. Returns its size in bytes, or -1
        /// when it does not fit.
        /// </summary>
        public int Encode(byte[] target, int offset, int capacity)
        {
            bool hasProperties = Version == ProtocolVersion.V5 && Properties.Length > 0;
            bool hasCode = Version == ProtocolVersion.V5
                && (hasProperties || ReasonCode != Code.NormalDisconnection);
            int remaining = hasCode ? 1 : 0;
            remaining += hasProperties ? Properties.EncodedSize() : 0;
            int at = FixedHeader.Write(
                target, offset, capacity, PacketType.Disconnect << 4, remaining);
            if (at < 0)
            {
                return -1;
            }

            if (hasCode)
            {
                target[at++] = ReasonCode;
            }

            return (hasProperties ? Properties.Write(target, at) : at) - offset;
        }

        private byte DecodeProperties(byte[] buffer, int at, int end)
        {
            byte code = Properties.Decode(buffer, at, end, PacketType.Disconnect);
            if (code != Code.Success)
            {
                return Fail(code, Properties.Violation);
            }

            return at + Properties.SectionLength == end
                ? Code.Success
                : Fail(Code.MalformedPacket, "bytes stand behind the properties of DISCONNECT");
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
