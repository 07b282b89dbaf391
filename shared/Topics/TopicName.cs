using EdgeBroker.Codec;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Topic Names as they stand in PUBLISH and in a Will (MQTT 5.0, section 4.7).
    /// </summary>
    public static class TopicName
    {
        /// <summary>Checks a Topic Name; one pass for text that is ASCII.</summary>
        /// <param name="buffer">Where the name stands.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="maxLevels">Most Topic Levels allowed, 1 or more.</param>
        /// <returns>
        /// Success; MalformedPacket for ill-formed UTF-8; TopicNameInvalid for an empty name and
        /// for a wildcard character; QuotaExceeded for too many levels.
        /// </returns>
        public static byte Check(byte[] buffer, int offset, int length, int maxLevels)
        {
            if (length == 0)
            {
                return ReasonCode.TopicNameInvalid; // [MQTT-4.7.3-1]
            }

            int end = offset + length;
            int levels = 1;
            bool isAscii = true;
            for (int at = offset; at < end; at++)
            {
                byte c = buffer[at];
                if (c == '/')
                {
                    levels++;
                }
                else if (c == '+' || c == '#')
                {
                    return ReasonCode.TopicNameInvalid; // [MQTT-3.3.2-2]
                }
                else if (c == 0)
                {
                    return ReasonCode.MalformedPacket; // [MQTT-1.5.4-2]
                }
                else if (c >= 0x80)
                {
                    isAscii = false;
                }
            }

            if (!isAscii && !Utf8.IsValid(buffer, offset, length))
            {
                return ReasonCode.MalformedPacket; // [MQTT-1.5.4-1]
            }

            return levels > maxLevels ? ReasonCode.QuotaExceeded : ReasonCode.Success;
        }
    }
}
