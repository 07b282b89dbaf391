namespace EdgeBroker.Codec
{
    // Reading and checking of the variable header.
    public sealed partial class ConnectPacket
    {
        /// <summary>
        /// Reads variable header and payload. Returns the <see cref="ReasonCode"/> that a server
        /// answers with; an unknown protocol name or version is
        /// <see cref="ReasonCode.UnsupportedProtocolVersion"/>. The Will Topic is checked to be
        /// UTF-8, not to be a valid Topic Name.
        /// </summary>
        public byte Decode(byte[] buffer, int offset, int length)
        {
            Clear(buffer);
            int end = offset + length;
            int at = DecodeProtocol(buffer, offset, end);
            if (at < 0)
            {
                return Fail("the protocol name is cut short");
            }

            // [MQTT-3.1.2-1]
            if (!IsMqttName)
            {
                return Fail(ReasonCode.UnsupportedProtocolVersion, IsMqIsdpName
                    ? "the client speaks MQTT 3.1, which is not supported [MQTT-3.1.2-1]"
                    : "the protocol name is not MQTT [MQTT-3.1.2-1]");
            }

            // [MQTT-3.1.2-2]
            if (Version != ProtocolVersion.V311 && Version != ProtocolVersion.V5)
            {
                return Fail(ReasonCode.UnsupportedProtocolVersion,
                    "the protocol version is neither 4 nor 5 [MQTT-3.1.2-2]");
            }

            if (end - at < 3)
            {
                return Fail("the variable header is cut short");
            }

            int flags = buffer[at];
            byte code = DecodeFlags(flags);
            if (code != ReasonCode.Success)
            {
                return code;
            }

            KeepAliveS = buffer[at + 1] << 8 | buffer[at + 2];
            at += 3;
            if (Version == ProtocolVersion.V5)
            {
                code = Properties.Decode(buffer, at, end, PacketType.Connect);
                if (code != ReasonCode.Success)
                {
                    return Fail(code, Properties.Violation);
                }

                at += Properties.SectionLength;
            }

            return DecodePayload(buffer, at, end);
        }

        private void Clear(byte[] buffer)
        {
            Buffer = buffer;
            Version = 0;
            IsMqttName = false;
            IsMqIsdpName = false;
            CleanStart = false;
            KeepAliveS = 0;
            ClientIdOffset = 0;
            ClientIdLength = 0;
            HasWill = false;
            WillQos = 0;
            WillRetain = false;
            WillTopicOffset = 0;
            WillTopicLength = 0;
            WillPayloadOffset = 0;
            WillPayloadLength = 0;
            HasUserName = false;
            UserNameOffset = 0;
            UserNameLength = 0;
            HasPassword = false;
            PasswordOffset = 0;
            PasswordLength = 0;
            Properties.Clear();
            WillProperties.Clear();
            Violation = null;
        }

        /// <summary>Reads name and version; returns the offset of the flags, or -1.</summary>
        private int DecodeProtocol(byte[] buffer, int at, int end)
        {
            int length = TextLength(buffer, at, end);
            if (length < 0)
            {
                return -1;
            }

            at += 2;
            bool startsMq = length >= 4 && buffer[at] == 'M' && buffer[at + 1] == 'Q';
            IsMqttName = startsMq && length == 4 && buffer[at + 2] == 'T' && buffer[at + 3] == 'T';
            IsMqIsdpName = startsMq && length == 6 && buffer[at + 2] == 'I'
                && buffer[at + 3] == 's' && buffer[at + 4] == 'd' && buffer[at + 5] == 'p';
            at += length;
            if (at < end)
            {
                Version = buffer[at];
                return at + 1;
            }

            // A stranger's packet need not go on like ours.
            return IsMqttName || IsMqIsdpName ? -1 : at;
        }

        private byte DecodeFlags(int flags)
        {
            // [MQTT-3.1.2-3]
            if ((flags & ReservedFlag) != 0)
            {
                return Fail("the reserved Connect Flag is set [MQTT-3.1.2-3]");
            }

            CleanStart = (flags & CleanStartFlag) != 0;
            HasWill = (flags & WillFlag) != 0;
            WillQos = (byte)(flags >> WillQosShift & 3);
            WillRetain = (flags & WillRetainFlag) != 0;
            HasUserName = (flags & UserNameFlag) != 0;
            HasPassword = (flags & PasswordFlag) != 0;

            // [MQTT-3.1.2-11]
            if (!HasWill && WillQos != 0)
            {
                return Fail("Will QoS is set without a Will [MQTT-3.1.2-11]");
            }

            // [MQTT-3.1.2-12]
            if (WillQos == 3)
            {
                return Fail("Will QoS is 3 [MQTT-3.1.2-12]");
            }

            // [MQTT-3.1.2-13]
            if (!HasWill && WillRetain)
            {
                return Fail("Will Retain is set without a Will [MQTT-3.1.2-13]");
            }

            // MQTT 3.1.1 [MQTT-3.1.2-22]; in 5.0 a password may stand alone.
            if (HasPassword && !HasUserName && Version == ProtocolVersion.V311)
            {
                return Fail("a 3.1.1 password has no user name [MQTT-3.1.2-22]");
            }

            return ReasonCode.Success;
        }

        /// <summary>Length of the string or binary data at an offset, or -1 if cut short.</summary>
        private static int TextLength(byte[] buffer, int at, int end)
        {
            if (end - at < 2)
            {
                return -1;
            }

            int length = buffer[at] << 8 | buffer[at + 1];
            return length > end - at - 2 ? -1 : length;
        }

        private byte Fail(string violation)
        {
            return Fail(ReasonCode.MalformedPacket, violation);
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
