namespace EdgeBroker.Codec
{
    /// <summary>Writes CONNACK of both versions.</summary>
    public static class ConnackEncoder
    {
        /// <summary>
        /// Writes a CONNACK. Returns its size in bytes; -1 when it does not fit; 0, and writes
        /// nothing, when MQTT 3.1.1 has no answer for the Reason Code and asks to close without
        /// one, see <see cref="ConnectReturnCode.NoAnswer"/>.
        /// </summary>
        /// <param name="target">Takes the packet.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="capacity">Bytes that it may take from there.</param>
        /// <param name="version">5 for MQTT 5.0; everything else is written as 3.1.1.</param>
        /// <param name="sessionPresent">Whether the server has a Session for this client.</param>
        /// <param name="reasonCode">In 5.0 numbering for both versions.</param>
        /// <param name="properties">
        /// Holds raw properties, without Property Length; not looked at in 3.1.1.
        /// </param>
        /// <param name="propertiesOffset">Where they begin.</param>
        /// <param name="propertiesLength">Their bytes; 0 for none.</param>
        public static int Encode(
            byte[] target, int offset, int capacity,
            byte version, bool sessionPresent, byte reasonCode,
            byte[] properties, int propertiesOffset, int propertiesLength)
        {
            bool isV5 = version == ProtocolVersion.V5;
            byte code = isV5 ? reasonCode : ConnectReturnCode.FromReasonCode(reasonCode);
            if (!isV5 && code == ConnectReturnCode.NoAnswer)
            {
                return 0;
            }

            int remaining = 2 + (isV5 ? PropertyWriter.SectionSize(propertiesLength) : 0);
            int at = FixedHeader.Write(
                target, offset, capacity, PacketType.Connack << 4, remaining);
            if (at < 0)
            {
                return -1;
            }

            // [MQTT-3.2.2-6] A refusal never says that there is a session.
            target[at] = (byte)(sessionPresent && reasonCode == ReasonCode.Success ? 1 : 0);
            target[at + 1] = code;
            at += 2;
            if (isV5)
            {
                at = PropertyWriter.WriteSection(
                    target, at, properties, propertiesOffset, propertiesLength);
            }

            return at - offset;
        }
    }
}
