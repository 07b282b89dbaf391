using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>
/// One run of random clients, whose sockets take everything, block for a while or for ever, on a
/// host that offers in random orders, against a broker with tight limits. Nobody may lack a
/// message without a reason that has a name.
/// </summary>
internal sealed class DeliveryRun
{
    /// <summary>When a run begins.</summary>
    public const long StartMs = 5000;

    private static readonly int[] _payloads = [0, 1, 16, 16, 100, 100, 1000, int.MaxValue];
    private static readonly string[] _levels = ["a", "b", "c", ""];

    private readonly int _seed;
    private readonly Random _random;
    private readonly DeliveryModel _model;
    private readonly DeliveryHost _host;
    private readonly BrokerLimits _limits;
    private int _clients;

    public DeliveryRun(int seed, bool isRoomy, bool isRecording = false)
    {
        IsRoomy = isRoomy;
        _seed = seed;
        _random = new Random(seed);
        HasRetained = _random.Next(2) == 0;
        HasExpiry = _random.Next(2) == 0;
        (_limits, Settings) = DeliveryLimits.Make(_random, HasRetained);
        if (isRoomy)
        {
            DeliveryLimits.MakeRoomy(_limits, Settings);
        }

        _model = new DeliveryModel { IsExact = !HasRetained };
        RecordedBroker broker = new(_limits, Settings, _model, StartMs)
        {
            IsRecording = isRecording,
        };
        _model.Watch(broker.Broker, _limits);
        _host = new DeliveryHost(_random, _model, broker);
    }

    /// <summary>Whether no limit is ever met.</summary>
    public bool IsRoomy { get; }

    public bool HasRetained { get; }

    public bool HasExpiry { get; }

    public BrokerLimits Limits => _limits;

    public BrokerSettings Settings { get; }

    /// <summary>What the broker was told, if it is recorded.</summary>
    public List<Verb> Verbs => _host.Broker.Verbs;

    /// <summary>The broker's counters.</summary>
    public long[] Counters
    {
        get
        {
            long[] counters = new long[Counter.Count];
            _host.Broker.Broker.ReadCounters(counters);
            return counters;
        }
    }

    /// <summary>Plays so many steps, lets everything come to rest, and counts.</summary>
    public void Run(int steps)
    {
        int step = 0;
        try
        {
            for (; step < steps; step++)
            {
                Step();
            }

            _host.ComeToRest();
            foreach (SimClient client in _model.Clients.Where(c => c is { IsEnded: false }))
            {
                if (!client.IsFrozen)
                {
                    client.SkipAll(_model);
                    _model.CheckReplays(client);
                }
            }

            End();
        }
        catch (Exception e) when (e is not AssertFailedException)
        {
            throw new AssertFailedException($"seed {_seed}, step {step}: {e}", e);
        }
    }

    private void End()
    {
        MqttBroker broker = _host.Broker.Broker;
        _host.CloseAll();
        long dropped = broker.CounterOf(Counter.PublishDropped);
        if (IsRoomy)
        {
            Assert.AreEqual(0, dropped - broker.CounterOf(Counter.LimitClientPacketSize),
                $"seed {_seed}: a limit was met");
            Assert.AreEqual(0, broker.CounterOf(Counter.LimitRetained), "not retained");
        }

        if (_model.IsExact)
        {
            Assert.IsTrue(dropped <= _model.Missing
                && dropped >= _model.Missing - _model.MaybeExpired,
                $"seed {_seed}: {dropped} dropped, {_model.Missing} missing, of which "
                + $"{_model.MaybeExpired} may have expired");
        }
        else
        {
            Assert.IsGreaterThanOrEqualTo(
                _model.Missing - _model.MaybeExpired, dropped, $"seed {_seed}");
        }

        Assert.AreEqual(_limits.InboundBlocks,
            (int)Inside.Field(Inside.Field(broker, "_inbound"), "_shared"), "promised blocks");
        Assert.AreEqual(0, broker.OpenConnections, "connections");
        Assert.AreEqual(0, broker.SysValue(SysTopics.Subscriptions), "subscriptions");
        Assert.AreEqual(broker.SysValue(SysTopics.Retained),
            broker.SysValue(SysTopics.StoredMessages), "messages that nobody retains");
        Inside.ForgetRetained(broker);
        Assert.AreEqual(0, broker.SysValue(SysTopics.StoredMessages), "messages");
        Assert.AreEqual(0, broker.SysValue(SysTopics.MemoryUsed), "memory");
        Assert.AreEqual(0, ((MessageStore)Inside.Field(broker, "_store")).PinnedBlocks, "pinned");
    }

