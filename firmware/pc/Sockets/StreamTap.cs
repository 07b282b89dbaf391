namespace EdgeBroker.Firmware.Pc
{
    /// <summary>Hears what the device's sockets give it, and what it gives to them.</summary>
    public abstract class StreamTap
    {
        /// <summary>A connection was accepted.</summary>
        public abstract void Accepted(Connection connection);

        /// <summary>Bytes of a peer were read.</summary>
        public abstract void Read(Connection connection, byte[] buffer, int offset, int count);

        /// <summary>Bytes for a peer were taken.</summary>
        public abstract void Written(Connection connection, byte[] buffer, int offset, int count);
    }
}
