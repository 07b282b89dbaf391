#nullable enable
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

// SUBSCRIBE and UNSUBSCRIBE.
public sealed partial class ReferenceBroker
{
    private void Subscribe(ReferenceConnection from, Packet packet)
    {
        if (packet.Has(Property.SubscriptionIdentifier))
        {
            Disconnect(from, 0xA1);
            return;
        }

        if (packet.Filters.Any(f => TopicRules.IsShared(f.Filter) && (f.Options & NoLocal) != 0))
        {
            Disconnect(from, 0x82); // [MQTT-3.8.3-4]
            return;
        }

        if (!packet.Filters.All(f => TopicRules.IsFilter(f.Filter)))
        {
            Disconnect(from, 0x81); // [MQTT-4.7.1-1] [MQTT-4.7.3-1]
            return;
        }

        var codes = new List<int>();
        var replays = new Dictionary<string, Packet[]>(); // Once, if a filter is there twice.
        foreach ((string filter, int options) in packet.Filters)
        {
            if (TopicRules.IsShared(filter))
            {
                codes.Add(from.Version == 5 ? 0x9E : 0x80);
                continue;
            }

            bool isNew = !from.Filters.ContainsKey(filter);
            from.Filters[filter] = options; // [MQTT-3.8.4-3]
            codes.Add(0); // QoS 0 is what is granted [MQTT-3.8.4-8].
            int handling = (options >> 4) & 3;
            if (handling == 0 || (handling == 1 && isNew)) // [MQTT-3.3.1-9] [MQTT-3.3.1-10]
            {
                replays[filter] =
                [
                    .. _retained.Where(r => TopicRules.Matches(filter, r.Key)).Select(
                        r => ForSubscriber(r.Value.Message, from, true, r.Value.StoredMs)),
                ];
            }
        }

        Acknowledge(from, new Packet(PacketKind.Suback)
        {
            PacketId = packet.PacketId,
            Codes = codes,
        });
        from.Replays.AddRange(replays.Values.SelectMany(r => r).Where(r => Fits(from, r)));
    }

    private void Unsubscribe(ReferenceConnection from, Packet packet)
    {
        if (!packet.Filters.All(f => TopicRules.IsFilter(f.Filter)))
        {
            Disconnect(from, 0x81); // [MQTT-4.7.1-1]
            return;
        }

        int[] codes = [.. packet.Filters.Select(f => from.Filters.Remove(f.Filter) ? 0 : 0x11)];
        Acknowledge(from, new Packet(PacketKind.Unsuback) // [MQTT-3.10.4-4]
        {
            PacketId = packet.PacketId,
            Codes = from.Version == 5 ? codes : [],
        });
    }
}
