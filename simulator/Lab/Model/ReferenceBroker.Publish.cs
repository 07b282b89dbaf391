#nullable enable
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

// PUBLISH, and who gets it.
public sealed partial class ReferenceBroker
{
    private void Publish(ReferenceConnection from, Packet packet)
    {
        int refusal = packet.Qos > settings.MaxQos ? 0x9B // [MQTT-3.2.2-11]
            : packet.Has(Property.TopicAlias) ? 0x94 // [MQTT-3.3.2-9]
            : packet.Retain && !settings.RetainAvailable ? 0x9A // [MQTT-3.2.2-14]
            : !TopicRules.IsName(packet.Topic) ? 0x81 // [MQTT-3.3.2-2]
            : 0;
        if (refusal != 0)
        {
            Disconnect(from, refusal);
            return;
        }

        bool isForBroker = TopicRules.IsSys(packet.Topic);
        int reached = isForBroker ? 0 : Route(packet, from);
        if (packet.Qos == 1)
        {
            int code = isForBroker ? 0x87 : reached > 0 ? 0 : 0x10;
            Send(from, new Packet(PacketKind.Puback)
            {
                PacketId = packet.PacketId,
                Code = from.Version == 5 ? code : 0,
            });
        }
    }

    /// <returns>How many clients have a subscription that matches.</returns>
    private int Route(Packet packet, ReferenceConnection? from)
    {
        if (packet.Retain)
        {
            _retained.Remove(packet.Topic); // [MQTT-3.3.1-5] [MQTT-3.3.1-6]
            if (packet.Payload.Length > 0)
            {
                _retained[packet.Topic] = (packet, NowMs);
            }
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
                Send(to, ForSubscriber(packet, to, keeps, NowMs)); // [MQTT-3.3.1-12]
            }
        }

        return reached;
    }

    private Packet ForSubscriber(Packet message, ReferenceConnection to, bool retain, long sinceMs)
    {
        return new Packet(PacketKind.Publish)
        {
            Version = to.Version,
            Topic = message.Topic,
            Payload = message.Payload,
            Retain = retain,
            Properties = to.Version != 5 ? [] :
            [
                .. message.Properties.Where(p => p.Id != 0x18).Select(
                    p => p.Id == Property.MessageExpiryInterval
                        ? new Property(p.Id, LeftS(message, sinceMs)) // [MQTT-3.3.2-6]
                        : p),
            ],
        };
    }

    private long LeftS(Packet message, long sinceMs) =>
        message.Number(Property.MessageExpiryInterval, uint.MaxValue) - ((NowMs - sinceMs) / 1000);
}
