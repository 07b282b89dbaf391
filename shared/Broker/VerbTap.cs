namespace EdgeBroker.Broker
{
    /// <summary>
    /// Hears of every verb that has ended: recordings, traces and checks are made of this. It may
    /// ask the broker questions; it must not call its verbs.
    /// </summary>
    public abstract class VerbTap
    {
        /// <summary>Open has ended.</summary>
        /// <param name="slot">The slot that it gave, or None.</param>
        /// <param name="address">Where the connection comes from.</param>
        /// <param name="nowMs">The time that the verb was given.</param>
        public abstract void Opened(int slot, int address, long nowMs);

        /// <summary>Receive has ended.</summary>
        /// <param name="slot">The connection.</param>
        /// <param name="buffer">Holds what came in; to be copied.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">Bytes.</param>
        /// <param name="nowMs">The time that the verb was given.</param>
        public abstract void Received(
            int slot, byte[] buffer, int offset, int count, long nowMs);

        /// <summary>Transmit has ended.</summary>
        /// <param name="slot">The connection.</param>
        /// <param name="buffer">Holds what goes out; to be copied.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="capacity">The room that there was.</param>
        /// <param name="count">Bytes.</param>
        /// <param name="nowMs">The time that the verb was given.</param>
        public abstract void Transmitted(
            int slot, byte[] buffer, int offset, int capacity, int count, long nowMs);

        /// <summary>Block has ended.</summary>
        public abstract void Blocked(int slot, long nowMs);

        /// <summary>Tick has ended.</summary>
        public abstract void Ticked(long nowMs);

        /// <summary>Close has ended; the slot is free.</summary>
        public abstract void Closed(int slot, long nowMs);

        /// <summary>Shutdown has ended.</summary>
        public abstract void ShutDown(long nowMs);
    }
}
