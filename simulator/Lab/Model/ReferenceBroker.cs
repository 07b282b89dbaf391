#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// What a broker at QoS 0 is to do, as plainly as it can be said: whole packets come in, packets
/// go out, nothing is ever full. It is slow and has no limits but those of the protocol. Statement
/// numbers are those of MQTT 5.0 where both versions agree.
/// </summary>
public sealed class ReferenceBroker(ReferenceSettings settings)
{
    private const int NoLocal = 4;
    private const int RetainAsPublished = 8;

    private readonly List<ReferenceConnection> _connections = [];
    private readonly Dictionary<string, (Packet Message, long StoredMs)> _retained = [];
    private readonly Queue<Packet> _wills = new();
    private int _assigned;

    /// <summary>The time in milliseconds.</summary>
    public long NowMs { get; private set; }

    /// <summary>Topic Names under which something is retained.</summary>
    public IEnumerable<string> RetainedNames => _retained.Keys;

    /// <summary>A client opens a Network Connection.</summary>
    /// <param name="number">Of those whose time is over at once, lower ones end first.</param>
    public ReferenceConnection Open(int number)
    {
        var connection = new ReferenceConnection { Number = number, HeardMs = NowMs };
        _connections.Add(connection);
        return connection;
    }

    /// <summary>The Network Connection is gone, without DISCONNECT as far as the broker knows.
    /// </summary>
    public void Lose(ReferenceConnection connection)
    {
        _connections.Remove(connection);
        End(connection, publishesWill: true);
        PublishWills();
    }

    /// <summary>Lets time pass: Keep Alive, the wait for CONNECT, Message Expiry.</summary>
    public void Pass(long milliseconds)
    {
        NowMs += milliseconds;
        foreach (ReferenceConnection connection in _connections.OrderBy(c => c.Number).ToArray())
        {
            long silence = NowMs - connection.HeardMs;
            if (connection.IsConnected && connection.KeepAliveMs > 0
                && silence >= connection.KeepAliveMs)
            {
                Disconnect(connection, 0x8D); // [MQTT-3.1.2-22]
            }
            else if (!connection.IsConnected && silence >= settings.ConnectTimeoutMs)
            {
                connection.MustClose = true;
            }
        }

        PublishWills();
        foreach ((string name, (Packet message, long storedMs)) in _retained.ToArray())
        {
            if (LeftS(message, storedMs) <= 0)
            {
                _retained.Remove(name); // [MQTT-3.3.2-5]
            }
        }
    }

    /// <summary>A client sends a well-formed packet.</summary>
    public void Receive(ReferenceConnection from, Packet packet)
    {
        Handle(from, packet);
        PublishWills();
    }

    private void Handle(ReferenceConnection from, Packet packet)
    {
        if (from.MustClose)
        {
            return;
        }

        from.HeardMs = NowMs;
        if (!from.IsConnected)
        {
            if (packet.Kind == PacketKind.Connect)
            {
                Connect(from, packet);
            }
            else
            {
                from.MustClose = true; // [MQTT-3.1.0-1]
            }

            return;
        }

        switch (packet.Kind)
        {
            case PacketKind.Publish:
                Publish(from, packet);
                break;
            case PacketKind.Subscribe:
                Subscribe(from, packet);
                break;
            case PacketKind.Unsubscribe:
                Unsubscribe(from, packet);
                break;
            case PacketKind.Pingreq:
                Send(from, new Packet(PacketKind.Pingresp)); // [MQTT-3.12.4-1]
                break;
            case PacketKind.Disconnect:
                TakeLeave(from, packet);
                break;
            case PacketKind.Puback or PacketKind.Pubcomp:
                break; // Nothing was sent that it could acknowledge.
            case PacketKind.Pubrec or PacketKind.Pubrel:
                AnswerUnknown(from, packet);
                break;
            default:
                // A second CONNECT [MQTT-3.1.0-2], packets of a server, and AUTH without a
                // method [MQTT-4.12.0-7].
                Disconnect(from, 0x82);
                break;
        }
    }

