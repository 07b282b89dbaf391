using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// A client in the virtual network: it connects, comes back when its connection is lost, subscribes
/// again, keeps its connection alive, and notes what it gets.
/// </summary>
internal sealed partial class LabClient
{
    private const int NoLocal = 4;
    private const int CalmLatencyMs = 2;
    private const int ProbeMs = 20_000;
    private const int PatienceMs = 10_000;
    private const int KeepAliveDivisor = 2;
    private const int RefusedV311 = 3;
    private const int RefusedV5 = 0x97;

    private readonly VirtualStack _net;
    private readonly int _index;
    private readonly NetPath _path;
    private readonly int _keepAliveS;
    private readonly SortedDictionary<string, int> _filters = new(StringComparer.Ordinal);
    private Peer? _peer;
    private PacketReader _reader = new();
    private readonly Dictionary<int, (string Filter, int Options)> _asked = [];
    private int _packetId;
    private int _published;
    private int _connections;
    private long _sentMs;
    private bool _isConnected;
    private bool _leavesWillOut;
    private bool _isReading = true;

    /// <param name="net">Where it is.</param>
    /// <param name="spec">What it is.</param>
    /// <param name="index">Which one it is.</param>
    /// <param name="quota">Messages at QoS 1 and 2 that a client of 3.1.1 may have on their way.
    /// </param>
    /// <param name="isSafe">Whether the broker can keep the sessions of all.</param>
    /// <param name="mostKeepAliveS">Longest Keep Alive that the broker allows, or 0: a client of
    /// 3.1.1 has to know it, and one of 5.0 is told.</param>
    public LabClient(VirtualStack net, ClientSpec spec, int index, int mostKeepAliveS,
        int quota, bool isSafe)
    {
        _isSafe = isSafe;
        _quota = quota;
        _quotaOfOld = quota;
        bool isTooLong = mostKeepAliveS > 0 && spec.Version == 4
            && (spec.KeepAliveS == 0 || spec.KeepAliveS > mostKeepAliveS);
        _keepAliveS = isTooLong ? mostKeepAliveS : spec.KeepAliveS;
        _net = net;
        _index = index;
        Spec = spec;
        _path = new NetPath
        {
            Seed = spec.Id.Aggregate(0, (hash, letter) => (hash * 31) + letter),
            OneWayMs = spec.LatencyMs,
            JitterMs = spec.JitterMs,
            BytesPerS = spec.BytesPerS,
            Loss = spec.LossPerMille / 1000.0,
        };
    }

    public ClientSpec Spec { get; }

    /// <summary>Whether it wants to be connected.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Whether it has no power, and will want to be connected when it has.</summary>
    public bool IsAway { get; private set; }

    /// <summary>Whether CONNACK said yes and the connection is there.</summary>
    public bool IsConnected => _isConnected;

    /// <summary>Filters that it is subscribed to.</summary>
    public IReadOnlyDictionary<string, int> Filters => _filters;

    /// <summary>Its SUBSCRIBEs that were not answered.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Filters that SUBACK refused.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>Payloads of the last part of a run that have arrived, by topic.</summary>
    public HashSet<string> Finals { get; } = [];

    /// <summary>Whether the connection is known to be alive.</summary>
    public bool IsProbed { get; private set; }

    /// <summary>Whether it is connected, subscribed and known to be so.</summary>
    public bool IsBack => _isConnected && IsProbed && Unanswered == 0;

    /// <summary>Begins to want a connection.</summary>
    public void Connect()
    {
        IsOn = true;
        IsAway = false;
        if (_peer == null)
        {
            Open();
        }
    }

    public void Subscribe(string filter, int options)
    {
        options &= Spec.Version == 5 ? 0xFF : 3;
        _filters[filter] = options;
        if (_isConnected)
        {
            SendSubscribe(filter, options);
        }
    }

    public void Unsubscribe(string filter)
    {
        _filters.Remove(filter);
        if (_isConnected)
        {
            SendUnsubscribe(filter);
        }
    }

    public void Publish(Happening what)
    {
        if (!_isConnected)
        {
            return;
        }

        int number = _published++;
        byte[] payload = new byte[what.Bytes];
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] = i < 4 ? (byte)(number >> (8 * i)) : i == 4 ? (byte)_index : (byte)i;
        }

        // A short payload cannot tell the messages apart, so the topic does.
        string topic = payload.Length < 5 && !what.Retain
            ? $"{what.Topic}/{_index}-{number}"
            : what.Topic!;
        SendMessage(new Packet(PacketKind.Publish)
        {
            Topic = topic,
            Payload = payload,
            Retain = what.Retain,
            Qos = what.Qos,
            Properties = Spec.Version == 5 && what.ExpiryS > 0
                ? [new Property(Property.MessageExpiryInterval, (long)what.ExpiryS)]
                : [],
        });
    }

    /// <summary>Publishes its last message.</summary>
    public void PublishFinal(string topic) => Send(new Packet(PacketKind.Publish)
    {
        Topic = topic,
        Payload = "final"u8.ToArray(),
    });

    /// <summary>Whether it is to get a message; its own only without No Local.</summary>
    public bool IsToGet(string topic, bool isOwn) => _filters.Any(f => !Refused.Contains(f.Key)
        && TopicRules.Matches(f.Key, topic)
        && !(isOwn && Spec.Version == 5 && (f.Value & NoLocal) != 0));

    public void Ping() => Send(new Packet(PacketKind.Pingreq));

    /// <summary>Connects again and again, beside what else it does.</summary>
    public void Knock(long forMs) =>
        new Knocker(_net, _index + 2, _path, Spec.Version, _net.NowMs + forMs).Knock();

    public void SendBytes(byte[] bytes)
    {
        if (_peer == null)
        {
            Open(); // Without a CONNECT of its own.
            _peer!.OnOpen = () => { };
        }

        _sentMs = _net.NowMs;
        _peer.Send(bytes);
    }
}
