using System;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>One run of random clients against a broker whose limits are met all the time.</summary>
internal sealed class FuzzRun
{
    private const int Slots = 7;

    private readonly int _seed;
    private readonly Random _random;
    private readonly PacketMutator _mutator;
    private readonly MqttBroker _broker;
    private readonly BrokerLimits _limits = new();
    private readonly BrokerSettings _settings = new();
    private readonly ClientView[] _views = new ClientView[Slots];
    private readonly byte[][] _pending = new byte[Slots][];
    private readonly byte[] _buffer = new byte[600];
    private readonly ReadingObserver _observer = new();
    private long _nowMs = 5000;
    private int _sent;
    private int _packets;

    public FuzzRun(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _mutator = new PacketMutator(_random);
        Tighten();
        _broker = new MqttBroker(
            _limits, _settings, new OpenAuthenticator(true), _observer, _nowMs);
        _observer.Broker = _broker;
    }

    /// <summary>The counters of the broker.</summary>
    public long[] Counters
    {
        get
        {
            var counters = new long[Counter.Count];
            _broker.ReadCounters(counters);
            return counters;
        }
    }

    /// <summary>Plays until so many packets have been sent, then ends and counts.</summary>
    public void Run(int packets)
    {
        try
        {
            while (_sent < packets)
            {
                Step(_random.Next(Slots));
            }

            End();
        }
        catch (Exception e) when (e is not AssertFailedException)
        {
            throw new AssertFailedException($"seed {_seed}, packet {_sent}: {e}", e);
        }

        Assert.IsGreaterThan(packets / 50, _packets, "the broker hardly answered");
    }

    private void Tighten()
    {
        _limits.MaxConnections = Slots - 2;
        _limits.MaxConnectRate = _seed % 3 == 0 ? 4 : 0;
        _limits.MaxConnectSize = 128;
        _limits.MaxPacketSize = 256 + 256 * (_seed % 3);
        _limits.ReceiveSize = 64 + 32 * (_seed % 5);
        _limits.MaxSubscriptions = 10;
        _limits.MaxSubscriptionsPerClient = 5;
        _limits.MaxFiltersPerPacket = 4;
        _limits.MaxFilterShapes = 8;
        _limits.MaxTopicLength = 40;
        _limits.MaxTopicLevels = 5;
        _limits.MaxQueuedMessages = 4 + _seed % 20;
        _limits.MaxQueuedBytes = _limits.MaxPacketSize + 300 * (_seed % 6);
        _limits.MaxQueueEntries = 4 * (Slots - 1) + _seed % 3 + (_seed % 4 == 3 ? 40 : 0);
        _limits.MaxQueuedResponses = 4;
        _limits.MaxRetainedMessages = 4;
        _limits.MaxRetainedBytes = 500;
        _limits.MessageBlockSize = 32 << (_seed % 3);
        _limits.MessageBlocks = _limits.ReservedBlocks()
            + _limits.MaxPacketSize / _limits.MessageBlockSize + 2 + _seed % 5 + 60 * (_seed % 2);
        _limits.InboundBlockSize = 16 << (_seed % 3);
        _limits.InboundBlocks =
            _limits.MaxPacketSize / _limits.InboundBlockSize + 1 + _seed % 3 * 4;
        _limits.TextBlockSize = 8;
        _limits.TextBlocks = 24;
        _limits.RouteEntries = 4;
        _limits.RouteTopicLength = 12;
        _limits.RouteResults = 8;
        _settings.QueueFullPolicy = (QueueFullPolicy)(_seed % 3);
        _settings.SysIntervalS = _seed % 2;
        _settings.ConnectTimeoutMs = 2000;
        _settings.PacketTimeoutMs = _random.Next(2) == 0 ? 3000 : 60_000;
        _settings.QueueFullDeadlineMs = 1500;
        _settings.MaxQos = (byte)(_seed % 4 == 1 ? 0 : 1);
        _settings.RetainAvailable = _seed % 5 != 4;
    }

