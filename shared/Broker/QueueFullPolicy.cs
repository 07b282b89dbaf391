namespace EdgeBroker.Broker
{
    /// <summary>What happens when the queue of a subscriber is full.</summary>
    public enum QueueFullPolicy
    {
        /// <summary>The new message is dropped: the subscriber sees the oldest ones.</summary>
        DropNewest,

        /// <summary>
        /// The oldest waiting messages make room: the subscriber sees the newest.
        /// </summary>
        DropOldest,

        /// <summary>
        /// New messages are dropped and, after a deadline, the client disconnected.
        /// </summary>
        Disconnect,
    }
}
