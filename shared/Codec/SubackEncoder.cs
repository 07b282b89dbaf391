namespace EdgeBroker.Codec
{
    /// <summary>
    /// Writes SUBACK and UNSUBACK: one Reason Code per Topic Filter, in the order of the filters.
    /// </summary>
    public static class SubackEncoder
    {
        /// <summary>
        /// Writes the packet, in 5.0 without properties. Returns its size in bytes, or -1 when it
        /// does not fit. In 3.1.1 every failure becomes 0x80, and UNSUBACK has no codes. The codes
        /// may stand in the target themselves, behind the place that they are written to.
        /// </summary>
        /// <param name="target">Takes the packet.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="capacity">Bytes that it may take from there.</param>
        /// <param name="version">A <see cref="ProtocolVersion"/>, 4 or 5.</param>
        /// <param name="type">
        /// <see cref="PacketType.Suback"/> or <see cref="PacketType.Unsuback"/>.
        /// </param>
        /// <param name="packetId">Packet Identifier, 1 to 65,535.</param>
        /// <param name="codes">Holds the Reason Codes, in 5.0 numbering.</param>
        /// <param name="codesOffset">Where they begin.</param>
        /// <param name="codeCount">Their number.</param>
        public static int Encode(
            byte[] target, int offset, int capacity, byte version,
            byte type, int packetId, byte[] codes, int codesOffset, int codeCount)
        {
            bool isV5 = version == ProtocolVersion.V5;
            int count = isV5 || type == PacketType.Suback ? codeCount : 0;
            int remaining = 2 + (isV5 ? 1 : 0) + count;
            int at = FixedHeader.Write(target, offset, capacity, type << 4, remaining);
            if (at < 0)
            {
                return -1;
            }

            target[at++] = (byte)(packetId >> 8);
            target[at++] = (byte)packetId;
            if (isV5)
            {
                target[at++] = 0; // Property Length
            }

            for (int i = 0; i < count; i++)
            {
                // MQTT 3.1.1 [MQTT-3.9.3-2] knows 0, 1, 2 and 0x80 only.
                byte code = codes[codesOffset + i];
                target[at++] = isV5 || code <= ReasonCode.GrantedQos2
                    ? code
                    : ReasonCode.UnspecifiedError;
            }

            return at - offset;
        }
    }
}
