namespace EdgeBroker.Codec
{
    /// <summary>
    /// The properties of a Control Packet or of a Will Message, as a view over the bytes they came
    /// in (numbering of MQTT 5.0). The bytes stay as they are, so that they can be passed on
    /// unaltered and in order; looking a property up walks over them.
    /// </summary>
    public sealed partial class PropertySet
    {
        /// <summary>Target of <see cref="Decode"/>: the properties of a Will Message.</summary>
        public const byte WillTarget = 0;

        /// <summary>
        /// Target of <see cref="Decode"/>: a PUBLISH that a client receives, in which Subscription
        /// Identifiers may stand and be repeated.
        /// </summary>
        public const byte PublishFromServer = 16;

        /// <summary>Where the properties are; null when there never were any.</summary>
        public byte[] Buffer;

        /// <summary>Offset of the first property, behind the Property Length field.</summary>
        public int Offset;

        /// <summary>Bytes of all properties, without the Property Length field.</summary>
        public int Length;

        /// <summary>Why the last <see cref="Decode"/> failed, in plain words, or null.</summary>
        public string Violation;

        /// <summary>Offset behind the last property: where the packet goes on.</summary>
        public int End => Offset + Length;

        /// <summary>Makes the set empty.</summary>
        public void Clear()
        {
            Length = 0;
            Violation = null;
        }

        /// <summary>
        /// Takes raw properties (without Property Length), which are not checked.
        /// </summary>
        public void Use(byte[] buffer, int offset, int length)
        {
            Buffer = buffer;
            Offset = offset;
            Length = length;
            Violation = null;
        }

        /// <summary>Whether the property is there.</summary>
        public bool Has(byte id)
        {
            return Find(id, -1) >= 0;
        }

        /// <summary>
        /// The unsigned value of a property of type byte, two or four byte integer or variable byte
        /// integer, the first one if it is repeated; -1 when it is absent.
        /// </summary>
        public long Number(byte id)
        {
            int at = Find(id, -1);
            return at < 0 ? -1 : NumberAt(id, at);
        }

        /// <summary>Reads the number whose offset <see cref="Find"/> has returned.</summary>
        public long NumberAt(byte id, int valueOffset)
        {
            byte[] buffer = Buffer;
            byte type = PropertyRules.Types[id];
            if (type == PropertyRules.Variable)
            {
                int value;
                FixedHeader.DecodeRemainingLength(buffer, valueOffset, Offset + Length, out value);
                return value;
            }

            long number = 0;
            for (int i = 0; i < type; i++)
            {
                number = number << 8 | buffer[valueOffset + i];
            }

            return number;
        }

        /// <summary>
        /// Offset into <see cref="Buffer"/> of the text of a string or binary property, or -1 when
        /// it is absent.
        /// </summary>
        public int TextOffset(byte id)
        {
            int at = Find(id, -1);
            return at < 0 ? -1 : at + 2;
        }

        /// <summary>Bytes of the text at <see cref="TextOffset"/>; 0 when it is absent.</summary>
        public int TextLength(byte id)
        {
            int at = Find(id, -1);
            return at < 0 ? 0 : Buffer[at] << 8 | Buffer[at + 1];
        }

        /// <summary>
        /// Offset into <see cref="Buffer"/> of the value of the next property with this identifier:
        /// the first one when <paramref name="previous"/> is -1, otherwise the one after the value
        /// that stands at <paramref name="previous"/>. -1 when there is none.
        /// </summary>
        public int Find(byte id, int previous)
        {
            int end = Offset + Length;
            int at = Offset;
            byte[] buffer = Buffer;
            byte[] types = PropertyRules.Types;
            if (previous >= 0)
            {
                at = previous + SizeOfValue(buffer, previous, end, types[id]);
            }

            while (at < end)
            {
                byte found = buffer[at++];
                if (found == id)
                {
                    return at;
                }

                at += SizeOfValue(buffer, at, end, types[found]);
            }

            return -1;
        }

        /// <summary>
        /// Copies all properties but those with one identifier, in order. Returns the bytes
        /// written, or -1 when they do not fit. Made for Topic Alias, which belongs to one
        /// connection.
        /// </summary>
        public int CopyWithout(byte id, byte[] target, int offset, int capacity)
        {
            int end = Offset + Length;
            int from = Offset;
            int written = 0;
            int value = Find(id, -1);
            while (true)
            {
                int until = value < 0 ? end : value - 1;
                int count = until - from;
                if (count > capacity - written)
                {
                    return -1;
                }

                if (count > 0)
                {
                    System.Array.Copy(Buffer, from, target, offset + written, count);
                    written += count;
                }

                if (value < 0)
                {
                    return written;
                }

                from = value + SizeOfValue(Buffer, value, end, PropertyRules.Types[id]);
                value = Find(id, value);
            }
        }

        /// <summary>Bytes of the value at an offset, or -1 when it does not end in time.</summary>
        private static int SizeOfValue(byte[] buffer, int at, int end, byte type)
        {
            int size = type;
            if (type == PropertyRules.Variable)
            {
                int value;
                size = FixedHeader.DecodeRemainingLength(buffer, at, end, out value);
                return size > 0 ? size : -1;
            }

            if (type > PropertyRules.Variable)
            {
                if (end - at < 2)
                {
                    return -1;
                }

                size = 2 + (buffer[at] << 8 | buffer[at + 1]);
                if (type == PropertyRules.Pair)
                {
                    if (end - at - size < 2)
                    {
                        return -1;
                    }

                    size += 2 + (buffer[at + size] << 8 | buffer[at + size + 1]);
                }
            }

            return size > end - at ? -1 : size;
        }
    }
}
