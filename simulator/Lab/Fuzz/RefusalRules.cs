using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// Why a broker with certain limits must end the connection after a packet, and with which Reason
/// Codes the specification lets it: by kind of packet and kind of error. Sections and statements
/// are those of MQTT 5.0; a 3.1.1 client is closed or gets a CONNACK.
/// </summary>
internal sealed class RefusalRules(BrokerLimits limits, BrokerSettings settings)
{
    private static readonly PacketKind[] _fromServer =
        [PacketKind.Connack, PacketKind.Suback, PacketKind.Unsuback, PacketKind.Pingresp];

    /// <summary>The reasons in the kind of a packet, whatever else is in it.</summary>
    /// <param name="kind">The packet.</param>
    /// <param name="isFirst">Whether the connection begins with it.</param>
    public static IEnumerable<Violation> Judge(PacketKind kind, bool isFirst)
    {
        if (isFirst != (kind == PacketKind.Connect))
        {
            yield return new("CONNECT first and once [MQTT-3.1.0-1] [MQTT-3.1.0-2]", 0x82);
        }

        if (_fromServer.Contains(kind))
        {
            yield return new("a packet of a server (table 2-1)", 0x82);
        }

        if (kind == PacketKind.Auth)
        {
            yield return new("AUTH without a method in CONNECT [MQTT-4.12.0-6]", 0x82);
        }
    }

    /// <summary>The reasons in a packet that was read.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="hasSession">Whether CONNECT asked for a session that lasts.</param>
    public IEnumerable<Violation> Judge(Packet packet, bool hasSession) => packet.Kind switch
    {
        PacketKind.Connect => JudgeConnect(packet),
        PacketKind.Publish => JudgePublish(packet),
        PacketKind.Subscribe or PacketKind.Unsubscribe => JudgeFilters(packet),
        PacketKind.Disconnect when !hasSession
            && packet.Number(Property.SessionExpiryInterval) > 0 =>
            [new("a Session Expiry Interval that was 0 (section 3.14.2.2.2)", 0x82)],
        _ => [],
    };

    private IEnumerable<Violation> JudgeConnect(Packet packet)
    {
        int id = Encoding.UTF8.GetByteCount(packet.ClientId);
        int most = settings.MaxKeepAliveS;
        if (id > limits.MaxClientIdLength || (id == 0 && !settings.AllowZeroLengthClientId)
            || (packet.Version == 4 && most > 0
                && (packet.KeepAliveS == 0 || packet.KeepAliveS > most)))
        {
            yield return new("an identifier, or a Keep Alive in 3.1.1, that is not taken", 0x85);
        }

        if (packet.Has(Property.AuthenticationMethod))
        {
            yield return new("enhanced authentication (section 4.12)", 0x8C);
        }

        if (packet.Will is not { } will)
        {
            yield break;
        }

        if (IsTooLong(will.Topic))
        {
            yield return new("a Will Topic beyond the limits", 0x97, 0x90);
        }

        if (packet.Version == 5 && will.Qos > settings.MaxQos)
        {
            yield return new("Will QoS [MQTT-3.2.2-12]", 0x9B);
        }

        if (will.Retain && !settings.RetainAvailable)
        {
            yield return new("Will Retain [MQTT-3.2.2-13]", 0x9A);
        }
    }

    private IEnumerable<Violation> JudgePublish(Packet packet)
    {
        if (packet.Qos > settings.MaxQos)
        {
            yield return new("QoS [MQTT-3.2.2-11]", 0x9B);
        }

        if (packet.Has(Property.TopicAlias))
        {
            yield return new("a Topic Alias [MQTT-3.2.2-18]", 0x94, 0x82);
        }

        if (packet.Retain && !settings.RetainAvailable)
        {
            yield return new("RETAIN [MQTT-3.2.2-14]", 0x9A);
        }

        if (IsTooLong(packet.Topic))
        {
            yield return new("a Topic Name beyond the limits", 0x90, 0x97);
        }
    }

    private IEnumerable<Violation> JudgeFilters(Packet packet)
    {
        if (packet.Filters.Count > limits.MaxFiltersPerPacket)
        {
            yield return new("too many Topic Filters", 0x97);
        }

        if (packet.Has(Property.SubscriptionIdentifier))
        {
            yield return new("a Subscription Identifier (section 3.2.2.3.12)", 0xA1, 0x82);
        }
    }

    /// <summary>Whether a name or filter is longer or deeper than the limits allow.</summary>
    public bool IsTooLong(string topic) =>
        Encoding.UTF8.GetByteCount(topic) > limits.MaxTopicLength
        || topic.Count(letter => letter == '/') >= limits.MaxTopicLevels;
}
