namespace EdgeBroker.Codec
{
    /// <summary>
    /// PUBLISH, as a view over the bytes it came in. Statement numbers are those of MQTT 5.0.
    /// The bytes of the Topic Name are not looked at here: whoever keeps topics checks each
    /// distinct one once.
    /// </summary>
    public sealed class PublishPacket
    {
        /// <summary>RETAIN, in a packet's first byte.</summary>
        public const int RetainFlag = 0x01;

        /// <summary>DUP, in a packet's first byte.</summary>
        public const int DupFlag = 0x08;

        /// <summary>Holds the bytes that all offsets point into.</summary>
        public byte[] Buffer;

        /// <summary>QoS, 0 to 2.</summary>
        public byte Qos;

        /// <summary>The RETAIN flag.</summary>
        public bool Retain;

        /// <summary>Offset of the Topic Name.</summary>
        public int TopicOffset;

        /// <summary>Bytes of the Topic Name; 0 when a Topic Alias stands for it (5.0).</summary>
        public int TopicLength;

        /// <summary>Packet Identifier, 1 to 65,535; 0 with QoS 0, which has none.</summary>
        public int PacketId;

        /// <summary>Offset of the Application Message.</summary>
        public int PayloadOffset;

        /// <summary>Bytes of the Application Message, which may be none.</summary>
        public int PayloadLength;

        /// <summary>The properties; always empty in 3.1.1.</summary>
        public readonly PropertySet Properties;

        /// <summary>
        /// Set once by a client: its packets come from a server, which may add Subscription
        /// Identifiers.
        /// </summary>
        public bool FromServer;

        /// <summary>Why the last decode failed, in plain words, or null.</summary>
        public string Violation;

        /// <summary>A packet with properties of its own.</summary>
        public PublishPacket()
            : this(new PropertySet())
        {
        }

        /// <summary>A packet that shares a set of properties with others.</summary>
        /// <param name="properties">
        /// Holds those of the packet that was decoded last, whichever that was.
        /// </param>
        public PublishPacket(PropertySet properties)
        {
            Properties = properties;
        }

        /// <summary>
        /// Reads variable header and payload. Returns the <see cref="ReasonCode"/> that a server
        /// answers with; after a failure the other fields mean nothing.
        /// </summary>
        public byte Decode(byte[] buffer, int offset, int length, byte firstByte, byte version)
        {
            // One long method over locals: on a device this is the code that runs most, and there
            // a call or a field costs as much as ten instructions.
            int end = offset + length;
            int qos = firstByte >> 1 & 3;
            if (length < 2)
            {
                return Fail(ReasonCode.MalformedPacket, "the Topic Name is missing [MQTT-3.3.2-1]");
            }

            int topicLength = buffer[offset] << 8 | buffer[offset + 1];
            int topicOffset = offset + 2;
            int at = topicOffset + topicLength;
            if (at > end)
            {
                return Fail(ReasonCode.MalformedPacket, "the Topic Name is cut short");
            }

            int packetId = 0;
            if (qos != 0)
            {
                // [MQTT-3.3.1-4]
                if (qos == 3)
                {
                    return Fail(ReasonCode.MalformedPacket, "QoS is 3 [MQTT-3.3.1-4]");
                }

                if (end - at < 2)
                {
                    return Fail(ReasonCode.MalformedPacket, "the Packet Identifier is cut short");
                }

                packetId = buffer[at] << 8 | buffer[at + 1];
                at += 2;

                // [MQTT-2.2.1-3] from a client, [MQTT-2.2.1-4] from a server.
                if (packetId == 0)
                {
                    return Fail(ReasonCode.ProtocolError,
                        "the Packet Identifier of PUBLISH is 0 [MQTT-2.2.1-3]");
                }
            }
            else if ((firstByte & DupFlag) != 0)
            {
                // [MQTT-3.3.1-2]
                return Fail(ReasonCode.MalformedPacket, "DUP is set with QoS 0 [MQTT-3.3.1-2]");
            }

            PropertySet properties = Properties;
            if (version != ProtocolVersion.V5 || at < end && buffer[at] == 0)
            {
                properties.Length = 0;
                at += version == ProtocolVersion.V5 ? 1 : 0;
            }
            else
            {
                byte code = DecodeProperties(buffer, at, end);
                if (code != ReasonCode.Success)
                {
                    return code;
                }

                at = properties.Offset + properties.Length;
            }

            if (topicLength == 0)
            {
                byte code = CheckEmptyTopic(version);
                if (code != ReasonCode.Success)
                {
                    return code;
                }
            }

            Buffer = buffer;
            Qos = (byte)qos;
            Retain = (firstByte & RetainFlag) != 0;
            TopicOffset = topicOffset;
            TopicLength = topicLength;
            PacketId = packetId;
            PayloadOffset = at;
            PayloadLength = end - at;
            Violation = null;
            return ReasonCode.Success;
        }

        private byte DecodeProperties(byte[] buffer, int at, int end)
        {
            byte target = FromServer ? PropertySet.PublishFromServer : PacketType.Publish;
            byte code = Properties.Decode(buffer, at, end, target);
            Violation = Properties.Violation;
            return code;
        }

        private byte CheckEmptyTopic(byte version)
        {
            // MQTT 3.1.1 has no Topic Alias, [MQTT-4.7.3-1] there as here.
            if (version != ProtocolVersion.V5)
            {
                return Fail(ReasonCode.MalformedPacket, "the Topic Name is empty [MQTT-4.7.3-1]");
            }

            return Properties.Has(PropertyId.TopicAlias)
                ? ReasonCode.Success
                : Fail(ReasonCode.ProtocolError,
                    "the Topic Name is empty and there is no Topic Alias [MQTT-4.7.3-1]");
        }

        private byte Fail(byte code, string violation)
        {
            Violation = violation;
            return code;
        }
    }
}
