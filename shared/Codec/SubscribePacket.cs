namespace EdgeBroker.Codec
{
    /// <summary>
    /// SUBSCRIBE, as a view over the bytes it came in. Statement numbers are those of MQTT 5.0
    /// unless a comment says otherwise. Filters are checked to be UTF-8, not to be valid Topic
    /// Filters: a bad one is answered on its own in SUBACK.
    /// </summary>
    public sealed class SubscribePacket
    {
        /// <summary>Holds the bytes that all offsets point into.</summary>
        public byte[] Buffer;

        /// <summary>A <see cref="ProtocolVersion"/>, 4 or 5.</summary>
        public byte Version;

        /// <summary>Packet Identifier, 1 to 65,535.</summary>
        public int PacketId;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties = new PropertySet();

        /// <summary>The payload: filters with their options.</summary>
        public int FiltersOffset;

        /// <summary>Bytes of the payload.</summary>
        public int FiltersLength;

        /// <summary>Filters that a decoded packet has, at least 1.</summary>
        public int FilterCount;

        /// <summary>The filter that <see cref="Next"/> has moved to.</summary>
        public int FilterOffset;

        /// <summary>Bytes of that filter.</summary>
        public int FilterLength;

        /// <summary>Its <see cref="SubscriptionOptions"/>; in 3.1.1 only a QoS.</summary>
        public byte Options;

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        private int _at;

        /// <summary>
        /// Reads and checks the whole packet and rewinds. Returns the <see cref="ReasonCode"/> that
        /// a server answers with.
        /// </summary>
        public byte Decode(byte[] buffer, int offset, int length, byte version)
        {
            Buffer = buffer;
            Version = version;
            Violation = null;
            FiltersLength = 0;
            FilterCount = 0;
            Properties.Clear();
            int end = offset + length;
            if (length < 2)
            {
                return Fail(ReasonCode.MalformedPacket, "SUBSCRIBE is cut short");
            }

            // [MQTT-2.2.1-3]
            PacketId = buffer[offset] << 8 | buffer[offset + 1];
            if (PacketId == 0)
            {
                return Fail(ReasonCode.ProtocolError,
                    "the Packet Identifier of SUBSCRIBE is 0 [MQTT-2.2.1-3]");
            }

            int at = offset + 2;
            if (version == ProtocolVersion.V5)
            {
                byte propertyCode = Properties.Decode(buffer, at, end, PacketType.Subscribe);
                if (propertyCode != ReasonCode.Success)
                {
                    return Fail(propertyCode, Properties.Violation);
                }

                at += Properties.SectionLength;
            }

            byte code = CheckFilters(buffer, at, end);
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
            _at = FiltersOffset;
        }

        /// <summary>Moves to the next filter; false when there is none.</summary>
        public bool Next()
        {
            int at = _at;
            if (at >= FiltersOffset + FiltersLength)
            {
                return false;
            }

            byte[] buffer = Buffer;
            int length = buffer[at] << 8 | buffer[at + 1];
            FilterOffset = at + 2;
            FilterLength = length;
            Options = buffer[at + 2 + length];
            _at = at + 3 + length;
            return true;
        }

        /// <summary>
        /// Writes the packet with the payload that stands at <see cref="FiltersOffset"/>. Returns
        /// its size, or -1 when it does not fit.
        /// </summary>
        public int Encode(byte[] target, int offset, int capacity)
        {
            bool isV5 = Version == ProtocolVersion.V5;
            int remaining = 2 + FiltersLength + (isV5 ? Properties.EncodedSize() : 0);

            // [MQTT-3.8.1-1] SUBSCRIBE has the flags 0010.
            int at = FixedHeader.Write(
                target, offset, capacity, PacketType.Subscribe << 4 | 2, remaining);
            if (at < 0)
            {
                return -1;
            }

            target[at] = (byte)(PacketId >> 8);
            target[at + 1] = (byte)PacketId;
            at += 2;
            if (isV5)
            {
                at = Properties.Write(target, at);
            }

            System.Array.Copy(Buffer, FiltersOffset, target, at, FiltersLength);
            return at + FiltersLength - offset;
        }

        /// <summary>
        /// Writes one filter with its options at an offset of a payload that is being built.
        /// Returns the offset behind it, or -1 when it takes more than <paramref name="capacity"/>
        /// bytes or the filter is over 65,535 bytes.
        /// </summary>
        public static int AppendFilter(
            byte[] target, int offset, int capacity,
            byte[] filter, int filterOffset, int filterLength, byte options)
        {
            if (filterLength > 0xFFFF || filterLength > capacity - 3)
            {
                return -1;
            }

            target[offset] = (byte)(filterLength >> 8);
            target[offset + 1] = (byte)filterLength;
            System.Array.Copy(filter, filterOffset, target, offset + 2, filterLength);
            target[offset + 2 + filterLength] = options;
            return offset + 3 + filterLength;
        }

        private byte CheckFilters(byte[] buffer, int at, int end)
        {
            // [MQTT-3.8.3-2]
            if (at == end)
            {
                return Fail(ReasonCode.ProtocolError, "SUBSCRIBE has no filter [MQTT-3.8.3-2]");
            }

            while (at < end)
            {
                int length = end - at < 3 ? end : buffer[at] << 8 | buffer[at + 1];
                if (length > end - at - 3)
                {
                    return Fail(ReasonCode.MalformedPacket,
                        "a filter or its options are cut short [MQTT-3.8.3-2]");
                }

                // [MQTT-3.8.3-1]
                if (!Utf8.IsValid(buffer, at + 2, length))
                {
                    return Fail(ReasonCode.MalformedPacket,
                        "a Topic Filter is not valid UTF-8 [MQTT-3.8.3-1]");
                }

                byte code = CheckOptions(buffer, at + 2, length);
                if (code != ReasonCode.Success)
                {
                    return code;
                }

                at += 3 + length;
                FilterCount++;
            }

            return ReasonCode.Success;
        }

        private byte CheckOptions(byte[] buffer, int filterOffset, int filterLength)
        {
            int options = buffer[filterOffset + filterLength];
            if (Version != ProtocolVersion.V5)
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
