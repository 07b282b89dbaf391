using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// What may stand in which packet: MQTT 5.0, tables 2-4 and 2-6, and the sections of the packets.
/// Written from the specification, without a look at the broker's tables.
/// </summary>
internal static class PacketRules
{
    /// <summary>Stands for the properties of a Will, which are in no packet of their own.</summary>
    public const PacketKind Will = 0;

    private static readonly Dictionary<int, PacketKind[]> _packetsOfProperty = new()
    {
        [0x01] = [PacketKind.Publish, Will],
        [0x02] = [PacketKind.Publish, Will],
        [0x03] = [PacketKind.Publish, Will],
        [0x08] = [PacketKind.Publish, Will],
        [0x09] = [PacketKind.Publish, Will],
        [0x0B] = [PacketKind.Publish, PacketKind.Subscribe],
        [0x11] = [PacketKind.Connect, PacketKind.Connack, PacketKind.Disconnect],
        [0x12] = [PacketKind.Connack],
        [0x13] = [PacketKind.Connack],
        [0x15] = [PacketKind.Connect, PacketKind.Connack, PacketKind.Auth],
        [0x16] = [PacketKind.Connect, PacketKind.Connack, PacketKind.Auth],
        [0x17] = [PacketKind.Connect],
        [0x18] = [Will],
        [0x19] = [PacketKind.Connect],
        [0x1A] = [PacketKind.Connack],
        [0x1C] = [PacketKind.Connack, PacketKind.Disconnect],
        [0x1F] =
        [
            PacketKind.Connack, PacketKind.Puback, PacketKind.Pubrec, PacketKind.Pubrel,
            PacketKind.Pubcomp, PacketKind.Suback, PacketKind.Unsuback, PacketKind.Disconnect,
            PacketKind.Auth,
        ],
        [0x21] = [PacketKind.Connect, PacketKind.Connack],
        [0x22] = [PacketKind.Connect, PacketKind.Connack],
        [0x23] = [PacketKind.Publish],
        [0x24] = [PacketKind.Connack],
        [0x25] = [PacketKind.Connack],
        [0x26] =
        [
            PacketKind.Connect, PacketKind.Connack, PacketKind.Publish, Will, PacketKind.Puback,
            PacketKind.Pubrec, PacketKind.Pubrel, PacketKind.Pubcomp, PacketKind.Subscribe,
            PacketKind.Suback, PacketKind.Unsubscribe, PacketKind.Unsuback,
            PacketKind.Disconnect, PacketKind.Auth,
        ],
        [0x27] = [PacketKind.Connect, PacketKind.Connack],
        [0x28] = [PacketKind.Connack],
        [0x29] = [PacketKind.Connack],
        [0x2A] = [PacketKind.Connack],
    };

    /// <summary>Whether a Reason Code may stand in a packet.</summary>
    public static bool MayHold(PacketKind kind, int version, int code)
    {
        IReadOnlyList<int> codes =
        [
            .. AllowedCodes.Of(kind, version, false), .. AllowedCodes.Of(kind, version, true),
        ];
        return codes.Count == 0 ? code == 0 : codes.Contains(code);
    }

    /// <summary>What is wrong with a property that stands in a packet, whatever its value.
    /// </summary>
    /// <param name="kind">The packet, or Will.</param>
    /// <param name="before">The properties before it.</param>
    /// <param name="id">Its identifier.</param>
    public static IEnumerable<Violation> JudgeId(
        PacketKind kind, IReadOnlyList<Property> before, int id)
    {
        if (!_packetsOfProperty.TryGetValue(id, out PacketKind[]? packets)
            || !packets.Contains(kind))
        {
            yield return new($"{Property.NameOf(id)} in {(kind == Will ? "Will" : kind)} "
                + "(section 2.2.2.2)", 0x81, 0x82);
        }

        bool mayRepeat = id == Property.UserProperty
            || (id == Property.SubscriptionIdentifier && kind == PacketKind.Publish);
        if (!mayRepeat && before.Any(p => p.Id == id))
        {
            yield return new($"{Property.NameOf(id)} twice (sections 3.x.2)", 0x82);
        }
    }

    /// <summary>Whether Authentication Data stands without a method.</summary>
    public static bool LacksMethod(IReadOnlyList<Property> properties) =>
        properties.Any(p => p.Id == Property.AuthenticationData)
            && properties.All(p => p.Id != Property.AuthenticationMethod);

    /// <summary>What is wrong with the value of a property.</summary>
    /// <param name="kind">The packet, or Will.</param>
    /// <param name="property">The property.</param>
    /// <param name="isToServer">Whether a client sends it.</param>
    public static IEnumerable<Violation> JudgeValue(
        PacketKind kind, Property property, bool isToServer)
    {
        if (property.Value is long number)
        {
            int id = property.Id;
            if (Property.SizeOf(id) == 1 && number > 1)
            {
                yield return new($"{Property.NameOf(id)} {number}", 0x82);
            }

            if (number == 0 && id is Property.SubscriptionIdentifier
                or Property.ReceiveMaximum or Property.MaximumPacketSize)
            {
                yield return new($"{Property.NameOf(id)} 0", 0x82);
            }

            if (number == 0 && id == Property.TopicAlias)
            {
                yield return new("Topic Alias 0 [MQTT-3.3.2-8]", 0x94, 0x82);
            }

            if (id == Property.SubscriptionIdentifier && kind == PacketKind.Publish && isToServer)
            {
                yield return new("a client's Subscription Identifier [MQTT-3.3.4-6]", 0x82);
            }
        }

        if (property.Id == Property.ResponseTopic && property.Value is string topic
            && !TopicRules.IsName(topic))
        {
            // [MQTT-3.3.2-14]; the Response Topic is a Topic Name, so [MQTT-4.7.3-1] too.
            yield return new("a Response Topic that is no Topic Name", 0x81, 0x82, 0x90);
        }
    }
}
