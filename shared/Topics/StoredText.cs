using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Comparisons of a Topic Name or Topic Filter that is kept in blocks with one in a buffer,
    /// where both lie.
    /// </summary>
    public static class StoredText
    {
        /// <summary>Whether a checked filter in blocks matches a checked name.</summary>
        /// <param name="texts">Where the filter is kept.</param>
        /// <param name="first">Its first block; it stands at the start.</param>
        /// <param name="filterLength">Its length in bytes.</param>
        /// <param name="name">Where the name stands.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        public static bool FilterMatches(BlockPool texts, int first, int filterLength,
            byte[] name, int offset, int length)
        {
            byte[] bytes = texts.Bytes;
            int size = texts.BlockSize;
            int at = first * size;
            if (filterLength <= size)
            {
                return TopicFilter.Matches(bytes, at, filterLength, name, offset, length);
            }

            int n = offset;
            int nameEnd = offset + length;
            if (name[n] == '$' && (bytes[at] == '+' || bytes[at] == '#'))
            {
                return false; // [MQTT-4.7.2-1]
            }

            int blockEnd = at + size;
            bool endsLevel = false;
            for (int left = filterLength; left > 0; left--)
            {
                if (at == blockEnd)
                {
                    first = texts.Next[first];
                    at = first * size;
                    blockEnd = at + size;
                }

                byte c = bytes[at++];
                if (c == '#')
                {
                    // "a/#" matches "a" as well: the wildcard stands for the parent level too.
                    return true;
                }

                if (endsLevel)
                {
                    return false;
                }

                if (c == '+')
                {
                    while (n < nameEnd && name[n] != '/')
                    {
                        n++;
                    }
                }
                else if (n < nameEnd)
                {
                    if (name[n++] != c)
                    {
                        return false;
                    }
                }
                else if (c == '/' && left == 2)
                {
                    endsLevel = true;
                }
                else
                {
                    return false;
                }
            }

            return n == nameEnd;
        }

        /// <summary>Whether a checked filter matches a checked name in blocks.</summary>
        /// <param name="filter">Where the filter stands.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="texts">Where the name is kept.</param>
        /// <param name="first">The first block of the name's chain.</param>
        /// <param name="from">Where in that block the name begins.</param>
        /// <param name="nameLength">The name's length in bytes.</param>
        public static bool NameMatches(byte[] filter, int offset, int length,
            BlockPool texts, int first, int from, int nameLength)
        {
            byte[] bytes = texts.Bytes;
            int size = texts.BlockSize;
            int at = first * size + from;
            if (from + nameLength <= size)
            {
                return TopicFilter.Matches(filter, offset, length, bytes, at, nameLength);
            }

            int f = offset;
            int filterEnd = offset + length;
            if (bytes[at] == '$' && (filter[f] == '+' || filter[f] == '#'))
            {
                return false; // [MQTT-4.7.2-1]
            }

            int blockEnd = (first + 1) * size;
            for (int left = nameLength; left > 0; left--)
            {
                if (at == blockEnd)
                {
                    first = texts.Next[first];
                    at = first * size;
                    blockEnd = at + size;
                }

                byte c = bytes[at++];
                if (f < filterEnd && filter[f] == '+' && c == '/')
                {
                    f++;
                }

                if (f == filterEnd)
                {
                    return false;
                }

                if (filter[f] == '#')
                {
                    return true;
                }

                if (filter[f] != '+')
                {
                    if (filter[f] != c)
                    {
                        return false;
                    }

                    f++;
                }
            }

            if (f < filterEnd && filter[f] == '+')
            {
                f++;
            }

            // What is left of a filter that matches is nothing, "#" or "/#".
            return f == filterEnd || (filter[filterEnd - 1] == '#' && f + 2 >= filterEnd);
        }
    }
}