    private void Connect(ReferenceConnection from, Packet connect)
    {
        from.Version = connect.Version;
        from.MaxPacketSize = connect.Number(Property.MaximumPacketSize, long.MaxValue);
        int most = settings.MaxKeepAliveS;
        bool isTooLong = most > 0 && (connect.KeepAliveS == 0 || connect.KeepAliveS > most);
        Packet? will = connect.Will;
        int refusal =
            connect.ClientId.Length == 0 && from.Version == 4 && !connect.CleanStart ? 0x85
            : connect.ClientId.Length == 0 && !settings.AllowEmptyClientId ? 0x85
            : isTooLong && from.Version == 4 ? 0x85
            : connect.Has(Property.AuthenticationMethod) ? 0x8C
            : will != null && from.Version == 5 && will.Qos > settings.MaxQos ? 0x9B
            : will is { Retain: true } && !settings.RetainAvailable ? 0x9A
            : 0;
        if (refusal != 0)
        {
            // [MQTT-3.2.2-7]; 3.1.1 knows "identifier rejected" and "server unavailable".
            Send(from, new Packet(PacketKind.Connack)
            {
                Code = from.Version == 5 ? refusal : refusal == 0x85 ? 2 : 3,
            });
            from.MustClose = true;
            return;
        }

        foreach (ReferenceConnection older in _connections.Where(
            c => c.IsConnected && c.ClientId == connect.ClientId).ToArray())
        {
            Disconnect(older, 0x8E); // [MQTT-3.1.4-3]
        }

        PublishWills();

        bool isAssigned = connect.ClientId.Length == 0;
        from.ClientId = isAssigned ? $"\0{_assigned++}" : connect.ClientId;
        from.KeepAliveMs = (isTooLong ? most : connect.KeepAliveS) * 1500L;
        from.WantsSession = connect.Number(Property.SessionExpiryInterval) > 0;
        from.Will = will;
        var connack = new Packet(PacketKind.Connack)
        {
            Version = from.Version,
            Properties = from.Version == 5
                ? [.. ConnackProperties(from, isAssigned, isTooLong ? most : 0)]
                : [],
        };
        from.IsConnected = Fits(from, connack);
        from.MustClose = !from.IsConnected; // Nothing may come before CONNACK [MQTT-3.2.0-1].
        Send(from, connack);
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

    private void Publish(ReferenceConnection from, Packet packet)
    {
        int refusal = packet.Qos > settings.MaxQos ? 0x9B // [MQTT-3.2.2-11]
            : packet.Has(Property.TopicAlias) ? 0x94 // [MQTT-3.3.2-9]
            : packet.Retain && !settings.RetainAvailable ? 0x9A // [MQTT-3.2.2-14]
            : !IsTopicName(packet.Topic) ? 0x81 // [MQTT-3.3.2-2]
            : 0;
        if (refusal != 0)
        {
            Disconnect(from, refusal);
            return;
        }

        bool isForBroker = packet.Topic == "$SYS" || packet.Topic.StartsWith("$SYS/");
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
            int[] options = [.. to.Filters.Where(f => Matches(f.Key, packet.Topic))
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

    private void Subscribe(ReferenceConnection from, Packet packet)
    {
        if (packet.Has(Property.SubscriptionIdentifier))
        {
            Disconnect(from, 0xA1);
            return;
        }

        if (packet.Filters.Any(f => IsShared(f.Filter) && (f.Options & NoLocal) != 0))
        {
            Disconnect(from, 0x82); // [MQTT-3.8.3-4]
            return;
        }

        if (!packet.Filters.All(f => IsTopicFilter(f.Filter)))
        {
            Disconnect(from, 0x81); // [MQTT-4.7.1-1] [MQTT-4.7.3-1]
            return;
        }

        var codes = new List<int>();
        var replays = new Dictionary<string, Packet[]>(); // Once, if a filter is there twice.
        foreach ((string filter, int options) in packet.Filters)
        {
            if (IsShared(filter))
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
                replays[filter] = [.. _retained.Where(r => Matches(filter, r.Key)).Select(
                    r => ForSubscriber(r.Value.Message, from, true, r.Value.StoredMs))];
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
        if (!packet.Filters.All(f => IsTopicFilter(f.Filter)))
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

    // Section 4.3.3: the answer lets the client end the flow; a PUBREC that failed ended it.
    private static void AnswerUnknown(ReferenceConnection from, Packet packet)
    {
        bool isReceived = packet.Kind == PacketKind.Pubrec;
        if (!isReceived || packet.Code < 0x80)
        {
            Send(from, new Packet(isReceived ? PacketKind.Pubrel : PacketKind.Pubcomp)
            {
                PacketId = packet.PacketId,
                Code = from.Version == 5 ? 0x92 : 0,
            });
        }
    }

    private void TakeLeave(ReferenceConnection from, Packet packet)
    {
        if (!from.WantsSession && packet.Number(Property.SessionExpiryInterval) > 0)
        {
            Disconnect(from, 0x82); // Section 3.14.2.2.2
            return;
        }

        from.MustClose = true;
        End(from, publishesWill: packet.Code != 0); // [MQTT-3.14.4-3]
    }

    /// <summary>The broker ends a connection: 5.0 clients are told why.</summary>
    private void Disconnect(ReferenceConnection connection, int code)
    {
        if (connection.Version == 5)
        {
            Send(connection, new Packet(PacketKind.Disconnect) { Code = code });
        }

        connection.MustClose = true;
        End(connection, publishesWill: true);
    }

    private void End(ReferenceConnection connection, bool publishesWill)
    {
        bool wasConnected = connection.IsConnected;
        connection.IsConnected = false;
        connection.Filters.Clear();
        if (wasConnected && publishesWill && connection.Will is { } will && IsRoutable(will))
        {
            _wills.Enqueue(will); // [MQTT-3.1.2-8]
        }
    }

    // Once all is done that ends sessions: who ends at the same time is told nothing more.
    private void PublishWills()
    {
        while (_wills.TryDequeue(out Packet? will))
        {
            Route(will, null);
        }
    }

    private static bool IsShared(string filter) => filter.StartsWith("$share/");

    private static bool IsRoutable(Packet will) =>
        will.Topic != "$SYS" && !will.Topic.StartsWith("$SYS/");

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

    private static void Send(ReferenceConnection to, Packet packet)
    {
        Packet sent = packet with { Version = to.Version };
        if (Fits(to, sent))
        {
            to.Out.Enqueue(sent);
        }
    }

    // One that the client does not take cannot be left out: the client would wait for ever.
    private void Acknowledge(ReferenceConnection to, Packet packet)
    {
        if (Fits(to, packet with { Version = to.Version }))
        {
            Send(to, packet);
        }
        else
        {
            Disconnect(to, 0x97);
        }
    }

    // [MQTT-3.1.2-24] [MQTT-3.1.2-25]
    private static bool Fits(ReferenceConnection to, Packet packet) =>
        PacketBytes.Of(packet).Length <= to.MaxPacketSize;

    /// <summary>Section 4.7: how a Topic Filter matches a Topic Name.</summary>
    public static bool Matches(string filter, string name)
    {
        if (name.StartsWith('$') && (filter.StartsWith('+') || filter.StartsWith('#')))
        {
            return false; // [MQTT-4.7.2-1]
        }

        string[] f = filter.Split('/');
        string[] n = name.Split('/');
        for (int i = 0; i < f.Length; i++)
        {
            if (f[i] == "#")
            {
                return true;
            }

            if (i == n.Length || (f[i] != "+" && f[i] != n[i]))
            {
                return false;
            }
        }

        return f.Length == n.Length;
    }

    /// <summary>Whether text may be a Topic Name in a PUBLISH.</summary>
    public static bool IsTopicName(string text) =>
        text.Length > 0 && text.IndexOfAny(['+', '#', '\0']) < 0;

    /// <summary>Whether text may be a Topic Filter.</summary>
    public static bool IsTopicFilter(string text)
    {
        string[] levels = text.Split('/');
        return text.Length > 0 && !text.Contains('\0')
            && levels.All(l => l is "+" or "#" || l.IndexOfAny(['+', '#']) < 0)
            && Array.IndexOf(levels, "#") is var hash && (hash < 0 || hash == levels.Length - 1);
    }
}
