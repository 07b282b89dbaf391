using EdgeBroker.Codec;

namespace EdgeBroker.Topics
{
    /// <summary>Topic Filters as they stand in SUBSCRIBE (MQTT 5.0, section 4.7).</summary>
    public static class TopicFilter
    {
        /// <summary>
        /// Checks the wildcards of a Topic Filter. Its UTF-8 has been checked by the codec.
        /// </summary>
        /// <param name="buffer">Where the filter stands.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="maxLevels">Most Topic Levels allowed, 1 or more.</param>
        /// <returns>
        /// Success; TopicFilterInvalid for an empty filter or a misplaced wildcard; QuotaExceeded
        /// for too many levels.
        /// </returns>
        public static byte Check(byte[] buffer, int offset, int length, int maxLevels)
        {
            if (length == 0)
            {
                return ReasonCode.TopicFilterInvalid; // [MQTT-4.7.3-1]
            }

            int end = offset + length;
            int levels = 1;
            bool atStart = true;
            for (int at = offset; at < end; at++)
            {
                byte c = buffer[at];
                if (c == '/')
                {
                    levels++;
                    atStart = true;
                    continue;
                }

                if (c == '#' && (!atStart || at + 1 != end))
                {
                    return ReasonCode.TopicFilterInvalid; // [MQTT-4.7.1-1]
                }

                if (c == '+' && (!atStart || (at + 1 != end && buffer[at + 1] != '/')))
                {
                    return ReasonCode.TopicFilterInvalid; // [MQTT-4.7.1-2]
                }

                atStart = false;
            }

            return levels > maxLevels ? ReasonCode.QuotaExceeded : ReasonCode.Success;
        }

        /// <summary>
        /// Whether no filter of a SUBSCRIBE or UNSUBSCRIBE is empty or has a misplaced wildcard.
        /// </summary>
        public static bool AreWellFormed(SubscribePacket packet)
        {
            packet.Rewind();
            while (packet.Next())
            {
                if (Check(packet.Buffer, packet.FilterOffset, packet.FilterLength, int.MaxValue)
                    != ReasonCode.Success)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a filter is that of a Shared Subscription: "$share/...".</summary>
        public static bool IsShared(byte[] buffer, int offset, int length)
        {
            return length >= 7 && buffer[offset] == '$' && buffer[offset + 1] == 's'
                && buffer[offset + 2] == 'h' && buffer[offset + 3] == 'a'
                && buffer[offset + 4] == 'r' && buffer[offset + 5] == 'e'
                && buffer[offset + 6] == '/';
        }

        /// <summary>
        /// Whether a checked filter matches a checked name. For single comparisons; subscriptions
        /// are matched by the SubscriptionTable.
        /// </summary>
        public static bool Matches(byte[] filter, int filterOffset, int filterLength,
            byte[] name, int nameOffset, int nameLength)
        {
            int f = filterOffset;
            int filterEnd = filterOffset + filterLength;
            int n = nameOffset;
            int nameEnd = nameOffset + nameLength;

            if (name[n] == '$' && (filter[f] == '+' || filter[f] == '#'))
            {
                return false; // [MQTT-4.7.2-1]
            }

            while (f < filterEnd)
            {
                byte c = filter[f];
                if (c == '#')
                {
                    return true;
                }

                if (c == '+')
                {
                    while (n < nameEnd && name[n] != '/')
                    {
                        n++;
                    }

                    f++;
                    continue;
                }

                if (n >= nameEnd)
                {
                    // "a/#" matches "a" as well: the wildcard stands for the parent level too.
                    return c == '/' && f + 2 == filterEnd && filter[f + 1] == '#';
                }

                if (name[n] != c)
                {
                    return false;
                }

                f++;
                n++;
            }

            return n == nameEnd;
        }
    }
}
