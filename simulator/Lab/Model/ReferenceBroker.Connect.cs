using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

// CONNECT and CONNACK.
public sealed partial class ReferenceBroker
{
    private void Connect(ReferenceConnection from, Packet connect)
    {
        from.Version = connect.Version;
        from.MaxPacketSize = connect.Number(Property.MaximumPacketSize, long.MaxValue);
        int refusal = limits.RefuseConnect(from, connect, false);
        refusal = refusal != 0 ? refusal : RefusalOf(connect);
        if (refusal != 0)
        {
            Refuse(from, refusal);
            return;
        }

        bool isAssigned = connect.ClientId.Length == 0;
        foreach (ReferenceConnection older in _connections.Where(
            c => c.IsConnected && !isAssigned && c.ClientId == connect.ClientId).ToArray())
        {
            Disconnect(older, 0x8E); // [MQTT-3.1.4-3]
        }

        PublishWills();
        refusal = limits.RefuseConnect(from, connect, true);
        if (refusal != 0)
        {
            Refuse(from, refusal);
            return;
        }

        int most = settings.MaxKeepAliveS;
        bool isTooLong = most > 0 && (connect.KeepAliveS == 0 || connect.KeepAliveS > most);
        from.ClientId = isAssigned ? $"\0{_assigned++}" : connect.ClientId;
        from.KeepAliveMs = (isTooLong ? most : connect.KeepAliveS) * 1500L;
        from.WantsSession = connect.Number(Property.SessionExpiryInterval) > 0;
        from.Will = connect.Will;
        var connack = new Packet(PacketKind.Connack)
        {
            Version = from.Version,
            Properties = from.Version == 5
                ? [.. ConnackProperties(from, isAssigned, isTooLong ? most : 0)]
                : [],
        };
        from.IsConnected = Fits(from, connack) && limits.End(from, connect) == 0;
        from.MustClose = !from.IsConnected; // Nothing may come before CONNACK [MQTT-3.2.0-1].
        if (from.IsConnected)
        {
            Send(from, connack);
        }
    }

    private int RefusalOf(Packet connect)
    {
        int version = connect.Version;
        int most = settings.MaxKeepAliveS;
        bool isTooLong = most > 0 && (connect.KeepAliveS == 0 || connect.KeepAliveS > most);
        Packet? will = connect.Will;
        return connect.ClientId.Length == 0 && version == 4 && !connect.CleanStart ? 0x85
            : connect.ClientId.Length == 0 && !settings.AllowEmptyClientId ? 0x85
            : isTooLong && version == 4 ? 0x85
            : connect.Has(Property.AuthenticationMethod) ? 0x8C
            : will != null && !TopicRules.IsName(will.Topic) ? 0x81 // [MQTT-3.3.2-2]
            : will != null && version == 5 && will.Qos > settings.MaxQos ? 0x9B
            : will is { Retain: true } && !settings.RetainAvailable ? 0x9A
            : 0;
    }

    // [MQTT-3.2.2-7]; 3.1.1 knows "identifier rejected" and "server unavailable", and closes when
    // the packet itself is wrong (MQTT 3.1.1, section 4.8).
    private void Refuse(ReferenceConnection from, int code)
    {
        if (from.Version == 5 || code != 0x81)
        {
            Send(from, new Packet(PacketKind.Connack)
            {
                Code = from.Version == 5 ? code : code == 0x85 ? 2 : 3,
            });
        }

        from.MustClose = true;
    }

    private IEnumerable<Property> ConnackProperties(
        ReferenceConnection to, bool isAssigned, int keepAliveS)
    {
        if (to.WantsSession)
        {
            yield return new Property(Property.SessionExpiryInterval, 0L);
        }

        yield return new Property(Property.MaximumQos, (long)settings.MaxQos);
        if (!settings.RetainAvailable)
        {
            yield return new Property(Property.RetainAvailable, 0L);
        }

        yield return new Property(Property.MaximumPacketSize, (long)settings.MaxPacketSize);
        if (isAssigned)
        {
            yield return new Property(Property.AssignedClientIdentifier, "");
        }

        yield return new Property(Property.SubscriptionIdentifierAvailable, 0L);
        yield return new Property(Property.SharedSubscriptionAvailable, 0L);
        if (keepAliveS > 0)
        {
            yield return new Property(Property.ServerKeepAlive, (long)keepAliveS);
        }
    }
}
