namespace EdgeBroker.Broker
{
    /// <summary>
    /// Hears of rare events; never called per message. It must not call the broker's verbs.
    /// </summary>
    public abstract class BrokerObserver
    {
        /// <summary>Something happened on a connection.</summary>
        /// <param name="what">What it was.</param>
        /// <param name="slot">The connection; its Client Identifier can still be read.</param>
        /// <param name="reasonCode">MQTT 5.0 Reason Code.</param>
        /// <param name="why">A plain phrase, or null.</param>
        public abstract void On(BrokerEvent what, int slot, byte reasonCode, string why);
    }
}
