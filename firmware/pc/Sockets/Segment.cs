namespace EdgeBroker.Firmware.Pc
{
    /// <summary>Bytes that lwIP keeps until the other end has acknowledged them.</summary>
    public sealed class Segment
    {
        /// <summary>Most bytes of one segment on these targets.</summary>
        public const int MaxSize = 1440;

        /// <summary>The bytes, Length of them.</summary>
        public readonly byte[] Data = new byte[MaxSize];

        /// <summary>Bytes in Data; 0 for a FIN.</summary>
        public int Length;

        /// <summary>Bytes of Data that were taken by the network of the PC.</summary>
        public int Taken;

        /// <summary>Number in the order of sending.</summary>
        public int Serial;

        /// <summary>When it was sent last.</summary>
        public long SentMs;

        /// <summary>Whether it ends the stream.</summary>
        public bool IsFin;
    }
}
