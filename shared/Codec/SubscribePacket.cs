namespace EdgeBroker.Codec
{
    /// <summary>
    /// SUBSCRIBE and UNSUBSCRIBE, as a view over the bytes they came in: lists of filters, those
    /// of SUBSCRIBE with options. Statement numbers are those of MQTT 5.0 unless a comment says
    /// otherwise. Filters are checked to be UTF-8; whether they are Topic Filters is for whoever
    /// keeps topics to say, one by one.
    /// </summary>
    public sealed class SubscribePacket
    {
        /// <summary>Holds the bytes that all offsets point into.</summary>
        public byte[] Buffer;

        /// <summary>
        /// <see cref="PacketType.Subscribe"/> or <see cref="PacketType.Unsubscribe"/>.
        /// </summary>
        public byte Type;

        /// <summary>Packet Identifier, 1 to 65,535.</summary>
        public int PacketId;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties;

        /// <summary>The payload: the filters, with their options in SUBSCRIBE.</summary>
        public int FiltersOffset;

        /// <summary>Bytes of the payload.</summary>
        public int FiltersLength;

        /// <summary>Filters that a decoded packet has, at least 1.</summary>
        public int FilterCount;

        /// <summary>The filter that <see cref="Next"/> has moved to.</summary>
        public int FilterOffset;

        /// <summary>Bytes of that filter.</summary>
        public int FilterLength;

        /// <summary>
        /// Its <see cref="SubscriptionOptions"/>; in 3.1.1 only a QoS, in UNSUBSCRIBE 0.
        /// </summary>
        public byte Options;

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        /// <summary>A packet with properties of its own.</summary>
        public SubscribePacket()
            : this(new PropertySet())
        {
        }

        /// <summary>A packet that shares a set of properties with others.</summary>
        /// <param name="properties">
        /// Holds those of the packet that was decoded last, whichever that was.
        /// </param>
        public SubscribePacket(PropertySet properties)
        {
            Properties = properties;
        }

        /// <summary>
        /// Reads and checks the whole packet and rewinds. Returns the <see cref="ReasonCode"/> that
        /// a server answers with.
        /// </summary>
        public byte Decode(byte[] buffer, int offset, int length, byte firstByte, byte version)
        {
            Buffer = buffer;
            Type = (byte)(firstByte >> 4);
            Violation = null;
            FiltersLength = 0;
            FilterCount = 0;
            Properties.Clear();
            int end = offset + length;
            if (length < 2)
            {
                return Fail(ReasonCode.MalformedPacket, "the Packet Identifier is cut short");
            }

            // [MQTT-2.2.1-3]
            PacketId = buffer[offset] << 8 | buffer[offset + 1];
            if (PacketId == 0)
            {
                return Fail(ReasonCode.ProtocolError, "the Packet Identifier is 0 [MQTT-2.2.1-3]");
            }

            int at = offset + 2;
            if (version == ProtocolVersion.V5)
            {
                byte propertyCode = Properties.Decode(buffer, at, end, Type);
                if (propertyCode != ReasonCode.Success)
                {
                    return Fail(propertyCode, Properties.Violation);
                }

                at = Properties.End;
            }

            byte code = CheckFilters(buffer, at, end, version);
            if (code != ReasonCode.Success)
            {
                FilterCount = 0;
                return code;
            }

            FiltersOffset = at;
            FiltersLength = end - at;
            Rewind();
            return ReasonCode.Success;
        }

        /// <summary>Goes back before the first filter.</summary>
        public void Rewind()
        {
            // On nothing, whose options would be the byte before the first filter.
            FilterOffset = FiltersOffset - OptionsSize();
            FilterLength = 0;
        }

        /// <summary>Moves to the next filter; false when there is none.</summary>
        public bool Next()
        {
            int optionsSize = OptionsSize();
            int at = FilterOffset + FilterLength + optionsSize;
            if (at >= FiltersOffset + FiltersLength)
            {
                return false;
            }

            byte[] buffer = Buffer;
            int length = buffer[at] << 8 | buffer[at + 1];
            FilterOffset = at + 2;
            FilterLength = length;
            Options = optionsSize == 0 ? (byte)0 : buffer[at + 2 + length];
            return true;
        }

        private int OptionsSize()
        {
            return Type == PacketType.Subscribe ? 1 : 0;
        }

        private byte CheckFilters(byte[] buffer, int at, int end, byte version)
        {
            bool isSubscribe = Type == PacketType.Subscribe;
            int overhead = 2 + OptionsSize();

            // [MQTT-3.8.3-2] [MQTT-3.10.3-2]
            if (at == end)
            {
                return Fail(ReasonCode.ProtocolError, isSubscribe
                    ? "SUBSCRIBE has no filter [MQTT-3.8.3-2]"
                    : "UNSUBSCRIBE has no filter [MQTT-3.10.3-2]");
            }

            while (at < end)
            {
                int length = end - at < overhead ? end : buffer[at] << 8 | buffer[at + 1];
                if (length > end - at - overhead)
                {
                    return Fail(ReasonCode.MalformedPacket, isSubscribe
                        ? "a filter or its options are cut short [MQTT-3.8.3-2]"
                        : "a Topic Filter is cut short [MQTT-3.10.3-2]");
                }

                // [MQTT-3.8.3-1] [MQTT-3.10.3-1]
                if (!Utf8.IsValid(buffer, at + 2, length))
                {
                    return Fail(ReasonCode.MalformedPacket, isSubscribe
                        ? "a Topic Filter is not valid UTF-8 [MQTT-3.8.3-1]"
                        : "a Topic Filter is not valid UTF-8 [MQTT-3.10.3-1]");
                }

                byte code = isSubscribe
                    ? CheckOptions(buffer, at + 2, length, version)
                    : ReasonCode.Success;
                if (code != ReasonCode.Success)
                {
                    return code;
                }

                at += overhead + length;
                FilterCount++;
            }

            return ReasonCode.Success;
        }

        private byte CheckOptions(
            byte[] buffer, int filterOffset, int filterLength, byte version)
        {
            int options = buffer[filterOffset + filterLength];
            if (version != ProtocolVersion.V5)
            {
                // MQTT 3.1.1 [MQTT-3.8.3-4]
                return options <= 2
                    ? ReasonCode.Success
                    : Fail(ReasonCode.MalformedPacket,
                        "a 3.1.1 Requested QoS is not 0, 1 or 2 [MQTT-3.8.3-4]");
            }

            // [MQTT-3.8.3-5]
            if ((options & SubscriptionOptions.ReservedMask) != 0)
            {
                return Fail(ReasonCode.MalformedPacket,
                    "a reserved Subscription Option is set [MQTT-3.8.3-5]");
            }

            if ((options & SubscriptionOptions.QosMask) == 3)
            {
                return Fail(ReasonCode.ProtocolError, "Maximum QoS is 3 (section 3.8.3.1)");
            }

            const int Handling = SubscriptionOptions.RetainHandlingMask;
            if ((options & Handling) == Handling)
            {
                return Fail(ReasonCode.ProtocolError, "Retain Handling is 3 (section 3.8.3.1)");
            }

            // [MQTT-3.8.3-4]
            return (options & SubscriptionOptions.NoLocal) != 0
                && IsShared(buffer, filterOffset, filterLength)
                ? Fail(ReasonCode.ProtocolError,
                    "No Local is set on a Shared Subscription [MQTT-3.8.3-4]")
                : ReasonCode.Success;
        }

        private static bool IsShared(byte[] buffer, int at, int length)
        {
            return length >= 7 && buffer[at] == '$' && buffer[at + 1] == 's'
                && buffer[at + 2] == 'h' && buffer[at + 3] == 'a' && buffer[at + 4] == 'r'
                && buffer[at + 5] == 'e' && buffer[at + 6] == '/';
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
