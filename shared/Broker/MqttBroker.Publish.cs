using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private readonly PublishPacket _publish = new PublishPacket();

        /// <summary>
        /// Handles the PUBLISH that boards see all day: 3.1.1, QoS 0, no flags, up to 129 bytes, a
        /// name that is known. It needs no check that the route does not stand for.
        /// </summary>
        /// <returns>False when it is something else; nothing has happened then.</returns>
        private bool ForwardPlain(int slot, byte[] buffer, int offset, int length)
        {
            int topicLength = (buffer[offset] << 8) | buffer[offset + 1];
            if (_version[slot] != ProtocolVersion.V311 || topicLength == 0
                || topicLength > _limits.MaxTopicLength || topicLength + 2 > length
                || buffer[offset + 2] == '$' || _state[slot] != (byte)ConnectionState.Connected
                || length + 2 > _limits.MaxPacketSize)
            {
                return false;
            }

            RouteCache routes = _routes;
            int route = routes.Find(buffer, offset + 2, topicLength, _route[slot]);
            if (route == RouteCache.None)
            {
                return false;
            }

            long[] counters = Counters;
            counters[Counter.MessagesReceived]++;
            counters[Counter.PublishReceived]++;
            counters[Counter.PublishBytesReceived] += length - 2 - topicLength;
            _receivedMs[slot] = _nowMs;
            _route[slot] = route;
            int count = routes.Count[route];
            if (count == 0)
            {
                return true;
            }

            int message = BeginMessage(length, 0, false);
            if (message == MessageStore.None)
            {
                counters[Counter.LimitMessageMemory]++;
                counters[Counter.PublishDropped] += count;
                return true;
            }

            _messages.Pool.Append(buffer, offset, length);
            Deliver(slot, route, message, false);
            _messages.Release(message);
            return true;
        }

        private void HandlePublish(int slot, byte first, byte[] buffer, int offset, int length)
        {
            PublishPacket publish = _publish;
            byte code = publish.Decode(buffer, offset, length, first, _version[slot]);
            if (code != ReasonCode.Success)
            {
                Violate(slot, code, publish.Violation);
                return;
            }

            Counters[Counter.PublishReceived]++;
            Counters[Counter.PublishBytesReceived] += publish.PayloadLength;
            if (publish.Qos > _settings.MaxQos)
            {
                // [MQTT-3.2.2-11]; in 3.1.1 there is no other way than to close.
                Violate(slot, ReasonCode.QosNotSupported,
                    "the QoS is higher than supported [MQTT-3.2.2-11]");
                return;
            }

            if (publish.HasProperties && publish.Properties.Has(PropertyId.TopicAlias))
            {
                // Topic Alias Maximum is absent from CONNACK, that is 0 [MQTT-3.2.2-18].
                Violate(slot, ReasonCode.TopicAliasInvalid,
                    "Topic Aliases are not supported [MQTT-3.2.2-18]");
                return;
            }

            if (publish.Retain && !_settings.RetainAvailable)
            {
                Violate(slot, ReasonCode.RetainNotSupported,
                    "Retained Messages are not supported [MQTT-3.2.2-14]");
                return;
            }

            int topicLength = publish.TopicLength;
            int route = topicLength > _limits.MaxTopicLength
                ? RouteCache.None
                : _routes.Find(buffer, publish.TopicOffset, topicLength, _route[slot]);
            if (route == RouteCache.None)
            {
                RefuseTopic(slot, topicLength);
                return;
            }

            _route[slot] = route;
            byte reason = ReasonCode.NotAuthorized;
            if (IsSys(buffer, publish.TopicOffset, topicLength))
            {
                Notify(BrokerEvent.PublishRefused, slot, reason, "$SYS belongs to the broker");
            }
            else
            {
                reason = Distribute(slot, route) == 0
                    ? ReasonCode.NoMatchingSubscribers
                    : ReasonCode.Success;
            }

            if (publish.Qos > 0)
            {
                // [MQTT-4.3.2-4]: the message has been handed on, nothing is kept.
                int code5 = _version[slot] == ProtocolVersion.V5 ? reason << 16 : 0;
                Respond(slot, PacketType.Puback << 4, publish.PacketId | code5);
            }
        }

        private static bool IsSys(byte[] buffer, int offset, int length)
        {
            return buffer[offset] == '$' && length >= 4 && buffer[offset + 1] == 'S'
                && buffer[offset + 2] == 'Y' && buffer[offset + 3] == 'S'
                && (length == 4 || buffer[offset + 4] == '/');
        }

        /// <summary>
        /// Stores the decoded message once, retains it if asked to, and routes it.
        /// </summary>
        /// <returns>The number of subscribers it is meant for.</returns>
        private int Distribute(int slot, int route)
        {
            PublishPacket publish = _publish;
            int count = _routes.Count[route];
            bool isRetained = publish.Retain;
            if (isRetained && publish.PayloadLength == 0)
            {
                // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
                Forget(publish.Buffer, publish.TopicOffset, publish.TopicLength);
            }

            isRetained &= publish.PayloadLength > 0;
            if (count == 0 && !isRetained)
            {
                return 0;
            }

            int message = StorePublish();
            if (message == MessageStore.None)
            {
                Counters[Counter.LimitMessageMemory]++;
                Counters[Counter.PublishDropped] += count;
                Counters[Counter.LimitRetained] += isRetained ? 1 : 0;
                return count;
            }

            if (isRetained)
            {
                Retain(slot, publish.Buffer, publish.TopicOffset, publish.TopicLength, message);
            }

            Deliver(slot, route, message, publish.Retain);
            _messages.Release(message);
            return count;
        }

        private int StorePublish()
        {
            PublishPacket publish = _publish;
            byte[] buffer = publish.Buffer;
            int topic = publish.TopicLength + 2;
            int payload = publish.PayloadLength;
            int properties = publish.HasProperties ? publish.Properties.Length : 0;
            int length = topic + payload + properties;
            int expiry = properties > 0
                ? publish.Properties.Find(PropertyId.MessageExpiryInterval, -1)
                : -1;
            int message = BeginMessage(length, properties, expiry >= 0);
            if (message == MessageStore.None)
            {
                return message;
            }

            BlockPool pool = _messages.Pool;
            int start = publish.TopicOffset - 2;
            if (publish.PayloadOffset == start + topic)
            {
                // 3.1.1 at QoS 0: topic and payload lie side by side, one copy does.
                pool.Append(buffer, start, topic + payload);
                return message;
            }

            pool.Append(buffer, start, topic);
            if (payload > 0)
            {
                pool.Append(buffer, publish.PayloadOffset, payload);
            }

            if (properties > 0)
            {
                PropertySet set = publish.Properties;
                pool.Append(set.Buffer, set.Offset, properties);
                if (expiry >= 0)
                {
                    _messages.AppendTrailer(topic + payload + expiry - set.Offset, _nowMs);
                }
            }

            return message;
        }

        private void RefuseTopic(int slot, int topicLength)
        {
            byte code = topicLength > _limits.MaxTopicLength
                ? ReasonCode.QuotaExceeded
                : _routes.Error;
            if (code == ReasonCode.QuotaExceeded)
            {
                Counters[Counter.LimitTopic]++;
                EndConnection(slot, ReasonCode.TopicNameInvalid,
                    "the Topic Name is too long or has too many levels");
                return;
            }

            Violate(slot, code, code == ReasonCode.MalformedPacket
                ? "the Topic Name is not well-formed UTF-8 [MQTT-1.5.4-1]"
                : "the Topic Name has a wildcard [MQTT-3.3.2-2]");
        }
    }
}
