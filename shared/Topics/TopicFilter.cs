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
        /// Whether each Shared Subscription of a SUBSCRIBE has a well-formed ShareName, and not No
        /// Local [MQTT-3.8.3-4].
        /// </summary>
        public static bool AreWellShared(SubscribePacket packet)
        {
            packet.Rewind();
            while (packet.Next())
            {
                if (IsShared(packet.Buffer, packet.FilterOffset, packet.FilterLength)
                    && ((packet.Options & SubscriptionOptions.NoLocal) != 0
                        || !IsWellShared(
                            packet.Buffer, packet.FilterOffset, packet.FilterLength)))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Where the filter of a checked Shared Subscription begins.</summary>
        public static int SharedFilterAt(byte[] buffer, int offset, int length)
        {
            int at = offset + 7;
            while (buffer[at] != '/')
            {
                at++;
            }

            return at + 1;
        }

        /// <summary>
        /// Whether the ShareName is well-formed: there, without wildcards, and a filter behind it
        /// [MQTT-4.8.2-1] [MQTT-4.8.2-2].
        /// </summary>
        private static bool IsWellShared(byte[] buffer, int offset, int length)
        {
            int at = offset + 7;
            int end = offset + length;
            while (at < end && buffer[at] != '/')
            {
                if (buffer[at] == '+' || buffer[at] == '#')
                {
                    return false;
                }

                at++;
            }

            return at > offset + 7 && at + 1 < end;
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
