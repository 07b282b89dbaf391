namespace EdgeBroker.Codec.Client
{
    /// <summary>PINGREQ and PINGRESP: two bytes each, the same in both versions.</summary>
    public static class PingPacket
    {
        /// <summary>
        /// Checks a PINGREQ or PINGRESP by its Remaining Length, which is zero (MQTT 5.0, sections
        /// 3.12.1 and 3.13.1).
        /// </summary>
        public static byte Decode(int length)
        {
            return length == 0 ? ReasonCode.Success : ReasonCode.MalformedPacket;
        }

        /// <summary>Writes a PINGREQ; returns 2, or -1 when it does not fit.</summary>
        public static int EncodeRequest(byte[] target, int offset, int capacity)
        {
            return Encode(target, offset, capacity, PacketType.Pingreq);
        }

        /// <summary>Writes a PINGRESP; returns 2, or -1 when it does not fit.</summary>
        public static int EncodeResponse(byte[] target, int offset, int capacity)
        {
            return Encode(target, offset, capacity, PacketType.Pingresp);
        }

        private static int Encode(byte[] target, int offset, int capacity, byte type)
        {
            int at = FixedHeader.Write(target, offset, capacity, type << 4, 0);
            return at < 0 ? -1 : at - offset;
        }
    }
}
