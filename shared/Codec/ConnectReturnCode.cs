namespace EdgeBroker.Codec
{
    /// <summary>
    /// Connect Return codes of a 3.1.1 CONNACK (MQTT 3.1.1, table 3.1), and the one place where
    /// they are made from Reason Codes and turned back into them.
    /// </summary>
    public static class ConnectReturnCode
    {
        public const byte Accepted = 0;
        public const byte UnacceptableProtocolVersion = 1;
        public const byte IdentifierRejected = 2;
        public const byte ServerUnavailable = 3;
        public const byte BadUserNameOrPassword = 4;
        public const byte NotAuthorized = 5;

        /// <summary>The 3.1.1 code for a 5.0 Reason Code; what has no match is 3.</summary>
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
                default:
                    return ServerUnavailable;
            }
        }

        /// <summary>
        /// The Reason Code for a 3.1.1 code, or <see cref="ReasonCode.ProtocolError"/> for the
        /// reserved codes 6 to 255.
        /// </summary>
        public static byte ToReasonCode(byte returnCode)
        {
            switch (returnCode)
            {
                case Accepted:
                    return ReasonCode.Success;
                case UnacceptableProtocolVersion:
                    return ReasonCode.UnsupportedProtocolVersion;
                case IdentifierRejected:
                    return ReasonCode.ClientIdentifierNotValid;
                case ServerUnavailable:
                    return ReasonCode.ServerUnavailable;
                case BadUserNameOrPassword:
                    return ReasonCode.BadUserNameOrPassword;
                case NotAuthorized:
                    return ReasonCode.NotAuthorized;
                default:
                    return ReasonCode.ProtocolError;
            }
        }
    }
}
