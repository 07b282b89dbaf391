namespace EdgeBroker.Codec
{
    // Reading and checking of the payload.
    public sealed partial class ConnectPacket
    {
        // [MQTT-3.1.3-1] Client Identifier, Will Properties, Will Topic, Will Payload, User Name
        // and Password stand in this order.
        private byte DecodePayload(byte[] buffer, int at, int end)
        {
            // [MQTT-3.1.3-3]
            ClientIdLength = TextLength(buffer, at, end);
            if (ClientIdLength < 0)
            {
                return Fail("the Client Identifier is missing or cut short [MQTT-3.1.3-3]");
            }

            ClientIdOffset = at + 2;
            at = ClientIdOffset + ClientIdLength;

            // [MQTT-3.1.3-4]
            if (!Utf8.IsValid(buffer, ClientIdOffset, ClientIdLength))
            {
                return Fail("the Client Identifier is not valid UTF-8 [MQTT-3.1.3-4]");
            }

            byte code = HasWill ? DecodeWill(buffer, ref at, end) : ReasonCode.Success;
            if (code == ReasonCode.Success)
            {
                code = DecodeCredentials(buffer, ref at, end);
            }

            if (code != ReasonCode.Success)
            {
                return code;
            }

            // [MQTT-3.1.4-1]
            if (at != end)
            {
                return Fail("bytes stand behind the payload [MQTT-3.1.4-1]");
            }

            // MQTT 3.1.1 [MQTT-3.1.3-8]; 5.0 allows this, and the server assigns an identifier.
            if (ClientIdLength == 0 && !CleanStart && Version == ProtocolVersion.V311)
            {
                return Fail(ReasonCode.ClientIdentifierNotValid,
                    "an empty 3.1.1 Client Identifier needs Clean Session [MQTT-3.1.3-8]");
            }

            return ReasonCode.Success;
        }

        private byte DecodeWill(byte[] buffer, ref int at, int end)
        {
            if (Version == ProtocolVersion.V5)
            {
                byte code = WillProperties.Decode(buffer, at, end, PropertySet.WillTarget);
                if (code != ReasonCode.Success)
                {
                    return Fail(code, WillProperties.Violation);
                }

                at = WillProperties.End;
            }

            // [MQTT-3.1.2-9]
            WillTopicLength = TextLength(buffer, at, end);
            if (WillTopicLength < 0)
            {
                return Fail("the Will Topic is missing or cut short [MQTT-3.1.2-9]");
            }

            WillTopicOffset = at + 2;

            // [MQTT-3.1.3-11]
            if (!Utf8.IsValid(buffer, WillTopicOffset, WillTopicLength))
            {
                return Fail("the Will Topic is not valid UTF-8 [MQTT-3.1.3-11]");
            }

            at = WillTopicOffset + WillTopicLength;
            WillPayloadLength = TextLength(buffer, at, end);
            if (WillPayloadLength < 0)
            {
                return Fail("the Will Payload is missing or cut short [MQTT-3.1.2-9]");
            }

            WillPayloadOffset = at + 2;
            at = WillPayloadOffset + WillPayloadLength;
            return ReasonCode.Success;
        }

        private byte DecodeCredentials(byte[] buffer, ref int at, int end)
        {
            if (HasUserName)
            {
                // [MQTT-3.1.2-17]
                UserNameLength = TextLength(buffer, at, end);
                if (UserNameLength < 0)
                {
                    return Fail("the User Name is missing or cut short [MQTT-3.1.2-17]");
                }

                UserNameOffset = at + 2;
                at = UserNameOffset + UserNameLength;

                // [MQTT-3.1.3-12]
                if (!Utf8.IsValid(buffer, UserNameOffset, UserNameLength))
                {
                    return Fail("the User Name is not valid UTF-8 [MQTT-3.1.3-12]");
                }
            }

            if (HasPassword)
            {
                // [MQTT-3.1.2-19]
                PasswordLength = TextLength(buffer, at, end);
                if (PasswordLength < 0)
                {
                    return Fail("the Password is missing or cut short [MQTT-3.1.2-19]");
                }

                PasswordOffset = at + 2;
                at = PasswordOffset + PasswordLength;
            }

            return ReasonCode.Success;
        }
    }
}
