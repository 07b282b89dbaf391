using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>An observer that keeps what it heard.</summary>
    public sealed class EventLog : BrokerObserver
    {
        /// <summary>How often each event came, by BrokerEvent.</summary>
        public readonly int[] Times = new int[8];

        /// <summary>The last event.</summary>
        public BrokerEvent Last;

        /// <summary>The slot of the last event.</summary>
        public int Slot;

        /// <summary>The Reason Code of the last event.</summary>
        public byte ReasonCode;

        /// <summary>The words of the last event.</summary>
        public string Why;

        /// <inheritdoc />
        public override void On(BrokerEvent what, int slot, byte reasonCode, string why)
        {
            Times[(int)what]++;
            Last = what;
            Slot = slot;
            ReasonCode = reasonCode;
            Why = why;
        }
    }
}
