using System.Text;
using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>What the broker answers: encodes it, and puts it behind what waits.</summary>
    public sealed class Responses
    {
        /// <summary>Room for CONNACK and DISCONNECT, beside what clients name.</summary>
        public const int Overhead = 160;

        /// <summary>Longest Reason String in bytes.</summary>
        private const int MaxReasonLength = 100;

        /// <summary>Bytes of a SUBACK or UNSUBACK with one Reason Code.</summary>
        private const int MaxShortAck = 6;

        private readonly BrokerParts _parts;
        private readonly ClientIdTable _clientIds;
        private readonly PropertyWriter _properties = new PropertyWriter();

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="clientIds">Who was assigned which identifier.</param>
        public Responses(BrokerParts parts, ClientIdTable clientIds)
        {
            _parts = parts;
            _clientIds = clientIds;
        }

        /// <summary>
        /// Whether nothing more is read from a client until it has taken responses: it has too
        /// many waiting, or entries are so short that each gets only one.
        /// </summary>
        public bool IsBehind(int slot)
        {
            return _parts.Queues.Responses[slot] >= _parts.Limits.MaxQueuedResponses
                || !_parts.Queues.MayRespond(slot);
        }

        /// <summary>Queues a response that is made up when it is sent.</summary>
        /// <param name="slot">A connection that is not behind with its responses.</param>
        /// <param name="header">First byte of the packet.</param>
        /// <param name="value">Packet Identifier, with the Reason Code above its 16 bits.</param>
        /// <returns>False when no entry is left, which only a goodbye can meet.</returns>
        public bool Add(int slot, int header, int value)
        {
            bool isFirst = _parts.Queues.Responses[slot] == 0;
            if (!_parts.Queues.Add(slot, (byte)header, value))
            {
                return false;
            }

            _parts.Connections.IsPlain[slot] = false;
            if (isFirst)
            {
                _parts.Connections.Took[slot] = _parts.Clock.Stamp();
                _parts.Clock.Arm(_parts.Clock.NowMs + _parts.Settings.PacketTimeoutMs);
            }

            return true;
        }

        /// <summary>Answers a CONNECT that was accepted.</summary>
        /// <param name="slot">The connection.</param>
        /// <param name="session">Its session.</param>
        /// <param name="isAssigned">Whether its Client Identifier is to be told.</param>
        /// <param name="serverKeepAliveS">Server Keep Alive in seconds; 0 for none.</param>
        /// <param name="isPresent">Session Present.</param>
        /// <param name="isKept">Whether its session stays as long as it asked.</param>
        /// <returns>False when it cannot be sent.</returns>
        public bool AddConnack(int slot, int session, bool isAssigned, int serverKeepAliveS,
            bool isPresent, bool isKept)
        {
            byte[] scratch = _parts.Scratch;
            BrokerLimits limits = _parts.Limits;
            BrokerSettings settings = _parts.Settings;
            PropertyWriter writer = _properties;
            writer.Begin(scratch, 0, scratch.Length);
            byte version = _parts.Connections.Version[slot];
            if (version == ProtocolVersion.V5)
            {
                if (!isKept)
                {
                    writer.AddFourByte(PropertyId.SessionExpiryInterval, 0);
                }

                if (limits.HasSessions())
                {
                    writer.AddTwoByte(PropertyId.ReceiveMaximum, limits.ReceiveMaximum);
                }

                if (settings.MaxQos < 2)
                {
                    writer.AddByte(PropertyId.MaximumQos, settings.MaxQos); // [MQTT-3.2.2-9]
                }

                if (!settings.RetainAvailable)
                {
                    writer.AddByte(PropertyId.RetainAvailable, 0);
                }

                writer.AddFourByte(PropertyId.MaximumPacketSize, limits.MaxPacketSize);
                if (isAssigned)
                {
                    // [MQTT-3.2.2-16]
                    int length = _clientIds.LengthOf(session);
                    int at = scratch.Length - length;
                    _clientIds.Read(session, scratch, at);
                    writer.AddText(PropertyId.AssignedClientIdentifier, scratch, at, length);
                }

                if (_parts.Subscriptions.Numbers == null)
                {
                    writer.AddByte(PropertyId.SubscriptionIdentifierAvailable, 0);
                }

                if (_parts.Outgoing?.Groups == null)
                {
                    writer.AddByte(PropertyId.SharedSubscriptionAvailable, 0);
                }

                if (serverKeepAliveS > 0)
                {
                    writer.AddTwoByte(PropertyId.ServerKeepAlive, serverKeepAliveS);
                }
            }

            return AddRaw(slot, ConnackEncoder.Encode(_parts.Response, 0, _parts.Response.Length,
                version, isPresent, ReasonCode.Success, scratch, 0, writer.Length));
        }

        /// <summary>
        /// Answers a CONNECT that was refused; nothing where 3.1.1 closes without a word
        /// [MQTT-3.1.4-1].
        /// </summary>
        public void AddRefusal(int slot, byte code, string why)
        {
            byte[] response = _parts.Response;
            byte[] scratch = _parts.Scratch;
            byte version = _parts.Connections.Version[slot];
            int reason = version == ProtocolVersion.V5 ? WriteReasonString(why) : 0;
            int length = ConnackEncoder.Encode(
                response, 0, response.Length, version, false, code, scratch, 0, reason);
            if (length > _parts.Connections.ClientPacketSize[slot])
            {
                // [MQTT-3.2.2-19]
                length = ConnackEncoder.Encode(
                    response, 0, response.Length, version, false, code, null, 0, 0);
            }

            AddRaw(slot, length);
        }

        /// <summary>Tells a 5.0 client why its connection ends.</summary>
        public void AddDisconnect(int slot, byte code, string why)
        {
            byte[] response = _parts.Response;
            byte[] scratch = _parts.Scratch;
            int length = DisconnectEncoder.Encode(
                response, 0, response.Length, code, scratch, 0, WriteReasonString(why));
            if (length > _parts.Connections.ClientPacketSize[slot])
            {
                // [MQTT-3.14.2-3]
                length = DisconnectEncoder.Encode(
                    response, 0, response.Length, code, null, 0, 0);
            }

            AddRaw(slot, length);
        }

        /// <summary>Answers SUBSCRIBE or UNSUBSCRIBE, a Reason Code for each filter.</summary>
        /// <returns>False when it cannot be sent.</returns>
        public bool AddAcknowledgement(int slot, SubscribePacket packet, byte[] codes, int count)
        {
            byte type = packet.Type == PacketType.Subscribe
                ? PacketType.Suback
                : PacketType.Unsuback;
            // One code needs no memory, several are encoded now.
            return count == 1
                ? _parts.Connections.ClientPacketSize[slot] >= MaxShortAck
                    && Add(slot, type << 4, packet.PacketId | (codes[0] << 16))
                : AddRaw(slot, SubackEncoder.Encode(_parts.Response, 0, _parts.Response.Length,
                    _parts.Connections.Version[slot], type, packet.PacketId, codes, 0, count));
        }

        /// <summary>Queues a response that stands encoded in the response buffer.</summary>
        /// <returns>False when it is too large for the client, or there is no memory.</returns>
        private bool AddRaw(int slot, int length)
        {
            if (length <= 0 || length > _parts.Connections.ClientPacketSize[slot])
            {
                return false;
            }

            int message = _parts.Store.StoreRaw(_parts.Response, 0, length);
            if (message == MessageStore.None)
            {
                _parts.Counters[Counter.LimitMessageMemory]++;
                return false;
            }

            bool isQueued = Add(slot, OutboundQueues.Raw, message);
            _parts.Store.Release(message);
            return isQueued;
        }

        /// <summary>Writes a plain phrase as a Reason String to the scratch buffer.</summary>
        /// <returns>Bytes of that property, which begins at 0; 0 for a phrase too long.</returns>
        private int WriteReasonString(string why)
        {
            byte[] scratch = _parts.Scratch;
            if (why == null || why.Length > MaxReasonLength)
            {
                return 0;
            }

            int at = scratch.Length - why.Length;
            int length = Encoding.UTF8.GetBytes(why, 0, why.Length, scratch, at);
            _properties.Begin(scratch, 0, at);
            _properties.AddText(PropertyId.ReasonString, scratch, at, length);
            return _properties.Length;
        }
    }
}
