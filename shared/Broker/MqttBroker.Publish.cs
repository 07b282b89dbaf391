using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private void HandlePublish(int slot, byte first, byte[] buffer, int offset, int length)
        {
            PublishPacket publish = _publish;
            byte version = _connections.Version[slot];
            byte code = publish.Decode(buffer, offset, length, first, version);
            if (code != ReasonCode.Success)
            {
                _counters[Counter.MessagesReceived]++;
                Violate(slot, code, publish.Violation);
                return;
            }

            _counters[Counter.PublishReceived]++;
            _counters[Counter.PublishBytesReceived] += publish.PayloadLength;
            if (publish.Qos > _parts.Settings.MaxQos)
            {
                // [MQTT-3.2.2-11]; in 3.1.1 there is no other way than to close.
                Violate(slot, ReasonCode.QosNotSupported,
                    "the QoS is higher than supported [MQTT-3.2.2-11]");
                return;
            }

            if (publish.Properties.Length > 0 && publish.Properties.Has(PropertyId.TopicAlias))
            {
                // Topic Alias Maximum is absent from CONNACK, that is 0 [MQTT-3.2.2-18].
                Violate(slot, ReasonCode.TopicAliasInvalid,
                    "Topic Aliases are not supported [MQTT-3.2.2-18]");
                return;
            }

            if (publish.Retain && !_parts.Settings.RetainAvailable)
            {
                Violate(slot, ReasonCode.RetainNotSupported,
                    "Retained Messages are not supported [MQTT-3.2.2-14]");
                return;
            }

            RouteCache routes = _router.Routes;
            int topicLength = publish.TopicLength;
            int route = topicLength > _parts.Limits.MaxTopicLength
                ? RouteCache.None
                : routes.Find(buffer, publish.TopicOffset, topicLength, _connections.Route[slot]);
            if (route == RouteCache.None)
            {
                RefuseTopic(slot, topicLength);
                return;
            }

            _connections.Route[slot] = route;
            if (publish.Qos == 2 && _exchange.IsRepeated(slot, publish.PacketId))
            {
                return;
            }

            if (publish.Qos == 2 && _exchange.IsFull(slot))
            {
                Violate(slot, ReasonCode.ReceiveMaximumExceeded,
                    "more messages at QoS 2 than Receive Maximum [MQTT-3.3.4-7]");
                return;
            }

            byte reason;
            if (buffer[publish.TopicOffset] == '$'
                && SysTopics.Has(buffer, publish.TopicOffset, topicLength))
            {
                reason = ReasonCode.NotAuthorized;
                Notify(BrokerEvent.PublishRefused, slot, reason, "$SYS belongs to the broker");
            }
            else
            {
                reason = Distribute(slot, route);
            }

            if (publish.Qos > 0)
            {
                _exchange.Answer(slot, publish, reason);
            }
        }

        /// <summary>
        /// Stores the decoded message once, retains it if asked to, and routes it. That there is
        /// room for it was seen before.
        /// </summary>
        /// <returns>The Reason Code for PUBACK.</returns>
        private byte Distribute(int slot, int route)
        {
            PublishPacket publish = _publish;
            bool isMatched = _router.Routes.Count[route] > 0;
            byte reason = isMatched ? ReasonCode.Success : ReasonCode.NoMatchingSubscribers;
            bool isRetained = publish.Retain && publish.PayloadLength > 0;
            if (publish.Retain && !isRetained)
            {
                // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
                _retained.Forget(publish.Buffer, publish.TopicOffset, publish.TopicLength);
            }

            if (!isMatched && !isRetained)
            {
                return reason;
            }

            int message = MessageIntake.StorePublish(_parts, publish);
            _router.Deliver(slot, route, message, publish.Qos, publish.Retain);
            if (isRetained && !_retained.Update(message))
            {
                // It was handed on: a PUBREC that fails would let it be sent as another one.
                reason = publish.Qos == 2 ? reason : ReasonCode.QuotaExceeded;
                Notify(BrokerEvent.PublishRefused, slot, ReasonCode.QuotaExceeded,
                    "there is no room to retain the message");
            }

            _parts.Store.Release(message);
            return reason;
        }

        private void RefuseTopic(int slot, int topicLength)
        {
            byte code = topicLength > _parts.Limits.MaxTopicLength
                ? ReasonCode.QuotaExceeded
                : _router.Routes.Error;
            if (code == ReasonCode.QuotaExceeded)
            {
                _counters[Counter.LimitTopic]++;
                EndConnection(slot, ReasonCode.TopicNameInvalid,
                    "the Topic Name is too long or has too many levels");
                return;
            }

            Violate(slot, ReasonCode.MalformedPacket, code == ReasonCode.MalformedPacket
                ? "the Topic Name is not well-formed UTF-8 [MQTT-1.5.4-1]"
                : "the Topic Name has a wildcard [MQTT-3.3.2-2]");
        }
    }
}
