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

            int identifier = packet.Type == PacketType.Subscribe && packet.Properties.Length > 0
                ? (int)packet.Properties.Number(PropertyId.SubscriptionIdentifier)
                : 0;
            if (identifier > 0 && _parts.Subscriptions.Numbers == null)
            {
                Violate(slot, ReasonCode.SubscriptionIdentifiersNotSupported,
                    "Subscription Identifiers are not supported (section 3.2.2.3.12)");
                return;
            }

            if (packet.Type == PacketType.Subscribe && _parts.Outgoing?.Groups != null
                && !TopicFilter.AreWellShared(packet))
            {
                Violate(slot, ReasonCode.ProtocolError, "a Shared Subscription has No Local, "
                    + "or no well-formed ShareName [MQTT-3.8.3-4] [MQTT-4.8.2-1]");
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
                    ? FilterRequests.Subscribe(_parts, _replays, packet, slot, identifier)
                    : FilterRequests.Unsubscribe(_parts, _replays, packet, slot);
            }

            if (!_responses.AddAcknowledgement(slot, packet, _codes, count)) // [MQTT-3.8.4-1]
            {
                EndConnection(
                    slot, ReasonCode.QuotaExceeded, "the acknowledgement cannot be sent");
            }
        }
    }
}
