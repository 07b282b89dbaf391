namespace EdgeBroker.Codec
{
    /// <summary>
    /// Connect Return codes of a 3.1.1 CONNACK (MQTT 3.1.1, table 3.1), and the one place where
    /// they are made from Reason Codes.
    /// </summary>
    public static class ConnectReturnCode
    {
        public const byte Accepted = 0;
        public const byte UnacceptableProtocolVersion = 1;
        public const byte IdentifierRejected = 2;
        public const byte ServerUnavailable = 3;
        public const byte BadUserNameOrPassword = 4;
        public const byte NotAuthorized = 5;

        /// <summary>
        /// Not a code: the connection is closed without CONNACK, because the CONNECT itself is
        /// wrong (MQTT 3.1.1, [MQTT-3.1.4-1]). A client that read code 3 would try for ever.
        /// </summary>
        public const byte NoAnswer = 0xFF;

        /// <summary>
        /// The 3.1.1 code for a 5.0 Reason Code: <see cref="NoAnswer"/> for a packet that is
        /// malformed, breaks the protocol or has an invalid Will Topic, and 3 for what has no match
        /// otherwise.
        /// </summary>
        public static byte FromReasonCode(byte reasonCode)
        {
            switch (reasonCode)
            {
                case ReasonCode.Success:
                    return Accepted;
                case ReasonCode.UnsupportedProtocolVersion:
                    return UnacceptableProtocolVersion;
                case ReasonCode.ClientIdentifierNotValid:
                    return IdentifierRejected;
                case ReasonCode.BadUserNameOrPassword:
                    return BadUserNameOrPassword;
                case ReasonCode.NotAuthorized:
                case ReasonCode.Banned:
                case ReasonCode.BadAuthenticationMethod:
                    return NotAuthorized;
                case ReasonCode.MalformedPacket:
                case ReasonCode.ProtocolError:
                case ReasonCode.TopicNameInvalid:
                    return NoAnswer;
                default:
                    return ServerUnavailable;
            }
        }
    }
}
