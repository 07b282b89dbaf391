namespace EdgeBroker.Codec
{
    // Reading and checking. Section numbers are those of MQTT 5.0, as are the statements.
    public sealed partial class PropertySet
    {
        /// <summary>
        /// Reads a Property Length and the properties behind it, and checks everything that can be
        /// checked without knowing the rest of the packet. Returns a <see cref="ReasonCode"/>;
        /// after a failure the set is empty and <see cref="Violation"/> says why.
        /// </summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Property Length.</param>
        /// <param name="end">The end of the packet; the section may end earlier.</param>
        /// <param name="target">
        /// A <see cref="PacketType"/>, <see cref="WillTarget"/> or <see cref="PublishFromServer"/>.
        /// </param>
        public byte Decode(byte[] buffer, int offset, int end, byte target)
        {
            Clear();
            int length;
            int used = FixedHeader.DecodeRemainingLength(buffer, offset, end, out length);
            if (used <= 0 || length > end - offset - used)
            {
                return Fail(ReasonCode.MalformedPacket, "the properties are cut short");
            }

            // [MQTT-1.5.5-1]
            if (used > FixedHeader.SizeOf(length))
            {
                return Fail(ReasonCode.MalformedPacket,
                    "the Property Length is not in its shortest form [MQTT-1.5.5-1]");
            }

            int start = offset + used;
            byte code = Check(buffer, start, start + length, target);
            if (code == ReasonCode.Success)
            {
                Buffer = buffer;
                Offset = start;
                Length = length;
            }

            return code;
        }

        private byte Check(byte[] buffer, int at, int end, byte target)
        {
            byte[] types = PropertyRules.Types;
            int[] targets = PropertyRules.Targets;
            int targetBit = 1 << target;
            long seen = 0;
            while (at < end)
            {
                byte id = buffer[at++];

                // Section 2.2.2.2: an identifier that is not valid for its packet is malformed.
                if (id > PropertyRules.LastId || (targets[id] & targetBit) == 0)
                {
                    return Fail(ReasonCode.MalformedPacket,
                        "a property does not belong into this packet (section 2.2.2.2)");
                }

                long bit = 1L << id;
                if ((seen & bit) != 0 && !MayRepeat(id, target))
                {
                    return Fail(ReasonCode.ProtocolError,
                        "a property stands more than once (section 2.2.2.2)");
                }

                seen |= bit;
                int size = SizeOfValue(buffer, at, end, types[id]);
                if (size < 0)
                {
                    return Fail(ReasonCode.MalformedPacket, "a property is cut short");
                }

                byte code = CheckValue(buffer, at, size, id, target);
                if (code != ReasonCode.Success)
                {
                    return code;
                }

                at += size;
            }

            if ((seen & 1L << PropertyId.AuthenticationData) != 0
                && (seen & 1L << PropertyId.AuthenticationMethod) == 0)
            {
                return Fail(ReasonCode.ProtocolError,
                    "Authentication Data without Authentication Method (section 3.1.2.11.10)");
            }

            return ReasonCode.Success;
        }

        private static bool MayRepeat(byte id, byte target)
        {
            return id == PropertyId.UserProperty
                || id == PropertyId.SubscriptionIdentifier && target == PublishFromServer;
        }

        private byte CheckValue(byte[] buffer, int at, int size, byte id, byte target)
        {
            switch (PropertyRules.Types[id])
            {
                case PropertyRules.Byte:
                    return CheckByte(buffer[at]);
                case PropertyRules.TwoByte:
                    return CheckTwoByte(buffer[at] << 8 | buffer[at + 1], id);
                case PropertyRules.FourByte:
                    bool isZero =
                        (buffer[at] | buffer[at + 1] | buffer[at + 2] | buffer[at + 3]) == 0;
                    return isZero && id == PropertyId.MaximumPacketSize
                        ? Fail(ReasonCode.ProtocolError,
                            "Maximum Packet Size is 0 (section 3.1.2.11.4)")
                        : ReasonCode.Success;
                case PropertyRules.Variable:
                    return CheckSubscriptionIdentifier(buffer, at, size, target);
                case PropertyRules.Text:
                    return CheckText(buffer, at + 2, size - 2, id);
                case PropertyRules.Pair:
                    int nameLength = buffer[at] << 8 | buffer[at + 1];
                    int valueOffset = at + 2 + nameLength + 2;
                    int valueLength = at + size - valueOffset;

                    // [MQTT-1.5.7-1] Both strings of a pair are UTF-8 Encoded Strings.
                    return Utf8.IsValid(buffer, at + 2, nameLength)
                        && Utf8.IsValid(buffer, valueOffset, valueLength)
                        ? ReasonCode.Success
                        : Fail(ReasonCode.MalformedPacket,
                            "a User Property is not valid UTF-8 [MQTT-1.5.7-1]");
                default:
                    return ReasonCode.Success;
            }
        }

        private byte CheckByte(int value)
        {
            // Every property of this type is a flag, or a Maximum QoS of 0 or 1: leaving that one
            // out is how a server says 2 (section 3.2.2.3.4).
            return value <= 1
                ? ReasonCode.Success
                : Fail(ReasonCode.ProtocolError, "a property that is 0 or 1 is larger");
        }

        private byte CheckTwoByte(int value, byte id)
        {
            if (value == 0 && id == PropertyId.ReceiveMaximum)
            {
                return Fail(ReasonCode.ProtocolError,
                    "Receive Maximum is 0 (section 3.1.2.11.3)");
            }

            // [MQTT-3.3.2-8]
            return value == 0 && id == PropertyId.TopicAlias
                ? Fail(ReasonCode.TopicAliasInvalid, "Topic Alias is 0 [MQTT-3.3.2-8]")
                : ReasonCode.Success;
        }

        private byte CheckSubscriptionIdentifier(byte[] buffer, int at, int size, byte target)
        {
            // [MQTT-3.3.4-6]
            if (target == PacketType.Publish)
            {
                return Fail(ReasonCode.ProtocolError,
                    "a PUBLISH from a client has a Subscription Identifier [MQTT-3.3.4-6]");
            }

            // [MQTT-1.5.5-1] A last byte of zero is superfluous, unless it is the only one.
            if (size > 1 && buffer[at + size - 1] == 0)
            {
                return Fail(ReasonCode.MalformedPacket,
                    "the Subscription Identifier is not in its shortest form [MQTT-1.5.5-1]");
            }

            return buffer[at] == 0
                ? Fail(ReasonCode.ProtocolError,
                    "Subscription Identifier is 0 (section 3.8.2.1.2)")
                : ReasonCode.Success;
        }

        private byte CheckText(byte[] buffer, int offset, int length, byte id)
        {
            // [MQTT-1.5.4-1] [MQTT-1.5.4-2]
            if (!Utf8.IsValid(buffer, offset, length))
            {
                return Fail(ReasonCode.MalformedPacket,
                    "a property is not valid UTF-8 [MQTT-1.5.4-1]");
            }

            if (id != PropertyId.ResponseTopic)
            {
                return ReasonCode.Success;
            }

            // [MQTT-4.7.3-1] It is a Topic Name, and those have at least one character.
            if (length == 0)
            {
                return Fail(ReasonCode.ProtocolError,
                    "the Response Topic is empty [MQTT-4.7.3-1]");
            }

            for (int i = offset; i < offset + length; i++)
            {
                // [MQTT-3.3.2-14]
                if (buffer[i] == '+' || buffer[i] == '#')
                {
                    return Fail(ReasonCode.ProtocolError,
                        "the Response Topic has a wildcard [MQTT-3.3.2-14]");
                }
            }

            return ReasonCode.Success;
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
