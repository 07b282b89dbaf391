using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>What random clients send: mostly sense, sometimes what must be refused.</summary>
/// <param name="random">Chooses.</param>
/// <param name="largest">Bytes of the largest payload.</param>
/// <param name="clientIds">How many Client Identifiers there are.</param>
public sealed class RandomPackets(Random random, int largest, int clientIds)
{
    private static readonly string[] _levels = ["a", "b", "c", "", "long level", "ä"];
    private static readonly int[] _sizes = [0, 1, 16, 16, 100, 1000, 60_000];

    private int _payloads;
    private int _packetId;

    /// <summary>A CONNECT.</summary>
    public Packet Connect()
    {
        int version = random.Next(4, 6);
        bool isV5 = version == 5;
        var properties = new List<Property>();
        string clientId = random.Next(8) == 0 ? "" : "client-"
            + random.Next(clientIds) + (random.Next(40) == 0 ? new string('x', 120) : "");

        // How long an assigned identifier is, and so whether CONNACK fits, is the broker's choice.
        Maybe(properties, isV5 && clientId.Length > 0, 5, Property.MaximumPacketSize,
            random.Next(20, 3000));
        Maybe(properties, isV5, 5, Property.SessionExpiryInterval, random.Next(100));
        Maybe(properties, isV5, 8, Property.ReceiveMaximum, random.Next(1, 100));
        Maybe(properties, isV5, 8, Property.TopicAliasMaximum, random.Next(10));
        Maybe(properties, isV5, 12, Property.RequestProblemInformation, random.Next(2));
        Maybe(properties, isV5, 12, Property.RequestResponseInformation, random.Next(2));
        if (isV5 && random.Next(40) == 0)
        {
            properties.Add(new Property(Property.AuthenticationMethod, "none"));
        }

        return new Packet(PacketKind.Connect)
        {
            Version = version,
            ClientId = clientId,
            CleanStart = random.Next(5) > 0,
            KeepAliveS = random.Next(3) == 0 ? random.Next(1, 60) : 0,
            Properties = properties,
            UserName = random.Next(5) == 0 ? "user" : null,
            Will = random.Next(3) == 0 ? Message(version, isWill: true) : null,
        };
    }

    /// <summary>What a connected client sends next.</summary>
    public Packet Next(ReferenceConnection from)
    {
        switch (random.Next(100))
        {
            case < 55:
                return Message(from.Version, isWill: false);
            case < 75:
                return new Packet(PacketKind.Subscribe)
                {
                    PacketId = NextId(),
                    Filters = [.. Enumerable.Range(0, Filters()).Select(
                        _ => (Filter(), Options(from.Version)))],
                    Properties = from.Version == 5 ? [.. SubscribeProperties()] : [],
                };
            case < 88:
                return new Packet(PacketKind.Unsubscribe)
                {
                    PacketId = NextId(),
                    Filters = [.. Enumerable.Range(0, random.Next(1, 3)).Select(
                        _ => (AnyFilter(from), 0))],
                };
            case < 96:
                return new Packet(PacketKind.Pingreq);
            case < 98:
                int[] codes = [0, 0, 4, 0x80];
                return new Packet(PacketKind.Disconnect)
                {
                    Code = from.Version == 5 ? codes[random.Next(codes.Length)] : 0,
                };
            case 98:
                return Connect();
            default:
                return new Packet((PacketKind)random.Next(4, 8)) { PacketId = NextId() };
        }
    }

    private Packet Message(int version, bool isWill)
    {
        int qos = random.Next(60) switch { < 45 => 0, < 59 => 1, _ => 2 };
        var properties = new List<Property>();
        bool isV5 = version == 5;
        Maybe(properties, isV5, 4, Property.MessageExpiryInterval, random.Next(1, 20));
        Maybe(properties, isV5, 6, Property.PayloadFormatIndicator, 0);
        Maybe(properties, isV5 && isWill, 3, Property.WillDelayInterval, random.Next(10));
        Maybe(properties, isV5 && !isWill, 80, Property.TopicAlias, random.Next(1, 9));
        Maybe(properties, isV5 && !isWill, 200, Property.SubscriptionIdentifier, 1);
        if (isV5 && random.Next(4) == 0)
        {
            properties.Add(
                new Property(Property.UserProperty, ("name", "value " + random.Next(10))));
            properties.Add(new Property(Property.CorrelationData, new byte[random.Next(5)]));
        }

        string name = random.Next(150) == 0 ? "a/+" : random.Next(40) == 0 ? "$SYS/x" : Name();
        bool isBad = name.Contains('+') && version == 4;
        return new Packet(PacketKind.Publish)
        {
            Version = version,
            Qos = qos,
            PacketId = qos > 0 && !isWill ? NextId() : 0,
            Retain = random.Next(4) == 0,
            Topic = isBad || name.Length == 0 ? "a" : name,
            Payload = Payload(),
            Properties = properties,
        };
    }

    private byte[] Payload()
    {
        byte[] payload = new byte[Math.Min(largest, _sizes[random.Next(_sizes.Length)])];
        int number = _payloads++;
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] = (byte)(number >> (8 * (i & 3)));
        }

        return payload;
    }

    private int NextId() => (_packetId++ % 65535) + 1;

    private int Filters() => random.Next(60) == 0 ? random.Next(4, 12) : random.Next(1, 4);

    private string Name() => string.Join('/', Enumerable.Range(0, random.Next(80) == 0
        ? random.Next(4, 14)
        : random.Next(1, 4)).Select(_ => _levels[random.Next(_levels.Length)]));

    private IEnumerable<Property> SubscribeProperties()
    {
        if (random.Next(60) == 0)
        {
            int number = random.Next(1, 300_000);
            yield return new Property(Property.SubscriptionIdentifier, (long)number);
        }

        if (random.Next(10) == 0)
        {
            yield return new Property(Property.UserProperty, ("why", "because"));
        }
    }

    private string Filter()
    {
        int kind = random.Next(80);
        string[] levels = Name().Split('/');
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = random.Next(4) == 0 ? "+" : levels[i];
        }

        string filter = string.Join('/', levels);
        filter = random.Next(4) == 0 ? filter + "/#" : random.Next(12) == 0 ? "#" : filter;
        return kind == 0 ? "$share/g/" + filter : kind == 1 ? filter + "+"
            : kind < 6 || filter.Length == 0 ? SysFilter() : filter;
    }

    private string SysFilter() => random.Next(4) switch
    {
        0 => "$SYS/#",
        1 => "$SYS/broker/uptime",
        2 => "$SYS/broker/+/connected",
        _ => "$SYS/none",
    };

    private string AnyFilter(ReferenceConnection from)
    {
        string[] filters = [.. from.FilterNames];
        return filters.Length > 0 && random.Next(4) > 0
            ? filters[random.Next(filters.Length)]
            : Filter();
    }

    private int Options(int version) => version == 4 ? random.Next(3)
        : random.Next(3) | (random.Next(4) == 0 ? 4 : 0) | (random.Next(3) == 0 ? 8 : 0)
            | (random.Next(3) << 4);

    private void Maybe(List<Property> properties, bool isV5, int oneIn, int id, long value)
    {
        if (isV5 && random.Next(oneIn) == 0)
        {
            properties.Add(new Property(id, value));
        }
    }
}
