namespace EdgeBroker.Codec.Client
{
    /// <summary>Writes SUBSCRIBE and UNSUBSCRIBE of both versions.</summary>
    public static class SubscribeEncoder
    {
        /// <summary>
        /// Writes a packet with the payload that stands at its FiltersOffset. Returns its size, or
        /// -1 when it does not fit.
        /// </summary>
        /// <param name="packet">What to write; its type says which of the two.</param>
        /// <param name="version">A <see cref="ProtocolVersion"/>, 4 or 5.</param>
        /// <param name="target">Takes the packet.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="capacity">Bytes that it may take from there.</param>
        public static int Encode(
            SubscribePacket packet, byte version, byte[] target, int offset, int capacity)
        {
            bool isV5 = version == ProtocolVersion.V5;
            PropertySet properties = packet.Properties;
            int remaining = 2 + packet.FiltersLength;
            remaining += isV5 ? PropertyWriter.SectionSize(properties.Length) : 0;

            // [MQTT-3.8.1-1] [MQTT-3.10.1-1] Both have the flags 0010.
            int at = FixedHeader.Write(
                target, offset, capacity, packet.Type << 4 | 2, remaining);
            if (at < 0)
            {
                return -1;
            }

            target[at++] = (byte)(packet.PacketId >> 8);
            target[at++] = (byte)packet.PacketId;
            if (isV5)
            {
                at = PropertyWriter.WriteSection(
                    target, at, properties.Buffer, properties.Offset, properties.Length);
            }

            System.Array.Copy(
                packet.Buffer, packet.FiltersOffset, target, at, packet.FiltersLength);
            return at + packet.FiltersLength - offset;
        }

        /// <summary>
        /// Writes one filter of an UNSUBSCRIBE at an offset of a payload that is being built.
        /// Returns the offset behind it, or -1 when it takes more than
        /// <paramref name="capacity"/> bytes or the filter is over 65,535 bytes.
        /// </summary>
        public static int AppendFilter(
            byte[] target, int offset, int capacity,
            byte[] filter, int filterOffset, int filterLength)
        {
            if (filterLength > 0xFFFF || filterLength > capacity - 2)
            {
                return -1;
            }

            target[offset] = (byte)(filterLength >> 8);
            target[offset + 1] = (byte)filterLength;
            System.Array.Copy(filter, filterOffset, target, offset + 2, filterLength);
            return offset + 2 + filterLength;
        }

        /// <summary>
        /// Writes one filter of a SUBSCRIBE with its <see cref="SubscriptionOptions"/>; see
        /// above.
        /// </summary>
        public static int AppendFilter(
            byte[] target, int offset, int capacity,
            byte[] filter, int filterOffset, int filterLength, byte options)
        {
            int at = AppendFilter(
                target, offset, capacity - 1, filter, filterOffset, filterLength);
            if (at < 0)
            {
                return -1;
            }

            target[at] = options;
            return at + 1;
        }
    }
}
