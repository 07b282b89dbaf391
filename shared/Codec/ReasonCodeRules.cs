namespace EdgeBroker.Codec
{
    /// <summary>
    /// Which Reason Code may stand in which Control Packet: MQTT 5.0, table 2-6. Where table 2-6
    /// and the packet's own table differ (0x8C in DISCONNECT), the wider of the two counts.
    /// </summary>
    public static class ReasonCodeRules
    {
        private const byte FirstFailure = ReasonCode.UnspecifiedError;
        private const byte LastFailure = ReasonCode.WildcardSubscriptionsNotSupported;

        private const int Connack = 1 << PacketType.Connack;
        private const int Publishes = 1 << PacketType.Puback | 1 << PacketType.Pubrec;
        private const int Releases = 1 << PacketType.Pubrel | 1 << PacketType.Pubcomp;
        private const int Suback = 1 << PacketType.Suback;
        private const int Unsuback = 1 << PacketType.Unsuback;
        private const int Disconnect = 1 << PacketType.Disconnect;
        private const int Auth = 1 << PacketType.Auth;
        private const int Subscribes = Suback | Unsuback;
        private const int Ends = Connack | Disconnect;

        // One bit per packet type, indexed by the Reason Code less 0x80.
        private static readonly int[] _failures =
        {
            Ends | Publishes | Subscribes, // 0x80 Unspecified error
            Ends,                          // 0x81 Malformed Packet
            Ends,                          // 0x82 Protocol Error
            Ends | Publishes | Subscribes, // 0x83 Implementation specific error
            Connack,                       // 0x84 Unsupported Protocol Version
            Connack,                       // 0x85 Client Identifier not valid
            Connack,                       // 0x86 Bad User Name or Password
            Ends | Publishes | Subscribes, // 0x87 Not authorized
            Connack,                       // 0x88 Server unavailable
            Ends,                          // 0x89 Server busy
            Connack,                       // 0x8A Banned
            Disconnect,                    // 0x8B Server shutting down
            Ends,                          // 0x8C Bad authentication method
            Disconnect,                    // 0x8D Keep Alive timeout
            Disconnect,                    // 0x8E Session taken over
            Disconnect | Subscribes,       // 0x8F Topic Filter invalid
            Ends | Publishes,              // 0x90 Topic Name invalid
            Publishes | Subscribes,        // 0x91 Packet Identifier in use
            Releases,                      // 0x92 Packet Identifier not found
            Disconnect,                    // 0x93 Receive Maximum exceeded
            Disconnect,                    // 0x94 Topic Alias invalid
            Ends,                          // 0x95 Packet too large
            Disconnect,                    // 0x96 Message rate too high
            Ends | Publishes | Suback,     // 0x97 Quota exceeded
            Disconnect,                    // 0x98 Administrative action
            Ends | Publishes,              // 0x99 Payload format invalid
            Ends,                          // 0x9A Retain not supported
            Ends,                          // 0x9B QoS not supported
            Ends,                          // 0x9C Use another server
            Ends,                          // 0x9D Server moved
            Disconnect | Suback,           // 0x9E Shared Subscriptions not supported
            Ends,                          // 0x9F Connection rate exceeded
            Disconnect,                    // 0xA0 Maximum connect time
            Disconnect | Suback,           // 0xA1 Subscription Identifiers not supported
            Disconnect | Suback,           // 0xA2 Wildcard Subscriptions not supported
        };

        /// <summary>
        /// Whether <paramref name="reasonCode"/> may stand in a packet of type
        /// <paramref name="packetType"/> (4 bits), no matter which side sends it.
        /// </summary>
        public static bool IsAllowed(byte reasonCode, byte packetType)
        {
            int packets;
            if (reasonCode >= FirstFailure)
            {
                packets = reasonCode > LastFailure ? 0 : _failures[reasonCode - FirstFailure];
            }
            else
            {
                packets = PacketsOfSuccess(reasonCode);
            }

            return (packets & 1 << packetType) != 0;
        }

        private static int PacketsOfSuccess(byte reasonCode)
        {
            switch (reasonCode)
            {
                case ReasonCode.Success:
                    return Ends | Publishes | Releases | Subscribes | Auth;
                case ReasonCode.GrantedQos1:
                case ReasonCode.GrantedQos2:
                    return Suback;
                case ReasonCode.DisconnectWithWillMessage:
                    return Disconnect;
                case ReasonCode.NoMatchingSubscribers:
                    return Publishes;
                case ReasonCode.NoSubscriptionExisted:
                    return Unsuback;
                case ReasonCode.ContinueAuthentication:
                case ReasonCode.ReAuthenticate:
                    return Auth;
                default:
                    return 0;
            }
        }
    }
}