    private void Step(int slot)
    {
        // A host that is late now and then.
        if (_random.Next(4) > 0 && _broker.NextDeadlineMs() <= _nowMs)
        {
            _broker.Tick(_nowMs);
        }

        switch (_random.Next(400))
        {
            case 0:
                Close(slot);
                break;
            case < 4:
                _nowMs += _random.Next(4000);
                _broker.Tick(_nowMs);
                break;
            case < 20:
                _nowMs += _random.Next(100);
                _broker.Tick(_nowMs);
                break;
            case < 90:
                Transmit(slot);
                break;
            case < 120:
                Flush();
                break;
            default:
                Send(slot);
                break;
        }
    }

    private void Send(int slot)
    {
        if (_views[slot] == null)
        {
            int opened = _broker.Open(_random.Next(3), _nowMs);
            if (opened == MqttBroker.None)
            {
                return;
            }

            slot = opened;
            Assert.IsNull(_views[slot], "a slot in use was given away");
            _views[slot] = new ClientView { IsFrozen = _random.Next(4) == 0 };
            _pending[slot] = _mutator.Connect();
            _sent++;
        }
        else if (_pending[slot].Length == 0)
        {
            int packets = _random.Next(1, 6);
            for (int i = 0; i < packets; i++)
            {
                _pending[slot] =
                    [.. _pending[slot], .. _mutator.Packet(_broker.VersionOf(slot))];
            }

            _sent += packets;
        }

        int window = _broker.ReceiveWindow(slot);
        int part = Math.Min(window, _pending[slot].Length);
        if (part > 1 && _random.Next(4) == 0)
        {
            part = _random.Next(1, part);
        }

        if (part > 0)
        {
            Array.Copy(_pending[slot], 0, _buffer, 3, part);
            _broker.Receive(slot, _buffer, 3, part, _nowMs);
            _pending[slot] = _pending[slot][part..];
        }
    }

    private void Flush()
    {
        int slot;
        while ((slot = _broker.Ready()) != MqttBroker.None)
        {
            Transmit(slot);
            if (_broker.Ready() == slot)
            {
                _broker.Block(slot, _nowMs);
            }
        }
    }

    private void Transmit(int slot)
    {
        if (_views[slot] == null)
        {
            return;
        }

        if (_views[slot].IsFrozen)
        {
            if (_broker.WantsClose(slot))
            {
                Close(slot);
            }

            return;
        }

        byte version = _broker.VersionOf(slot) == ProtocolVersion.V5
            ? ProtocolVersion.V5
            : ProtocolVersion.V311;
        int rounds = _random.Next(4);
        int count;
        do
        {
            count = _broker.Transmit(slot, _buffer, 2, 64 + _random.Next(500), _nowMs);
            _views[slot].Take(_buffer, 2, count, version);
        }
        while (count > 0 && rounds-- > 0);

        if (_broker.WantsClose(slot))
        {
            Close(slot);
        }
    }

    private void Close(int slot)
    {
        if (_views[slot] != null)
        {
            _broker.Close(slot, _nowMs);
            _packets += _views[slot].Packets;
            _views[slot] = null;
        }
    }

    private void End()
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            Close(slot);
        }

        for (int i = 0; i < 1000 && _broker.NextDeadlineMs() <= _nowMs; i++)
        {
            _broker.Tick(_nowMs);
        }

        Assert.AreEqual(0, _broker.OpenConnections, "connections");
        Assert.AreEqual(0, _broker.ConnectedClients, "clients");
        Assert.AreEqual(0, _broker.SysValue(SysTopics.Subscriptions), "subscriptions");
        Assert.AreEqual(_broker.SysValue(SysTopics.Retained),
            _broker.SysValue(SysTopics.StoredMessages), "messages that nobody retains");
        Inside.ForgetRetained(_broker);
        Assert.AreEqual(0, _broker.SysValue(SysTopics.StoredMessages), "messages");
        Assert.AreEqual(0, _broker.SysValue(SysTopics.MemoryUsed), "memory");
    }
}
