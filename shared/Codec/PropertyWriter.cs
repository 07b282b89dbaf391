namespace EdgeBroker.Codec
{
    /// <summary>
    /// Builds raw MQTT 5.0 properties in a caller's array, for the encoders of the packets. What
    /// is added is not checked; each method returns false and writes nothing when it does not fit.
    /// </summary>
    public sealed class PropertyWriter
    {
        /// <summary>Bytes written since <see cref="Begin"/>.</summary>
        public int Length;

        private byte[] _buffer;
        private int _offset;
        private int _capacity;

        /// <summary>Starts an empty list of properties in an array.</summary>
        public void Begin(byte[] buffer, int offset, int capacity)
        {
            _buffer = buffer;
            _offset = offset;
            _capacity = capacity;
            Length = 0;
        }

        /// <summary>Adds a property of type byte.</summary>
        public bool AddByte(byte id, int value)
        {
            int at = Reserve(id, 1);
            if (at < 0)
            {
                return false;
            }

            _buffer[at] = (byte)value;
            return true;
        }

        /// <summary>Adds a two byte integer, 0 to 65,535.</summary>
        public bool AddTwoByte(byte id, int value)
        {
            int at = Reserve(id, 2);
            if (at < 0)
            {
                return false;
            }

            _buffer[at] = (byte)(value >> 8);
            _buffer[at + 1] = (byte)value;
            return true;
        }

        /// <summary>Adds a four byte integer, 0 to 4,294,967,295.</summary>
        public bool AddFourByte(byte id, long value)
        {
            int at = Reserve(id, 4);
            if (at < 0)
            {
                return false;
            }

            _buffer[at] = (byte)(value >> 24);
            _buffer[at + 1] = (byte)(value >> 16);
            _buffer[at + 2] = (byte)(value >> 8);
            _buffer[at + 3] = (byte)value;
            return true;
        }

        /// <summary>Adds a variable byte integer, 0 to 268,435,455.</summary>
        public bool AddVariable(byte id, int value)
        {
            int at = Reserve(id, FixedHeader.SizeOf(value));
            if (at < 0)
            {
                return false;
            }

            FixedHeader.WriteRemainingLength(_buffer, at, value);
            return true;
        }

        /// <summary>Adds a UTF-8 string or binary data of at most 65,535 bytes.</summary>
        public bool AddText(byte id, byte[] source, int offset, int length)
        {
            int at = length > 0xFFFF ? -1 : Reserve(id, 2 + length);
            if (at < 0)
            {
                return false;
            }

            WriteText(at, source, offset, length);
            return true;
        }

        /// <summary>Adds a User Property whose strings have at most 65,535 bytes each.</summary>
        public bool AddPair(
            byte[] source, int nameOffset, int nameLength, int valueOffset, int valueLength)
        {
            int at = nameLength > 0xFFFF || valueLength > 0xFFFF
                ? -1
                : Reserve(PropertyId.UserProperty, 4 + nameLength + valueLength);
            if (at < 0)
            {
                return false;
            }

            WriteText(at, source, nameOffset, nameLength);
            WriteText(at + 2 + nameLength, source, valueOffset, valueLength);
            return true;
        }

        /// <summary>Bytes of raw properties with their Property Length.</summary>
        public static int SectionSize(int length)
        {
            return FixedHeader.SizeOf(length) + length;
        }

        /// <summary>
        /// Writes a Property Length and raw properties, for which the caller has made room, and
        /// returns the offset behind them.
        /// </summary>
        public static int WriteSection(
            byte[] target, int at, byte[] properties, int offset, int length)
        {
            at = FixedHeader.WriteRemainingLength(target, at, length);
            if (length > 0)
            {
                System.Array.Copy(properties, offset, target, at, length);
            }

            return at + length;
        }

        private int Reserve(byte id, int size)
        {
            if (1 + size > _capacity - Length)
            {
                return -1;
            }

            int at = _offset + Length;
            _buffer[at] = id;
            Length += 1 + size;
            return at + 1;
        }

        private void WriteText(int at, byte[] source, int offset, int length)
        {
            _buffer[at] = (byte)(length >> 8);
            _buffer[at + 1] = (byte)length;
            System.Array.Copy(source, offset, _buffer, at + 2, length);
        }
    }
}
