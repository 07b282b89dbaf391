namespace EdgeBroker.Codec
{
    /// <summary>
    /// The first two to five bytes of every Control Packet: type, flags and Remaining Length
    /// (numbering of MQTT 5.0).
    /// </summary>
    public static class FixedHeader
    {
        /// <summary>The largest value of a Variable Byte Integer: 268,435,455.</summary>
        public const int MaxRemainingLength = 268435455;

        /// <summary>Bytes of the longest Fixed Header.</summary>
        public const int MaxSize = 5;

        /// <summary>
        /// Reads a Variable Byte Integer that starts at <paramref name="offset"/> and may not go
        /// beyond <paramref name="end"/>. Returns the bytes used, 1 to 4, or 0 when more bytes are
        /// needed, or -1 when a fourth byte still has its continuation bit set.
        /// </summary>
        /// <remarks>
        /// Longer forms than needed are read as they stand. For the Remaining Length that is meant
        /// so: MQTT 3.1.1 allows them, small clients that reserve its bytes in advance send them,
        /// and the version of a connection is unknown before its first packet has been read. In
        /// properties the callers refuse them with <see cref="SizeOf"/>, [MQTT-1.5.5-1].
        /// </remarks>
        public static int DecodeRemainingLength(byte[] buffer, int offset, int end, out int value)
        {
            value = 0;
            if (offset >= end)
            {
                return 0;
            }

            int b = buffer[offset];
            if (b < 0x80)
            {
                value = b;
                return 1;
            }

            int sum = b & 0x7F;
            for (int used = 1; used < 4; used++)
            {
                if (offset + used >= end)
                {
                    return 0;
                }

                b = buffer[offset + used];
                sum |= (b & 0x7F) << 7 * used;
                if (b < 0x80)
                {
                    value = sum;
                    return used + 1;
                }
            }

            return -1;
        }

        /// <summary>
        /// Checks type and flags: <see cref="ReasonCode.Success"/> or
        /// <see cref="ReasonCode.MalformedPacket"/>. AUTH passes, though 3.1.1 does not have it.
        /// </summary>
        public static byte CheckFlags(byte firstByte)
        {
            int flags = firstByte & 0x0F;
            bool valid;
            switch (firstByte >> 4)
            {
                case 0:
                    valid = false;
                    break;
                case PacketType.Publish:
                    // [MQTT-3.3.1-4] A PUBLISH must not have both QoS bits set.
                    valid = (flags & 0x06) != 0x06;
                    break;
                case PacketType.Pubrel:
                case PacketType.Subscribe:
                case PacketType.Unsubscribe:
                    // [MQTT-3.6.1-1] [MQTT-3.8.1-1] [MQTT-3.10.1-1]
                    valid = flags == 0x02;
                    break;
                default:
                    // [MQTT-2.1.3-1] Reserved flags have the value listed.
                    valid = flags == 0;
                    break;
            }

            return valid ? ReasonCode.Success : ReasonCode.MalformedPacket;
        }

        /// <summary>Bytes that a Variable Byte Integer takes when encoded, 1 to 4.</summary>
        public static int SizeOf(int remainingLength)
        {
            if (remainingLength < 0x80)
            {
                return 1;
            }

            return remainingLength < 0x4000 ? 2 : remainingLength < 0x200000 ? 3 : 4;
        }

        /// <summary>
        /// Writes a Variable Byte Integer (0 to <see cref="MaxRemainingLength"/>) in its shortest
        /// form and returns the offset behind it. The caller has made sure that it fits.
        /// </summary>
        public static int WriteRemainingLength(byte[] buffer, int offset, int value)
        {
            // [MQTT-1.5.5-1] The shortest form.
            while (value >= 0x80)
            {
                buffer[offset++] = (byte)(value | 0x80);
                value >>= 7;
            }

            buffer[offset++] = (byte)value;
            return offset;
        }

        /// <summary>
        /// Starts a packet: writes the fixed header when the whole packet fits into
        /// <paramref name="capacity"/> bytes and returns the offset behind it. Otherwise writes
        /// nothing and returns -1.
        /// </summary>
        public static int Write(
            byte[] target, int offset, int capacity, int firstByte, int remainingLength)
        {
            if (remainingLength > MaxRemainingLength
                || 1 + SizeOf(remainingLength) > capacity - remainingLength)
            {
                return -1;
            }

            target[offset] = (byte)firstByte;
            return WriteRemainingLength(target, offset + 1, remainingLength);
        }
    }
}
