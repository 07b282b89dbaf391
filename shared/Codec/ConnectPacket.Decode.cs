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
            int at = offset;
            byte code = DecodeProtocol(buffer, ref at, end);
            if (code != ReasonCode.Success)
            {
                return code;
            }

            if (end - at < 3)
            {
                return Fail("the variable header is cut short");
            }

            Flags = buffer[at];
            code = CheckFlags(Flags);
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

                at = Properties.End;
            }

            return DecodePayload(buffer, at, end);
        }

        private void Clear(byte[] buffer)
        {
            Buffer = buffer;
            Version = 0;
            Flags = 0;
            KeepAliveS = 0;
            ClientIdOffset = 0;
            ClientIdLength = 0;
            WillTopicOffset = 0;
            WillTopicLength = 0;
            WillPayloadOffset = 0;
            WillPayloadLength = 0;
            UserNameOffset = 0;
            UserNameLength = 0;
            PasswordOffset = 0;
            PasswordLength = 0;
            Properties.Clear();
            WillProperties.Clear();
            Violation = null;
        }

        /// <summary>Reads name and version, up to the flags.</summary>
        private byte DecodeProtocol(byte[] buffer, ref int at, int end)
        {
            int length = TextLength(buffer, at, end);
            if (length < 0)
            {
                return Fail("the protocol name is cut short");
            }

            int name = at + 2;
            bool startsMq = length >= 4 && buffer[name] == 'M' && buffer[name + 1] == 'Q';
            bool isMqtt = startsMq && length == 4
                && buffer[name + 2] == 'T' && buffer[name + 3] == 'T';
            bool isMqIsdp = startsMq && length == 6
                && buffer[name + 2] == 'I' && buffer[name + 3] == 's'
                && buffer[name + 4] == 'd' && buffer[name + 5] == 'p';

            // [MQTT-3.1.2-1] A stranger's packet need not go on like ours.
            if (!isMqtt && !isMqIsdp)
            {
                return Fail(ReasonCode.UnsupportedProtocolVersion,
                    "the protocol name is not MQTT [MQTT-3.1.2-1]");
            }

            at = name + length;
            if (at == end)
            {
                return Fail("the variable header is cut short");
            }

            byte version = buffer[at++];
            bool isV5 = isMqtt && version == ProtocolVersion.V5;

            // Who speaks neither version is most likely to understand the older answer, which
            // MQTT 3.1.1 [MQTT-3.1.2-2] asks for: a bridge of mosquitto sets bit 7 and tries again
            // without it when it reads return code 1.
            Version = isV5 ? ProtocolVersion.V5 : ProtocolVersion.V311;
            if (isMqIsdp)
            {
                return Fail(ReasonCode.UnsupportedProtocolVersion,
                    "the client speaks MQTT 3.1, which is not supported [MQTT-3.1.2-1]");
            }

            // [MQTT-3.1.2-2]
            return isV5 || version == ProtocolVersion.V311
                ? ReasonCode.Success
                : Fail(ReasonCode.UnsupportedProtocolVersion,
                    "the protocol version is neither 4 nor 5 [MQTT-3.1.2-2]");
        }

        private byte CheckFlags(int flags)
        {
            // [MQTT-3.1.2-3]
            if ((flags & ConnectFlags.Reserved) != 0)
            {
                return Fail("the reserved Connect Flag is set [MQTT-3.1.2-3]");
            }

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
