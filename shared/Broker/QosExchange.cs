using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Answers what clients send in the exchange of a message at QoS 1 or 2 (section 4.3).
    /// </summary>
    public sealed class QosExchange
    {
        private readonly BrokerParts _parts;
        private readonly Responses _responses;
        private readonly Incoming _incoming;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="responses">Brings the answers.</param>
        /// <param name="incoming">What comes in at QoS 2; null without sessions.</param>
        public QosExchange(BrokerParts parts, Responses responses, Incoming incoming)
        {
            _parts = parts;
            _responses = responses;
            _incoming = incoming;
        }

        /// <summary>
        /// Whether a PUBLISH was handed on when it came first; PUBREC answers it once more
        /// [MQTT-4.3.3-10].
        /// </summary>
        public bool IsRepeated(int slot, int packetId)
        {
            if (!_incoming.Has(_parts.SessionOf(slot), packetId))
            {
                return false;
            }

            _responses.Add(slot, PacketType.Pubrec << 4, packetId);
            return true;
        }

        /// <summary>
        /// Whether one more message at QoS 2 is more than Receive Maximum [MQTT-3.3.4-7].
        /// </summary>
        public bool IsFull(int slot)
        {
            return _incoming.IsFull(_parts.SessionOf(slot));
        }

        /// <summary>
        /// Answers a PUBLISH at QoS 1 or 2 that was handed on [MQTT-4.3.2-4] [MQTT-4.3.3-8]:
        /// nothing is kept of it but, at QoS 2, its Packet Identifier.
        /// </summary>
        public void Answer(int slot, PublishPacket publish, byte reason)
        {
            bool isV5 = _parts.Connections.Version[slot] == ProtocolVersion.V5;
            int type = publish.Qos == 2 ? PacketType.Pubrec : PacketType.Puback;
            _responses.Add(slot, type << 4, publish.PacketId | (isV5 ? reason << 16 : 0));
            if (publish.Qos == 2 && (!isV5 || reason < ReasonCode.UnspecifiedError))
            {
                _incoming.Add(_parts.SessionOf(slot), publish.PacketId);
            }
        }

        /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP has come.</summary>
        public void Take(int slot, int type, ReasonPacket packet)
        {
            int id = packet.PacketId;
            bool isKnown = _parts.Outgoing != null && (type == PacketType.Pubrel
                ? _incoming.Remove(_parts.SessionOf(slot), id)
                : _parts.Outgoing.Acknowledge(slot, type, id, packet.ReasonCode));

            // What is unknown is answered so that the client can end the flow; a PUBREC that fails
            // ended it (section 4.3.3).
            bool isV5 = _parts.Connections.Version[slot] == ProtocolVersion.V5;
            int value = isV5 && !isKnown
                ? id | (ReasonCode.PacketIdentifierNotFound << 16)
                : id;
            if (type == PacketType.Pubrel)
            {
                _responses.Add(slot, PacketType.Pubcomp << 4, value);
            }
            else if (type == PacketType.Pubrec && !isKnown
                && packet.ReasonCode < ReasonCode.UnspecifiedError)
            {
                _responses.Add(slot, (PacketType.Pubrel << 4) | 2, value);
            }
        }
    }
}
