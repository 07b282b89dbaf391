namespace EdgeBroker.Codec.Client
{
    /// <summary>Writes CONNECT of both versions.</summary>
    public static class ConnectEncoder
    {
        /// <summary>
        /// Writes a packet from its fields. Returns its size in bytes, or -1 when it does not fit
        /// or when a field is longer than its two byte length can say.
        /// </summary>
        public static int Encode(ConnectPacket packet, byte[] target, int offset, int capacity)
        {
            bool isV5 = packet.Version == ProtocolVersion.V5;
            int remaining = 10 + 2 + packet.ClientIdLength;
            remaining += isV5 ? PropertyWriter.SectionSize(packet.Properties.Length) : 0;
            int longest = packet.ClientIdLength;
            if (packet.HasWill)
            {
                remaining += 4 + packet.WillTopicLength + packet.WillPayloadLength;
                remaining += isV5 ? PropertyWriter.SectionSize(packet.WillProperties.Length) : 0;
                longest |= packet.WillTopicLength | packet.WillPayloadLength;
            }

            if (packet.HasUserName)
            {
                remaining += 2 + packet.UserNameLength;
                longest |= packet.UserNameLength;
            }

            if (packet.HasPassword)
            {
                remaining += 2 + packet.PasswordLength;
                longest |= packet.PasswordLength;
            }

            int at = longest > 0xFFFF
                ? -1
                : FixedHeader.Write(target, offset, capacity, PacketType.Connect << 4, remaining);
            if (at < 0)
            {
                return -1;
            }

            target[at] = 0;
            target[at + 1] = 4;
            target[at + 2] = (byte)'M';
            target[at + 3] = (byte)'Q';
            target[at + 4] = (byte)'T';
            target[at + 5] = (byte)'T';
            target[at + 6] = packet.Version;
            target[at + 7] = packet.Flags;
            target[at + 8] = (byte)(packet.KeepAliveS >> 8);
            target[at + 9] = (byte)packet.KeepAliveS;
            at += 10;
            if (isV5)
            {
                at = WriteProperties(packet.Properties, target, at);
            }

            return WritePayload(packet, target, at, isV5) - offset;
        }

        private static int WritePayload(ConnectPacket packet, byte[] target, int at, bool isV5)
        {
            byte[] source = packet.Buffer;
            at = WriteText(source, packet.ClientIdOffset, packet.ClientIdLength, target, at);
            if (packet.HasWill)
            {
                if (isV5)
                {
                    at = WriteProperties(packet.WillProperties, target, at);
                }

                at = WriteText(source, packet.WillTopicOffset, packet.WillTopicLength, target, at);
                at = WriteText(
                    source, packet.WillPayloadOffset, packet.WillPayloadLength, target, at);
            }

            if (packet.HasUserName)
            {
                at = WriteText(source, packet.UserNameOffset, packet.UserNameLength, target, at);
            }

            return packet.HasPassword
                ? WriteText(source, packet.PasswordOffset, packet.PasswordLength, target, at)
                : at;
        }

        private static int WriteProperties(PropertySet properties, byte[] target, int at)
        {
            return PropertyWriter.WriteSection(
                target, at, properties.Buffer, properties.Offset, properties.Length);
        }

        private static int WriteText(byte[] source, int offset, int length, byte[] target, int at)
        {
            target[at] = (byte)(length >> 8);
            target[at + 1] = (byte)length;
            if (length > 0)
            {
                System.Array.Copy(source, offset, target, at + 2, length);
            }

            return at + 2 + length;
        }
    }
}
