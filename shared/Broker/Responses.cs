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

        private readonly BrokerLimits _limits;
        private readonly BrokerSettings _settings;
        private readonly ConnectionTable _connections;
        private readonly ClientIdTable _clientIds;
        private readonly OutboundQueues _queues;
        private readonly MessageStore _store;
        private readonly Clock _clock;
        private readonly long[] _counters;
        private readonly PropertyWriter _properties = new PropertyWriter();
        private readonly byte[] _scratch;
        private readonly byte[] _response;

        /// <param name="limits">Told in CONNACK.</param>
        /// <param name="settings">Told in CONNACK.</param>
        /// <param name="connections">Who speaks which version.</param>
        /// <param name="clientIds">Who was assigned which identifier.</param>
        /// <param name="queues">Where responses wait.</param>
        /// <param name="store">Keeps those that are not made up when they are sent.</param>
        /// <param name="clock">The broker's time.</param>
        /// <param name="counters">The broker's counters.</param>
        /// <param name="scratch">Takes properties for the time of a call.</param>
        /// <param name="response">Takes a packet for the time of a call.</param>
        public Responses(BrokerLimits limits, BrokerSettings settings,
            ConnectionTable connections, ClientIdTable clientIds, OutboundQueues queues,
            MessageStore store, Clock clock, long[] counters, byte[] scratch, byte[] response)
        {
            _limits = limits;
            _settings = settings;
            _connections = connections;
            _clientIds = clientIds;
            _queues = queues;
            _store = store;
            _clock = clock;
            _counters = counters;
            _scratch = scratch;
            _response = response;
        }

        /// <summary>
        /// Whether nothing more is read from a client until it has taken responses: it has too
        /// many waiting, or entries are so short that each gets only one.
        /// </summary>
        public bool IsBehind(int slot)
        {
            return _queues.Responses[slot] >= _limits.MaxQueuedResponses
                || !_queues.MayRespond(slot);
        }

        /// <summary>Queues a response that is made up when it is sent.</summary>
        /// <param name="slot">A connection that is not behind with its responses.</param>
        /// <param name="header">First byte of the packet.</param>
        /// <param name="value">Packet Identifier, with the Reason Code above its 16 bits.</param>
        /// <returns>False when no entry is left, which only a goodbye can meet.</returns>
        public bool Add(int slot, int header, int value)
        {
            bool isFirst = _queues.Responses[slot] == 0;
            if (!_queues.Add(slot, (byte)header, value))
            {
                return false;
            }

            _connections.IsPlain[slot] = false;
            if (isFirst)
            {
                _connections.Took[slot] = _clock.Stamp();
                _clock.Arm(_clock.NowMs + _settings.PacketTimeoutMs);
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
            PropertyWriter writer = _properties;
            writer.Begin(_scratch, 0, _scratch.Length);
            byte version = _connections.Version[slot];
            if (version == ProtocolVersion.V5)
            {
                if (!isKept)
                {
                    writer.AddFourByte(PropertyId.SessionExpiryInterval, 0);
                }

                if (_limits.HasSessions())
                {
                    writer.AddTwoByte(PropertyId.ReceiveMaximum, _limits.ReceiveMaximum);
                }

                if (_settings.MaxQos < 2)
                {
                    writer.AddByte(PropertyId.MaximumQos, _settings.MaxQos); // [MQTT-3.2.2-9]
                }

                if (!_settings.RetainAvailable)
                {
                    writer.AddByte(PropertyId.RetainAvailable, 0);
                }

                writer.AddFourByte(PropertyId.MaximumPacketSize, _limits.MaxPacketSize);
                if (isAssigned)
                {
                    // [MQTT-3.2.2-16]
                    int length = _clientIds.LengthOf(session);
                    int at = _scratch.Length - length;
                    _clientIds.Read(session, _scratch, at);
                    writer.AddText(PropertyId.AssignedClientIdentifier, _scratch, at, length);
                }

                writer.AddByte(PropertyId.SubscriptionIdentifierAvailable, 0);
                writer.AddByte(PropertyId.SharedSubscriptionAvailable, 0);
                if (serverKeepAliveS > 0)
                {
                    writer.AddTwoByte(PropertyId.ServerKeepAlive, serverKeepAliveS);
                }
            }

            return AddRaw(slot, ConnackEncoder.Encode(_response, 0, _response.Length,
                version, isPresent, ReasonCode.Success, _scratch, 0, writer.Length));
        }

        /// <summary>
        /// Answers a CONNECT that was refused; nothing where 3.1.1 closes without a word
        /// [MQTT-3.1.4-1].
        /// </summary>
        public void AddRefusal(int slot, byte code, string why)
        {
            byte version = _connections.Version[slot];
            int reason = version == ProtocolVersion.V5 ? WriteReasonString(why) : 0;
            int length = ConnackEncoder.Encode(
                _response, 0, _response.Length, version, false, code, _scratch, 0, reason);
            if (length > _connections.ClientPacketSize[slot])
            {
                // [MQTT-3.2.2-19]
                length = ConnackEncoder.Encode(
                    _response, 0, _response.Length, version, false, code, null, 0, 0);
            }

            AddRaw(slot, length);
        }

        /// <summary>Tells a 5.0 client why its connection ends.</summary>
        public void AddDisconnect(int slot, byte code, string why)
        {
            int length = DisconnectEncoder.Encode(
                _response, 0, _response.Length, code, _scratch, 0, WriteReasonString(why));
            if (length > _connections.ClientPacketSize[slot])
            {
                // [MQTT-3.14.2-3]
                length = DisconnectEncoder.Encode(
                    _response, 0, _response.Length, code, null, 0, 0);
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
                ? _connections.ClientPacketSize[slot] >= MaxShortAck
                    && Add(slot, type << 4, packet.PacketId | (codes[0] << 16))
                : AddRaw(slot, SubackEncoder.Encode(_response, 0, _response.Length,
                    _connections.Version[slot], type, packet.PacketId, codes, 0, count));
        }

        /// <summary>Queues a response that stands encoded in the response buffer.</summary>
        /// <returns>False when it is too large for the client, or there is no memory.</returns>
        private bool AddRaw(int slot, int length)
        {
            if (length <= 0 || length > _connections.ClientPacketSize[slot])
            {
                return false;
            }

            int message = _store.StoreRaw(_response, 0, length);
            if (message == MessageStore.None)
            {
                _counters[Counter.LimitMessageMemory]++;
                return false;
            }

            bool isQueued = Add(slot, OutboundQueues.Raw, message);
            _store.Release(message);
            return isQueued;
        }

        /// <summary>Writes a plain phrase as a Reason String to the scratch buffer.</summary>
        /// <returns>Bytes of that property, which begins at 0; 0 for a phrase too long.</returns>
        private int WriteReasonString(string why)
        {
            if (why == null || why.Length > MaxReasonLength)
            {
                return 0;
            }

            int at = _scratch.Length - why.Length;
            int length = Encoding.UTF8.GetBytes(why, 0, why.Length, _scratch, at);
            _properties.Begin(_scratch, 0, at);
            _properties.AddText(PropertyId.ReasonString, _scratch, at, length);
            return _properties.Length;
        }
    }
}
