using Code = EdgeBroker.Codec.ReasonCode;

namespace EdgeBroker.Codec.Client
{
    /// <summary>AUTH, which only MQTT 5.0 has; the statement numbers are from there.</summary>
    public sealed class AuthPacket
    {
        /// <summary>Success, Continue authentication or Re-authenticate.</summary>
        public byte ReasonCode;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties = new PropertySet();

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        /// <summary>Reads Reason Code and properties; returns a Reason Code.</summary>
        public byte Decode(byte[] buffer, int offset, int length, byte version)
        {
            ReasonCode = Code.Success;
            Violation = null;
            Properties.Clear();
            if (version != ProtocolVersion.V5)
            {
                return Fail(Code.MalformedPacket, "MQTT 3.1.1 has no AUTH packet");
            }

            // Section 3.15.2.1: Success without properties may be left out altogether, although
            // section 3.15.2.2.2 asks for an Authentication Method. What is there must have one.
            if (length == 0)
            {
                return Code.Success;
            }

            // [MQTT-3.15.2-1]
            ReasonCode = buffer[offset];
            if (!ReasonCodeRules.IsAllowed(ReasonCode, PacketType.Auth))
            {
                return Fail(Code.ProtocolError,
                    "the Reason Code does not belong into AUTH [MQTT-3.15.2-1]");
            }

            return DecodeProperties(buffer, offset + 1, offset + length);
        }

        /// <summary>
        /// Writes the packet from the fields; with neither code nor properties it has no body.
        /// Returns its size in bytes, or -1 when it does not fit.
        /// </summary>
        public int Encode(byte[] target, int offset, int capacity)
        {
            bool hasBody = ReasonCode != Code.Success || Properties.Length > 0;
            int remaining = hasBody ? 1 + PropertyWriter.SectionSize(Properties.Length) : 0;
            int at = FixedHeader.Write(target, offset, capacity, PacketType.Auth << 4, remaining);
            if (at < 0)
            {
                return -1;
            }

            if (!hasBody)
            {
                return at - offset;
            }

            target[at] = ReasonCode;
            return PropertyWriter.WriteSection(
                target, at + 1, Properties.Buffer, Properties.Offset, Properties.Length) - offset;
        }

        private byte DecodeProperties(byte[] buffer, int at, int end)
        {
            byte code = Properties.Decode(buffer, at, end, PacketType.Auth);
            if (code != Code.Success)
            {
                return Fail(code, Properties.Violation);
            }

            if (Properties.End != end)
            {
                return Fail(Code.MalformedPacket, "bytes stand behind the properties of AUTH");
            }

            return Properties.Has(PropertyId.AuthenticationMethod)
                ? Code.Success
                : Fail(Code.ProtocolError,
                    "AUTH has no Authentication Method (section 3.15.2.2.2)");
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
