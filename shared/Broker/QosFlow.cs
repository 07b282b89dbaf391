using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// How a message at QoS 1 or 2 that the broker sends comes to its end (section 4.3): what
    /// follows which acknowledgement, and nothing else.
    /// </summary>
    public static class QosFlow
    {
        /// <summary>The PUBLISH has not been sent on any connection.</summary>
        public const byte Unsent = 0;

        /// <summary>The PUBLISH was sent; PUBACK or PUBREC is to come.</summary>
        public const byte Sent = 1;

        /// <summary>PUBREC has come; PUBCOMP is to come.</summary>
        public const byte Released = 2;

        /// <summary>The flow is over; the Packet Identifier is free.</summary>
        public const byte Ended = 3;

        /// <summary>
        /// There is no such flow, or its PUBLISH was not sent on this connection.
        /// </summary>
        public const byte Unknown = 4;

        /// <summary>The acknowledgement is of another kind than the flow wants.</summary>
        public const byte Wrong = 5;

        /// <summary>What an acknowledgement does to a flow.</summary>
        /// <param name="state">Where the flow stands.</param>
        /// <param name="qos">Its QoS, 1 or 2.</param>
        /// <param name="type">PUBACK, PUBREC or PUBCOMP, see PacketType.</param>
        /// <param name="reasonCode">Its Reason Code; Success in 3.1.1.</param>
        /// <returns>Where the flow stands then.</returns>
        public static byte After(byte state, int qos, int type, byte reasonCode)
        {
            if (state == Sent && qos == 1 && type == PacketType.Puback)
            {
                return Ended; // [MQTT-4.3.2-3]
            }

            if (state == Sent && qos == 2 && type == PacketType.Pubrec)
            {
                return reasonCode < ReasonCode.UnspecifiedError ? Released : Ended;
            }

            if (state == Released && type == PacketType.Pubrec)
            {
                // Sent once more, after a PUBLISH with DUP: PUBREL answers it again.
                return reasonCode < ReasonCode.UnspecifiedError ? Released : Ended;
            }

            return state == Released && type == PacketType.Pubcomp ? Ended : Wrong;
        }
    }
}
