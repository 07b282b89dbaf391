namespace EdgeBroker.Codec.Client
{
    /// <summary>
    /// Writes PUBLISH of both versions. The broker writes its own from stored bytes.
    /// </summary>
    public static class PublishEncoder
    {
        /// <summary>
        /// Writes a packet from its fields, topic and payload from its buffer. Returns its size,
        /// or -1 when it does not fit or the Topic Name is over 65,535 bytes.
        /// </summary>
        /// <param name="packet">What to write.</param>
        /// <param name="version">A <see cref="ProtocolVersion"/>, 4 or 5.</param>
        /// <param name="isDuplicate">The DUP flag: an earlier attempt may have arrived.</param>
        /// <param name="target">Takes the packet.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="capacity">Bytes that it may take from there.</param>
        public static int Encode(
            PublishPacket packet, byte version, bool isDuplicate,
            byte[] target, int offset, int capacity)
        {
            bool isV5 = version == ProtocolVersion.V5;
            PropertySet properties = packet.Properties;
            int topicLength = packet.TopicLength;
            int remaining = 2 + topicLength + (packet.Qos > 0 ? 2 : 0) + packet.PayloadLength;
            remaining += isV5 ? PropertyWriter.SectionSize(properties.Length) : 0;
            int firstByte = PacketType.Publish << 4 | packet.Qos << 1;
            firstByte |= isDuplicate ? PublishPacket.DupFlag : 0;
            firstByte |= packet.Retain ? PublishPacket.RetainFlag : 0;
            int at = topicLength > 0xFFFF
                ? -1
                : FixedHeader.Write(target, offset, capacity, firstByte, remaining);
            if (at < 0)
            {
                return -1;
            }

            target[at] = (byte)(topicLength >> 8);
            target[at + 1] = (byte)topicLength;
            at += 2;
            if (topicLength > 0)
            {
                System.Array.Copy(packet.Buffer, packet.TopicOffset, target, at, topicLength);
                at += topicLength;
            }

            if (packet.Qos > 0)
            {
                target[at] = (byte)(packet.PacketId >> 8);
                target[at + 1] = (byte)packet.PacketId;
                at += 2;
            }

            if (isV5)
            {
                at = PropertyWriter.WriteSection(
                    target, at, properties.Buffer, properties.Offset, properties.Length);
            }

            if (packet.PayloadLength > 0)
            {
                System.Array.Copy(
                    packet.Buffer, packet.PayloadOffset, target, at, packet.PayloadLength);
            }

            return at + packet.PayloadLength - offset;
        }
    }
}
