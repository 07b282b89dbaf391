namespace EdgeBroker.Codec
{
    /// <summary>Writes DISCONNECT, which in MQTT 3.1.1 only clients send.</summary>
    public static class DisconnectEncoder
    {
        /// <summary>
        /// Writes a DISCONNECT in its shortest form: for Normal disconnection without properties
        /// that is the two bytes of 3.1.1, in which there is no other. Returns its size in bytes,
        /// or -1 when it does not fit.
        /// </summary>
        /// <param name="target">Takes the packet.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="capacity">Bytes that it may take from there.</param>
        /// <param name="reasonCode">Why the connection ends.</param>
        /// <param name="properties">Holds raw properties, without Property Length.</param>
        /// <param name="propertiesOffset">Where they begin.</param>
        /// <param name="propertiesLength">Their bytes; 0 for none.</param>
        public static int Encode(
            byte[] target, int offset, int capacity, byte reasonCode,
            byte[] properties, int propertiesOffset, int propertiesLength)
        {
            bool hasProperties = propertiesLength > 0;
            bool hasCode = hasProperties || reasonCode != ReasonCode.NormalDisconnection;
            int remaining = hasCode ? 1 : 0;
            remaining += hasProperties ? PropertyWriter.SectionSize(propertiesLength) : 0;
            int at = FixedHeader.Write(
                target, offset, capacity, PacketType.Disconnect << 4, remaining);
            if (at < 0)
            {
                return -1;
            }

            if (hasCode)
            {
                target[at++] = reasonCode;
            }

            if (hasProperties)
            {
                at = PropertyWriter.WriteSection(
                    target, at, properties, propertiesOffset, propertiesLength);
            }

            return at - offset;
        }
    }
}
