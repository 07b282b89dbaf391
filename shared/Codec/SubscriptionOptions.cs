namespace EdgeBroker.Codec
{
    /// <summary>Masks of the Subscription Options byte (MQTT 5.0, section 3.8.3.1).</summary>
    public static class SubscriptionOptions
    {
        /// <summary>Maximum QoS, 0 to 2; the only field that MQTT 3.1.1 has.</summary>
        public const byte QosMask = 0x03;

        /// <summary>Do not send a client its own Application Messages.</summary>
        public const byte NoLocal = 0x04;

        /// <summary>Keep the RETAIN flag that a message was published with.</summary>
        public const byte RetainAsPublished = 0x08;

        /// <summary>
        /// In merged options, beside RetainAsPublished: only filters with No Local ask for it, so
        /// it does not hold for the client's own messages.
        /// </summary>
        public const byte RetainOfOthers = 0x40;

        /// <summary>Retain Handling, 0 to 2 once shifted.</summary>
        public const byte RetainHandlingMask = 0x30;

        /// <summary>Position of Retain Handling in the byte.</summary>
        public const int RetainHandlingShift = 4;

        /// <summary>Bits that must be zero in MQTT 5.0.</summary>
        public const byte ReservedMask = 0xC0;
    }
}
