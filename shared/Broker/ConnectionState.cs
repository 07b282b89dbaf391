namespace EdgeBroker.Broker
{
    /// <summary>Where a Network Connection stands.</summary>
    public enum ConnectionState
    {
        /// <summary>The slot is not in use.</summary>
        Free,

        /// <summary>Open, no CONNECT accepted yet.</summary>
        AwaitingConnect,

        /// <summary>CONNECT accepted.</summary>
        Connected,

        /// <summary>Nothing is read any more; last packets go out, then the host closes.</summary>
        Closing,
    }
}
