using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

// SUBSCRIBE and UNSUBSCRIBE.
public sealed partial class ReferenceBroker
{
    private void Subscribe(ReferenceConnection from, Packet packet)
    {
        if (packet.Filters.Any(f => TopicRules.IsShared(f.Filter) && (f.Options & NoLocal) != 0))
        {
            Disconnect(from, 0x82); // [MQTT-3.8.3-4]
            return;
        }

        int end = limits.End(from, packet);
        if (end != 0 || packet.Has(Property.SubscriptionIdentifier))
        {
            Disconnect(from, end != 0 ? end : 0xA1);
            return;
        }

        if (!packet.Filters.All(f => TopicRules.IsFilter(f.Filter)))
        {
            Disconnect(from, limits.Choose(from, 0x81, 0x82, 0x8F)); // [MQTT-4.7.1-1]
            return;
        }

        var codes = new List<int>();
        foreach ((string filter, int options) in packet.Filters)
        {
            int refusal = TopicRules.IsShared(filter) ? 0x9E : limits.RefuseFilter(from, filter);
            codes.Add(refusal == 0 || from.Version == 5 ? refusal : 0x80);
            if (refusal != 0)
            {
                continue;
            }

            bool isNew = !from.Filters.ContainsKey(filter);
            from.EverSubscribed.Add(filter);
            from.Filters[filter] = options; // [MQTT-3.8.4-3]; QoS 0 is granted [MQTT-3.8.4-8].
            int handling = (options >> 4) & 3;
            if (handling == 0 || (handling == 1 && isNew)) // [MQTT-3.3.1-9] [MQTT-3.3.1-10]
            {
                // Once, if a filter is there twice.
                from.Replays.RemoveAll(r => r.Filter == filter && r.Turn == Turn && !r.IsOver
                    && packet.Filters.Count(f => f.Filter == filter) > 1);
                from.Replays.Add(new Replay(filter, Turn));
            }
        }

        Acknowledge(from, new Packet(PacketKind.Suback)
        {
            PacketId = packet.PacketId,
            Codes = codes,
        });
    }

    private void Unsubscribe(ReferenceConnection from, Packet packet)
    {
        int end = limits.End(from, packet);
        if (end != 0 || !packet.Filters.All(f => TopicRules.IsFilter(f.Filter)))
        {
            // [MQTT-4.7.1-1]
            Disconnect(from, end != 0 ? end : limits.Choose(from, 0x81, 0x82, 0x8F));
            return;
        }

        foreach (Replay replay in from.Replays.Where(
            r => packet.Filters.Any(f => f.Filter == r.Filter)))
        {
            replay.IsOver = true;
        }

        int[] codes = [.. packet.Filters.Select(f => from.Filters.Remove(f.Filter) ? 0 : 0x11)];
        Acknowledge(from, new Packet(PacketKind.Unsuback) // [MQTT-3.10.4-4]
        {
            PacketId = packet.PacketId,
            Codes = from.Version == 5 ? codes : [],
        });
    }
}
