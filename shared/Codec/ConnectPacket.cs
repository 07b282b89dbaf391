namespace EdgeBroker.Codec
{
    /// <summary>
    /// CONNECT, as a view over the bytes it came in. Statement numbers are those of MQTT 5.0 unless
    /// a comment says otherwise. Offsets point into <see cref="Buffer"/>.
    /// </summary>
    public sealed partial class ConnectPacket
    {
        private const int ReservedFlag = 0x01;
        private const int CleanStartFlag = 0x02;
        private const int WillFlag = 0x04;
        private const int WillQosShift = 3;
        private const int WillRetainFlag = 0x20;
        private const int PasswordFlag = 0x40;
        private const int UserNameFlag = 0x80;

        /// <summary>Holds the bytes that all offsets point into.</summary>
        public byte[] Buffer;

        /// <summary>The Protocol Version byte as it came; 4 and 5 after a good decode.</summary>
        public byte Version;

        /// <summary>Whether the protocol name is "MQTT"; set even when the rest fails.</summary>
        public bool IsMqttName;

        /// <summary>Whether the protocol name is "MQIsdp", that of MQTT 3.1.</summary>
        public bool IsMqIsdpName;

        /// <summary>Clean Start, in 3.1.1 Clean Session.</summary>
        public bool CleanStart;

        /// <summary>Keep Alive in seconds, 0 to 65,535; 0 turns it off.</summary>
        public int KeepAliveS;

        /// <summary>Offset of the Client Identifier.</summary>
        public int ClientIdOffset;

        /// <summary>Bytes of the Client Identifier; 0 asks the server to assign one.</summary>
        public int ClientIdLength;

        /// <summary>Whether there is a Will Message.</summary>
        public bool HasWill;

        /// <summary>QoS of the Will Message, 0 to 2.</summary>
        public byte WillQos;

        /// <summary>Whether the Will Message is to be retained.</summary>
        public bool WillRetain;

        /// <summary>Offset of the Will Topic.</summary>
        public int WillTopicOffset;

        /// <summary>Bytes of the Will Topic.</summary>
        public int WillTopicLength;

        /// <summary>Offset of the Will Payload.</summary>
        public int WillPayloadOffset;

        /// <summary>Bytes of the Will Payload.</summary>
        public int WillPayloadLength;

        /// <summary>Whether there is a User Name, which may be empty.</summary>
        public bool HasUserName;

        /// <summary>Offset of the User Name.</summary>
        public int UserNameOffset;

        /// <summary>Bytes of the User Name.</summary>
        public int UserNameLength;

        /// <summary>Whether there is a Password, which may be empty.</summary>
        public bool HasPassword;

        /// <summary>Offset of the Password.</summary>
        public int PasswordOffset;

        /// <summary>Bytes of the Password, which is binary.</summary>
        public int PasswordLength;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties = new PropertySet();

        /// <summary>The properties of the Will Message; always empty in 3.1.1.</summary>
        public readonly PropertySet WillProperties = new PropertySet();

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        private int _at;
    }
}
