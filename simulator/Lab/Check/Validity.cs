using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>What a well-formed packet may still say that ends the connection.</summary>
internal static class Validity
{
    private const int TopicAlias = 0x23;

    /// <summary>Why the broker has to end the connection, or null.</summary>
    public static string? WhyNot(
        Packet packet, Session session, BrokerLimits limits, BrokerSettings settings)
    {
        switch (packet.Kind)
        {
            case PacketKind.Publish:
                return WhyNotPublish(packet, limits, settings)
                    ?? (IsTooMany(packet, session, limits) ? "more than Receive Maximum" : null);
            case PacketKind.Disconnect:
                return session.Version == 5 && session.AskedExpiryS == 0
                    && packet.Number(Property.SessionExpiryInterval) > 0
                    ? "a Session Expiry Interval that was 0"
                    : null;
            case PacketKind.Subscribe or PacketKind.Unsubscribe:
                return packet.Filters.Count > limits.MaxFiltersPerPacket ? "too many filters"
                    : packet.Has(Property.SubscriptionIdentifier) ? "a Subscription Identifier"
                    : !packet.Filters.All(f => TopicRules.IsFilter(f.Filter)) ? "a bad filter"
                    : null;
            default:
                return null;
        }
    }

    private static string? WhyNotPublish(
        Packet packet, BrokerLimits limits, BrokerSettings settings)
    {
        return packet.Qos > settings.MaxQos ? "a QoS that is not supported"
            : packet.Has(TopicAlias) ? "a Topic Alias"
            : packet.Retain && !settings.RetainAvailable ? "RETAIN"
            : !TopicRules.IsName(packet.Topic) ? "a bad Topic Name"
            : IsTooLong(packet.Topic, limits) ? "a Topic Name that is too long"
            : null;
    }

    // [MQTT-3.3.4-7]
    private static bool IsTooMany(Packet packet, Session session, BrokerLimits limits) =>
        packet.Qos == 2 && session.State.Incoming.Count >= limits.ReceiveMaximum
            && !session.State.Incoming.Contains(packet.PacketId);

    private static bool IsTooLong(string topic, BrokerLimits limits) =>
        Encoding.UTF8.GetByteCount(topic) > limits.MaxTopicLength
            || topic.Count(c => c == '/') + 1 > limits.MaxTopicLevels;
}
