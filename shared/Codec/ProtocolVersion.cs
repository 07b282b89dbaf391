namespace EdgeBroker.Codec
{
    /// <summary>The Protocol Level (3.1.1) or Protocol Version (5.0) byte of CONNECT.</summary>
    public static class ProtocolVersion
    {
        /// <summary>MQTT 3.1, whose protocol name is "MQIsdp": recognised and refused.</summary>
        public const byte V31 = 3;

        /// <summary>MQTT 3.1.1.</summary>
        public const byte V311 = 4;

        /// <summary>MQTT 5.0.</summary>
        public const byte V5 = 5;
    }
}
