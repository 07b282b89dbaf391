using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Answers what clients send in the exchange of a message at QoS 1 or 2 (section 4.3).
    /// </summary>
    public sealed class QosExchange
    {
        private readonly ConnectionTable _connections;
        private readonly SessionTable _sessions;
        private readonly Responses _responses;
        private readonly Outgoing _outgoing;
        private readonly Incoming _incoming;

        /// <param name="connections">Who speaks which version.</param>
        /// <param name="sessions">Whose connection is which.</param>
        /// <param name="responses">Brings the answers.</param>
        /// <param name="outgoing">What goes out at QoS 1 and 2; may be null.</param>
        /// <param name="incoming">What comes in at QoS 2; may be null.</param>
        public QosExchange(ConnectionTable connections, SessionTable sessions,
            Responses responses, Outgoing outgoing, Incoming incoming)
        {
            _connections = connections;
            _sessions = sessions;
            _responses = responses;
            _outgoing = outgoing;
            _incoming = incoming;
        }

        /// <summary>
        /// Whether a PUBLISH was handed on when it came first; PUBREC answers it once more
        /// [MQTT-4.3.3-10].
        /// </summary>
        public bool IsRepeated(int slot, PublishPacket publish)
        {
            if (publish.Qos < 2 || _incoming == null
                || !_incoming.Has(_sessions.Of(slot), publish.PacketId))
            {
                return false;
            }

            _responses.Add(slot, PacketType.Pubrec << 4, publish.PacketId);
            return true;
        }

        /// <summary>Whether a PUBLISH is more than Receive Maximum allows [MQTT-3.3.4-7].</summary>
        public bool IsTooMany(int slot, PublishPacket publish)
        {
            return publish.Qos == 2 && _incoming != null && _incoming.IsFull(_sessions.Of(slot));
        }

        /// <summary>
        /// Answers a PUBLISH that was handed on [MQTT-4.3.2-4] [MQTT-4.3.3-8]: nothing is kept of
        /// it but, at QoS 2, its Packet Identifier.
        /// </summary>
        public void Answer(int slot, PublishPacket publish, byte reason)
        {
            if (publish.Qos == 0)
            {
                return;
            }

            bool isV5 = _connections.Version[slot] == ProtocolVersion.V5;
            int type = publish.Qos == 2 ? PacketType.Pubrec : PacketType.Puback;
            _responses.Add(slot, type << 4, publish.PacketId | (isV5 ? reason << 16 : 0));
            if (publish.Qos == 2 && (!isV5 || reason < ReasonCode.UnspecifiedError))
            {
                _incoming.Add(_sessions.Of(slot), publish.PacketId);
            }
        }

        /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP has come.</summary>
        public void Take(int slot, int type, ReasonPacket packet)
        {
            int id = packet.PacketId;
            bool isKnown = _outgoing != null && (type == PacketType.Pubrel
                ? _incoming.Remove(_sessions.Of(slot), id)
                : _outgoing.Acknowledge(slot, type, id, packet.ReasonCode));

            // What is unknown is answered so that the client can end the flow; a PUBREC that fails
            // ended it (section 4.3.3).
            bool isV5 = _connections.Version[slot] == ProtocolVersion.V5;
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
