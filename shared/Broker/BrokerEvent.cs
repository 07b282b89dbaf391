namespace EdgeBroker.Broker
{
    /// <summary>What a host may want to write into its log.</summary>
    public enum BrokerEvent
    {
        /// <summary>A client has connected.</summary>
        Connected,

        /// <summary>A CONNECT was refused.</summary>
        ConnectRefused,

        /// <summary>The client said DISCONNECT.</summary>
        Disconnected,

        /// <summary>The Network Connection was lost.</summary>
        Lost,

        /// <summary>The broker ends the connection.</summary>
        Closed,

        /// <summary>A subscription was refused.</summary>
        SubscribeRefused,

        /// <summary>A message was refused; the connection stays.</summary>
        PublishRefused,

        /// <summary>
        /// The queue of a slow subscriber is full; it loses messages from now on.
        /// </summary>
        QueueFull,
    }
}