    private void Step()
    {
        SimClient[] alive = [.. _model.Clients.Where(c => c is { IsEnded: false })];
        if (alive.Length < 2 || _random.Next(60) == 0)
        {
            Connect();
            return;
        }

        SimClient client = alive[_random.Next(alive.Length)];
        switch (_random.Next(100))
        {
            case < 22 when client.Packets.Count < 12:
                for (int more = _random.Next(6); more >= 0; more--)
                {
                    Publish(client);
                }

                break;
            case < 26 when client.Packets.Count < 6:
                Subscribe(client);
                break;
            case 26:
                client.Send([0xC0, 0], () => client.Expected.Add(
                    new Expectation(null, false, [0xD0, 0], null, _model.Verb)));
                break;
            case 30 when _random.Next(4) == 0:
                _host.Close(client.Slot);
                break;
            case 31 when client.IsIdle && client.IsConnected && _random.Next(4) == 0:
                Disconnect(client);
                break;
            case < 33:
                Stall(client);
                break;
            default:
                for (int more = _random.Next(6); more >= 0; more--)
                {
                    _host.Step();
                }

                break;
        }
    }

    private void Connect()
    {
        int slot = _host.Open();
        if (slot == MqttBroker.None)
        {
            return;
        }

        int version = _random.Next(4, 6);
        SimClient[] others = [.. _model.Clients.Where(c => c is { IsConnected: true })];
        bool takesOver = others.Length > 0 && _random.Next(6) == 0;
        string id = takesOver ? others[_random.Next(others.Length)].ClientId : $"c{_clients++}";
        int most = version == 5 && _random.Next(4) == 0 ? _random.Next(90, 300) : int.MaxValue;
        bool hasWill = _random.Next(3) == 0;
        SimClient client = new()
        {
            Slot = slot,
            Version = version,
            ClientId = id,
            MaxPacket = most,
            Will = hasWill
                ? _model.Create($"w/{_model.Count}", _random.Next(60), [], -1)
                : null,
            IsWillRetained = hasWill && HasRetained && _random.Next(2) == 0,
            Room = _random.Next(3) == 0 ? _random.Next(1, 2000) : SimClient.Endless,
        };
        _model.Clients[slot] = client;
        int flags = 2 | (hasWill ? 4 : 0) | (client.IsWillRetained ? 0x20 : 0);
        string properties = version == 4 ? ""
            : most == int.MaxValue ? "[ ]"
            : $"[ 27 00 00 {Wire.Hex(most >> 8)} {Wire.Hex(most)} ]";
        string payload = hasWill
            ? Wire.Hex(client.Will.Payload.Length >> 8) + Wire.Hex(client.Will.Payload.Length)
                + Convert.ToHexString(client.Will.Payload)
            : "";
        string will = hasWill
            ? $"{(version == 5 ? "[ ] " : "")}`{client.Will.Topic}` {payload.ToLowerInvariant()}"
            : "";
        client.Send(Wire.Parse($"10 [ `MQTT` 0{version} {Wire.Hex(flags)} 00 00 {properties} "
            + $"`{id}` {will} ]"), () => { });
        if (_random.Next(4) > 0)
        {
            Subscribe(client);
        }
    }

