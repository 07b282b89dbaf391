namespace EdgeBroker.Codec
{
    /// <summary>
    /// CONNECT, as a view over the bytes it came in. Statement numbers are those of MQTT 5.0 unless
    /// a comment says otherwise. Offsets point into <see cref="Buffer"/>.
    /// </summary>
    public sealed partial class ConnectPacket
    {
        /// <summary>Holds the bytes that all offsets point into.</summary>
        public byte[] Buffer;

        /// <summary>
        /// The <see cref="ProtocolVersion"/> that an answer has to be written for: 4 or 5 after a
        /// good decode, 4 for every other version of MQTT, and 0 when the packet is not MQTT's at
        /// all or ends before its version, so that there is nobody to answer.
        /// </summary>
        public byte Version;

        /// <summary>The Connect Flags, see <see cref="ConnectFlags"/>.</summary>
        public byte Flags;

        /// <summary>Keep Alive in seconds, 0 to 65,535; 0 turns it off.</summary>
        public int KeepAliveS;

        /// <summary>Offset of the Client Identifier.</summary>
        public int ClientIdOffset;

        /// <summary>Bytes of the Client Identifier; 0 asks the server to assign one.</summary>
        public int ClientIdLength;

        /// <summary>Offset of the Will Topic.</summary>
        public int WillTopicOffset;

        /// <summary>Bytes of the Will Topic.</summary>
        public int WillTopicLength;

        /// <summary>Offset of the Will Payload.</summary>
        public int WillPayloadOffset;

        /// <summary>Bytes of the Will Payload.</summary>
        public int WillPayloadLength;

        /// <summary>Offset of the User Name.</summary>
        public int UserNameOffset;

        /// <summary>Bytes of the User Name.</summary>
        public int UserNameLength;

        /// <summary>Offset of the Password.</summary>
        public int PasswordOffset;

        /// <summary>Bytes of the Password, which is binary.</summary>
        public int PasswordLength;

        /// <summary>
        /// The properties; always empty in 3.1.1. Other packets may borrow the set.
        /// </summary>
        public readonly PropertySet Properties = new PropertySet();

        /// <summary>The properties of the Will Message; always empty in 3.1.1.</summary>
        public readonly PropertySet WillProperties = new PropertySet();

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        // CONNECT comes once per connection: the flags cost a field of the heap less each when
        // they are taken out of their byte on demand.

        /// <summary>Clean Start, in 3.1.1 Clean Session.</summary>
        public bool CleanStart => (Flags & ConnectFlags.CleanStart) != 0;

        /// <summary>Whether there is a Will Message.</summary>
        public bool HasWill => (Flags & ConnectFlags.Will) != 0;

        /// <summary>QoS of the Will Message, 0 to 2.</summary>
        public int WillQos => (Flags & ConnectFlags.WillQosMask) >> ConnectFlags.WillQosShift;

        /// <summary>Whether the Will Message is to be retained.</summary>
        public bool WillRetain => (Flags & ConnectFlags.WillRetain) != 0;

        /// <summary>Whether there is a User Name, which may be empty.</summary>
        public bool HasUserName => (Flags & ConnectFlags.UserName) != 0;

        /// <summary>Whether there is a Password, which may be empty.</summary>
        public bool HasPassword => (Flags & ConnectFlags.Password) != 0;

        /// <summary>
        /// Session Expiry Interval in seconds, as its 32 bits: 0 when the session ends with the
        /// connection, -1 when it never ends. In 3.1.1 Clean Session says which of these two.
        /// </summary>
        public int ExpiryS()
        {
            if (Version != ProtocolVersion.V5)
            {
                return CleanStart ? 0 : -1;
            }

            long expiryS = Properties.Number(PropertyId.SessionExpiryInterval);
            return expiryS > 0 ? (int)expiryS : 0;
        }

        /// <summary>Will Delay Interval in seconds; 0 in 3.1.1 and without a Will.</summary>
        public long WillDelayS()
        {
            long delayS = HasWill && Version == ProtocolVersion.V5
                ? WillProperties.Number(PropertyId.WillDelayInterval)
                : 0;
            return delayS > 0 ? delayS : 0;
        }
    }
}
