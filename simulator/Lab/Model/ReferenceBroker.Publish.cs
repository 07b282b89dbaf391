using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

// PUBLISH, and who gets it.
public sealed partial class ReferenceBroker
{
    private void Publish(ReferenceConnection from, Packet packet)
    {
        bool hasAlias = packet.Has(Property.TopicAlias);
        int refusal = packet.Has(Property.SubscriptionIdentifier) ? 0x82 // [MQTT-3.3.4-6]
            : packet.Topic.Length == 0 && !hasAlias ? limits.Choose(from, 0x82, 0x81)
            : packet.Qos > settings.MaxQos ? 0x9B // [MQTT-3.2.2-11]
            : hasAlias ? 0x94 // [MQTT-3.2.2-18]
            : packet.Retain && !settings.RetainAvailable ? 0x9A // [MQTT-3.2.2-14]
            : !TopicRules.IsName(packet.Topic) ? limits.Choose(from, 0x81, 0x82, 0x90)
            : limits.End(from, packet);
        if (refusal != 0)
        {
            Disconnect(from, refusal);
            return;
        }

        int code = 0x87; // What is under $SYS is the broker's.
        if (!TopicRules.IsSys(packet.Topic))
        {
            bool isRefused = packet.Retain && limits.RefuseRetaining(from, packet);
            code = Route(packet, from, NowMs, isRefused) > 0 ? 0 : 0x10;
            code = isRefused ? 0x97 : code;
        }

        if (packet.Qos == 1)
        {
            Send(from, new Packet(PacketKind.Puback)
            {
                PacketId = packet.PacketId,
                Code = from.Version == 5 ? code : 0,
            });
        }
    }

    private void Route(Packet will, ReferenceConnection? from, long sinceMs) =>
        Route(will, from, sinceMs, will.Retain && limits.RefuseRetaining(from, will));

    /// <returns>How many clients have a subscription that matches.</returns>
    private int Route(
        Packet packet, ReferenceConnection? from, long sinceMs, bool isNotRetained)
    {
        if (packet.Retain)
        {
            Retain(packet, sinceMs, isNotRetained);
        }

        int reached = 0;
        foreach (ReferenceConnection to in _connections.Where(c => c.IsConnected))
        {
            int[] options = [.. to.Filters.Where(f => TopicRules.Matches(f.Key, packet.Topic))
                .Select(f => f.Value)];
            reached += options.Length > 0 ? 1 : 0;
            int[] wanted = to == from ? [.. options.Where(o => (o & NoLocal) == 0)] : options;
            if (wanted.Length > 0) // [MQTT-3.8.3-3]
            {
                // One copy, whatever the number of subscriptions [MQTT-3.3.4-2].
                bool keeps = packet.Retain && wanted.Any(o => (o & RetainAsPublished) != 0);
                Send(to, ForSubscriber(packet, to, keeps), packet, sinceMs); // [MQTT-3.3.1-12]
            }
        }

        return reached;
    }
}
