using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>Handles SUBSCRIBE and UNSUBSCRIBE.</summary>
        private void HandleFilters(int slot, byte first, byte[] buffer, int offset, int length)
        {
            SubscribePacket packet = _subscribe;
            byte version = _connections.Version[slot];
            byte code = packet.Decode(buffer, offset, length, first, version);
            if (code != ReasonCode.Success)
            {
                Violate(slot, code, packet.Violation);
                return;
            }

            if (packet.FilterCount > _codes.Length)
            {
                _counters[Counter.LimitFilters]++;
                EndConnection(
                    slot, ReasonCode.QuotaExceeded, "the packet has too many Topic Filters");
                return;
            }

            if (packet.Type == PacketType.Subscribe && packet.Properties.Length > 0
                && packet.Properties.Has(PropertyId.SubscriptionIdentifier))
            {
                Violate(slot, ReasonCode.SubscriptionIdentifiersNotSupported,
                    "Subscription Identifiers are not supported (section 3.2.2.3.12)");
                return;
            }

            if (!TopicFilter.AreWellFormed(packet))
            {
                // [MQTT-4.7.1-1] [MQTT-4.7.3-1]
                Violate(slot, ReasonCode.MalformedPacket,
                    "a Topic Filter is empty or has a wildcard in the wrong place");
                return;
            }

            int count = 0;
            packet.Rewind();
            while (packet.Next())
            {
                _codes[count++] = packet.Type == PacketType.Subscribe
                    ? Subscribe(slot)
                    : Unsubscribe(slot);
            }

            if (!_responses.AddAcknowledgement(slot, packet, _codes, count)) // [MQTT-3.8.4-1]
            {
                EndConnection(
                    slot, ReasonCode.QuotaExceeded, "the acknowledgement cannot be sent");
            }
        }

        /// <summary>Judges one filter of a SUBSCRIBE and subscribes to it.</summary>
        /// <returns>The Reason Code for SUBACK.</returns>
        private byte Subscribe(int slot)
        {
            byte[] buffer = _subscribe.Buffer;
            int offset = _subscribe.FilterOffset;
            int length = _subscribe.FilterLength;
            if (TopicFilter.IsShared(buffer, offset, length))
            {
                return RefuseFilter(slot, ReasonCode.SharedSubscriptionsNotSupported,
                    "Shared Subscriptions are not supported");
            }

            if (length > _parts.Limits.MaxTopicLength || TopicFilter.Check(
                buffer, offset, length, _parts.Limits.MaxTopicLevels) != ReasonCode.Success)
            {
                _counters[Counter.LimitTopic]++;
                return RefuseFilter(slot, ReasonCode.QuotaExceeded,
                    "the Topic Filter is too long or has too many levels");
            }

            SubscriptionTable subscriptions = _parts.Subscriptions;
            int session = _parts.SessionOf(slot);
            if (subscriptions.CountOf(session) >= _parts.Limits.MaxSubscriptionsPerClient
                && !subscriptions.Has(session, buffer, offset, length))
            {
                _counters[Counter.LimitSubscriptionsPerClient]++;
                return RefuseFilter(slot, ReasonCode.QuotaExceeded,
                    "the client has too many subscriptions");
            }

            // [MQTT-3.8.4-8]
            int qos = _subscribe.Options & SubscriptionOptions.QosMask;
            int most = _parts.Outgoing == null ? 0 : _parts.Settings.MaxQos;
            qos = qos < most ? qos : most;
            int option = (_subscribe.Options & ~SubscriptionOptions.QosMask) | qos;
            int result = subscriptions.Subscribe(session, buffer, offset, length, (byte)option);
            if (result < 0)
            {
                _counters[Counter.LimitSubscriptions]++;
                return RefuseFilter(slot, ReasonCode.QuotaExceeded,
                    result == SubscriptionTable.Crowded
                        ? "too many Topic Filters have the same hash"
                        : "the subscription table is full, or the client's share of it");
            }

            int handling = (option & SubscriptionOptions.RetainHandlingMask)
                >> SubscriptionOptions.RetainHandlingShift;
            if (handling == 0 || (handling == 1 && result == SubscriptionTable.Added))
            {
                _replays.Add(session, subscriptions.Last); // [MQTT-3.3.1-9]
                _isPlain[slot] = false;
            }

            return (byte)qos;
        }

        private byte Unsubscribe(int slot)
        {
            int session = _parts.SessionOf(slot);
            if (!_parts.Subscriptions.Unsubscribe(session, _subscribe.Buffer,
                _subscribe.FilterOffset, _subscribe.FilterLength))
            {
                return ReasonCode.NoSubscriptionExisted;
            }

            _replays.Remove(session, _parts.Subscriptions.Last);
            return ReasonCode.Success;
        }

        private byte RefuseFilter(int slot, byte code, string why)
        {
            Notify(BrokerEvent.SubscribeRefused, slot, code, why);
            return code;
        }
    }
}
