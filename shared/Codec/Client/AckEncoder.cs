namespace EdgeBroker.Codec.Client
{
    /// <summary>
    /// Writes PUBACK, PUBREC, PUBREL and PUBCOMP. The broker makes its own up as it sends them.
    /// </summary>
    public static class AckEncoder
    {
        /// <summary>
        /// Writes a packet from the fields of one in its shortest form; in 3.1.1 that is without
        /// Reason Code and properties. Returns its size in bytes, or -1 when it does not fit.
        /// </summary>
        /// <param name="packet">What to write.</param>
        /// <param name="type">One of the four packet types.</param>
        /// <param name="version">A <see cref="ProtocolVersion"/>, 4 or 5.</param>
        /// <param name="target">Takes the packet.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="capacity">Bytes that it may take from there.</param>
        public static int Encode(
            ReasonPacket packet, byte type, byte version, byte[] target, int offset, int capacity)
        {
            bool isV5 = version == ProtocolVersion.V5;
            PropertySet properties = packet.Properties;
            bool hasProperties = isV5 && properties.Length > 0;
            bool hasCode = hasProperties || isV5 && packet.ReasonCode != ReasonCode.Success;
            int remaining = hasCode ? 3 : 2;
            remaining += hasProperties ? PropertyWriter.SectionSize(properties.Length) : 0;

            // [MQTT-3.6.1-1] PUBREL has the flags 0010.
            int firstByte = type << 4 | (type == PacketType.Pubrel ? 2 : 0);
            int at = FixedHeader.Write(target, offset, capacity, firstByte, remaining);
            if (at < 0)
            {
                return -1;
            }

            target[at++] = (byte)(packet.PacketId >> 8);
            target[at++] = (byte)packet.PacketId;
            if (hasCode)
            {
                target[at++] = packet.ReasonCode;
            }

            if (hasProperties)
            {
                at = PropertyWriter.WriteSection(
                    target, at, properties.Buffer, properties.Offset, properties.Length);
            }

            return at - offset;
        }
    }
}
