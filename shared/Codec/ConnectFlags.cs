namespace EdgeBroker.Codec
{
    /// <summary>Masks of the Connect Flags byte (MQTT 5.0, section 3.1.2.3).</summary>
    public static class ConnectFlags
    {
        /// <summary>Must be zero [MQTT-3.1.2-3].</summary>
        public const byte Reserved = 0x01;

        /// <summary>Clean Start, in 3.1.1 Clean Session.</summary>
        public const byte CleanStart = 0x02;

        /// <summary>There is a Will Message.</summary>
        public const byte Will = 0x04;

        /// <summary>QoS of the Will Message, 0 to 2 once shifted.</summary>
        public const byte WillQosMask = 0x18;

        /// <summary>Position of the Will QoS in the byte.</summary>
        public const int WillQosShift = 3;

        /// <summary>The Will Message is to be retained.</summary>
        public const byte WillRetain = 0x20;

        /// <summary>There is a Password, which may be empty.</summary>
        public const byte Password = 0x40;

        /// <summary>There is a User Name, which may be empty.</summary>
        public const byte UserName = 0x80;
    }
}
