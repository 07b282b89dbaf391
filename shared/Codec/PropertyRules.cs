namespace EdgeBroker.Codec
{
    /// <summary>
    /// The type of each property and the packets it may stand in: MQTT 5.0, table 2-4, indexed by
    /// Property Identifier.
    /// </summary>
    public static class PropertyRules
    {
        /// <summary>The highest Property Identifier there is.</summary>
        public const byte LastId = PropertyId.SharedSubscriptionAvailable;

        // The types of fixed size are their size in bytes.
        internal const byte Byte = 1;
        internal const byte TwoByte = 2;
        internal const byte FourByte = 4;
        internal const byte Variable = 5;
        internal const byte Text = 6;
        internal const byte Binary = 7;
        internal const byte Pair = 8;

        private const int Will = 1 << PropertySet.WillTarget;
        private const int Connect = 1 << PacketType.Connect;
        private const int Connack = 1 << PacketType.Connack;
        private const int Publish =
            1 << PacketType.Publish | 1 << PropertySet.PublishFromServer;
        private const int Acks = 1 << PacketType.Puback | 1 << PacketType.Pubrec
            | 1 << PacketType.Pubrel | 1 << PacketType.Pubcomp;
        private const int Subscribe = 1 << PacketType.Subscribe;
        private const int Subacks = 1 << PacketType.Suback | 1 << PacketType.Unsuback;
        private const int Unsubscribe = 1 << PacketType.Unsubscribe;
        private const int Disconnect = 1 << PacketType.Disconnect;
        private const int Auth = 1 << PacketType.Auth;
        private const int Message = Publish | Will;
        private const int Handshake = Connect | Connack;
        private const int Answers = Connack | Acks | Subacks | Disconnect | Auth;
        private const int Everything =
            Message | Handshake | Acks | Subscribe | Subacks | Unsubscribe | Disconnect | Auth;

        /// <summary>The type of each property; 0 where no property has that identifier.</summary>
        internal static readonly byte[] Types =
        {
            0, Byte, FourByte, Text, 0, 0, 0, 0,            // 0x00: format, expiry, content type
            Text, Binary, 0, Variable, 0, 0, 0, 0,          // 0x08: response, correlation, sub. id
            0, FourByte, Text, TwoByte, 0, Text, Binary, Byte, // 0x10: session, client id, auth.
            FourByte, Byte, Text, 0, Text, 0, 0, Text,      // 0x18: will delay, response info
            0, TwoByte, TwoByte, TwoByte, Byte, Byte, Pair, FourByte, // 0x20: maxima, user property
            Byte, Byte, Byte,                               // 0x28: what a server offers
        };

        /// <summary>One bit per packet that a property may stand in.</summary>
        internal static readonly int[] Targets =
        {
            0,                       // 0x00
            Message,                 // 0x01 Payload Format Indicator
            Message,                 // 0x02 Message Expiry Interval
            Message,                 // 0x03 Content Type
            0, 0, 0, 0,              // 0x04
            Message,                 // 0x08 Response Topic
            Message,                 // 0x09 Correlation Data
            0,                       // 0x0A
            Publish | Subscribe,     // 0x0B Subscription Identifier
            0, 0, 0, 0, 0,           // 0x0C
            Handshake | Disconnect,  // 0x11 Session Expiry Interval
            Connack,                 // 0x12 Assigned Client Identifier
            Connack,                 // 0x13 Server Keep Alive
            0,                       // 0x14
            Handshake | Auth,        // 0x15 Authentication Method
            Handshake | Auth,        // 0x16 Authentication Data
            Connect,                 // 0x17 Request Problem Information
            Will,                    // 0x18 Will Delay Interval
            Connect,                 // 0x19 Request Response Information
            Connack,                 // 0x1A Response Information
            0,                       // 0x1B
            Connack | Disconnect,    // 0x1C Server Reference
            0, 0,                    // 0x1D
            Answers,                 // 0x1F Reason String
            0,                       // 0x20
            Handshake,               // 0x21 Receive Maximum
            Handshake,               // 0x22 Topic Alias Maximum
            Publish,                 // 0x23 Topic Alias
            Connack,                 // 0x24 Maximum QoS
            Connack,                 // 0x25 Retain Available
            Everything,              // 0x26 User Property
            Handshake,               // 0x27 Maximum Packet Size
            Connack,                 // 0x28 Wildcard Subscription Available
            Connack,                 // 0x29 Subscription Identifier Available
            Connack,                 // 0x2A Shared Subscription Available
        };

        /// <summary>
        /// Whether a property exists and may stand in a packet: a type of
        /// <see cref="PacketType"/>, <see cref="PropertySet.WillTarget"/> or
        /// <see cref="PropertySet.PublishFromServer"/>.
        /// </summary>
        public static bool IsAllowed(byte id, byte target)
        {
            return id <= LastId && (Targets[id] & 1 << target) != 0;
        }
    }
}