    private void Publish(SimClient client)
    {
        bool isRetained = HasRetained && _random.Next(5) == 0;
        string topic = Topic();
        int payload = _payloads[_random.Next(_payloads.Length)];
        if (isRetained && _random.Next(3) == 0 && _model.AnyRetained(_random) is string name)
        {
            topic = name;
            payload = 0;
        }
        else if (payload < SimMessage.NumberLength)
        {
            topic += $"/{_model.Count}";
        }

        bool isV5 = client.Version == 5;
        byte[] properties = isV5 && _random.Next(3) == 0 ? Wire.Parse("26 `k` `v` 01 01") : [];
        int expiryS = isV5 && HasExpiry && !isRetained && _random.Next(3) == 0
            ? _random.Next(1, 5)
            : -1;
        properties = expiryS < 0
            ? properties
            : [2, 0, 0, 0, (byte)expiryS, .. properties];
        payload = Math.Min(payload, _limits.MaxPacketSize - 40 - topic.Length - properties.Length);
        int qos = _random.Next(5) == 0 ? 1 : 0;
        int id = qos == 0 ? 0 : _random.Next(1, 65536);
        SimMessage message = _model.Create(topic, payload, properties, expiryS);
        client.Send(
            message.Packet(
                client.Version, (qos << 1) | (isRetained ? 1 : 0), id, _random.Next(4) == 0),
            () => _model.Publish(client, message, isRetained, id));
    }

    private void Subscribe(SimClient client)
    {
        bool isV5 = client.Version == 5;
        string none = isV5 ? "[ ] " : "";
        if (client.Filters.Count > 0 && _random.Next(3) == 0)
        {
            string gone = client.Filters.Keys.ElementAt(_random.Next(client.Filters.Count));
            client.Send(Wire.Parse($"a2 [ 00 07 {none}`{gone}` ]"), () =>
            {
                bool wasThere = client.Filters.Remove(gone);
                client.Unsubscribed[gone] = _model.Verb;
                client.Expected.Add(new Expectation(null, false, Wire.Parse(isV5
                    ? $"b0 [ 00 07 [ ] {(wasThere ? "00" : "11")} ]"
                    : "b0 [ 00 07 ]"), null, _model.Verb));
            });
            return;
        }

        string[] filters = [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Filter())];
        int[] options = [.. filters.Select(_ => isV5
            ? (_random.Next(4) << 2) | (_random.Next(3) << 4)
            : 0)];
        StringBuilder text = new();
        for (int i = 0; i < filters.Length; i++)
        {
            text.Append($"`{filters[i]}` {Wire.Hex(options[i])} ");
        }

        string codes = string.Join(' ', filters.Select(_ => "00"));
        byte[] answer = Wire.Parse($"90 [ 00 06 {none}{codes} ]");
        client.Send(Wire.Parse($"82 [ 00 06 {none}{text}]"),
            () => _model.Subscribe(client, filters, options, answer));
    }

    private void Disconnect(SimClient client)
    {
        byte[] packet = client.Version == 5 && _random.Next(2) == 0 ? [0xE0, 1, 4] : [0xE0, 0];
        client.Send(packet, () => { });
    }

    private void Stall(SimClient client)
    {
        if (client.Room == SimClient.Endless)
        {
            return;
        }

        if (_random.Next(20) == 0)
        {
            client.IsFrozen = true;
            client.Room = 0;
        }
        else if (!client.IsFrozen)
        {
            client.Room += _random.Next(1500);
        }
    }

    private string Topic()
    {
        string topic = _levels[_random.Next(3)];
        for (int more = _random.Next(3); more > 0; more--)
        {
            topic += "/" + _levels[_random.Next(_levels.Length)];
        }

        return topic;
    }

    private string Filter()
    {
        string[] levels = Topic().Split('/');
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = _random.Next(3) == 0 ? "+" : levels[i];
        }

        string filter = string.Join('/', levels);
        return _random.Next(8) == 0 ? "#" : _random.Next(2) == 0 ? filter + "/#" : filter;
    }
}
