namespace EdgeBroker.Codec
{
    // Writing, for clients: the bridge and the simulator's virtual ones.
    public sealed partial class ConnectPacket
    {
        /// <summary>
        /// Writes the packet from the fields. Returns its size in bytes, or -1 when it does not fit
        /// or when a field is longer than its two byte length can say.
        /// </summary>
        public int Encode(byte[] target, int offset, int capacity)
        {
            bool isV5 = Version == ProtocolVersion.V5;
            int remaining = 10 + 2 + ClientIdLength + (isV5 ? Properties.EncodedSize() : 0);
            int longest = ClientIdLength;
            int flags = CleanStart ? CleanStartFlag : 0;
            if (HasWill)
            {
                flags |= WillFlag | WillQos << WillQosShift | (WillRetain ? WillRetainFlag : 0);
                remaining += 4 + WillTopicLength + WillPayloadLength;
                remaining += isV5 ? WillProperties.EncodedSize() : 0;
                longest |= WillTopicLength | WillPayloadLength;
            }

            if (HasUserName)
            {
                flags |= UserNameFlag;
                remaining += 2 + UserNameLength;
                longest |= UserNameLength;
            }

            if (HasPassword)
            {
                flags |= PasswordFlag;
                remaining += 2 + PasswordLength;
                longest |= PasswordLength;
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
            target[at + 6] = Version;
            target[at + 7] = (byte)flags;
            target[at + 8] = (byte)(KeepAliveS >> 8);
            target[at + 9] = (byte)KeepAliveS;
            at += 10;
            if (isV5)
            {
                at = Properties.Write(target, at);
            }

            return EncodePayload(target, at, isV5) - offset;
        }

        private int EncodePayload(byte[] target, int at, bool isV5)
        {
            at = WriteText(target, at, ClientIdOffset, ClientIdLength);
            if (HasWill)
            {
                if (isV5)
                {
                    at = WillProperties.Write(target, at);
                }

                at = WriteText(target, at, WillTopicOffset, WillTopicLength);
                at = WriteText(target, at, WillPayloadOffset, WillPayloadLength);
            }

            if (HasUserName)
            {
                at = WriteText(target, at, UserNameOffset, UserNameLength);
            }

            return HasPassword ? WriteText(target, at, PasswordOffset, PasswordLength) : at;
        }

        private int WriteText(byte[] target, int at, int offset, int length)
        {
            target[at] = (byte)(length >> 8);
            target[at + 1] = (byte)length;
            if (length > 0)
            {
                System.Array.Copy(Buffer, offset, target, at + 2, length);
            }

            return at + 2 + length;
        }
    }
}
