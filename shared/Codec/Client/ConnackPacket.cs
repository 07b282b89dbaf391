using Code = EdgeBroker.Codec.ReasonCode;

namespace EdgeBroker.Codec.Client
{
    /// <summary>
    /// CONNACK of both versions, as a client reads it. Statement numbers are those of MQTT 5.0.
    /// </summary>
    public sealed class ConnackPacket
    {
        /// <summary>Whether the server has a Session for this client.</summary>
        public bool SessionPresent;

        /// <summary>In 5.0 numbering for both versions.</summary>
        public byte ReasonCode;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties = new PropertySet();

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        /// <summary>Reads variable header and properties; returns a Reason Code.</summary>
        public byte Decode(byte[] buffer, int offset, int length, byte version)
        {
            Violation = null;
            Properties.Clear();
            bool isV5 = version == ProtocolVersion.V5;
            if (isV5 ? length < 3 : length != 2)
            {
                return Fail(Code.MalformedPacket, "CONNACK has the wrong length");
            }

            // [MQTT-3.2.2-1]
            int flags = buffer[offset];
            if (flags > 1)
            {
                return Fail(Code.MalformedPacket, "a reserved CONNACK flag is set [MQTT-3.2.2-1]");
            }

            SessionPresent = flags == 1;
            byte code = buffer[offset + 1];
            if (!isV5)
            {
                // MQTT 3.1.1, table 3.1: codes 6 to 255 are reserved.
                if (code > ConnectReturnCode.NotAuthorized)
                {
                    return Fail(Code.ProtocolError, "the CONNACK return code is reserved");
                }

                code = ToReasonCode(code);
            }

            ReasonCode = code;

            // [MQTT-3.2.2-8]
            if (!ReasonCodeRules.IsAllowed(code, PacketType.Connack))
            {
                return Fail(Code.ProtocolError,
                    "the Reason Code does not belong into CONNACK [MQTT-3.2.2-8]");
            }

            // [MQTT-3.2.2-6]
            if (SessionPresent && code != Code.Success)
            {
                return Fail(Code.ProtocolError,
                    "Session Present is set in a refusal [MQTT-3.2.2-6]");
            }

            return isV5 ? DecodeProperties(buffer, offset + 2, offset + length) : Code.Success;
        }

        /// <summary>
        /// The Reason Code for a 3.1.1 code, or <see cref="Code.ProtocolError"/> for the
        /// reserved codes 6 to 255.
        /// </summary>
        public static byte ToReasonCode(byte returnCode)
        {
            switch (returnCode)
            {
                case ConnectReturnCode.Accepted:
                    return Code.Success;
                case ConnectReturnCode.UnacceptableProtocolVersion:
                    return Code.UnsupportedProtocolVersion;
                case ConnectReturnCode.IdentifierRejected:
                    return Code.ClientIdentifierNotValid;
                case ConnectReturnCode.ServerUnavailable:
                    return Code.ServerUnavailable;
                case ConnectReturnCode.BadUserNameOrPassword:
                    return Code.BadUserNameOrPassword;
                case ConnectReturnCode.NotAuthorized:
                    return Code.NotAuthorized;
                default:
                    return Code.ProtocolError;
            }
        }

        private byte DecodeProperties(byte[] buffer, int at, int end)
        {
            byte code = Properties.Decode(buffer, at, end, PacketType.Connack);
            if (code != Code.Success)
            {
                return Fail(code, Properties.Violation);
            }

            return Properties.End == end
                ? Code.Success
                : Fail(Code.MalformedPacket, "bytes stand behind the properties of CONNACK");
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
