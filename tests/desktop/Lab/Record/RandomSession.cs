using System;
using System.Collections.Generic;
using System.IO;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Record;

namespace EdgeBroker.Tests.Desktop.Lab.Record;

/// <summary>
/// Random clients and a random host, recorded: the same seed gives the same file.
/// </summary>
internal sealed class RandomSession
{
    public const long StartMs = 5000;

    private readonly Random _random;
    private readonly int _payload;
    private readonly int _version;
    private readonly byte[] _buffer = new byte[70_000];
    private readonly List<Client> _clients = [];
    private readonly BrokerSettings _settings;
    private readonly RecordingWriter _writer;
    private long _nowMs = StartMs;

    /// <param name="seed">Of all that is random.</param>
    /// <param name="payload">Bytes of each message.</param>
    /// <param name="version">4, 5, or 0 for both.</param>
    /// <param name="stream">Takes the recording.</param>
    /// <param name="failed">See RecordingWriter.</param>
    /// <param name="limits">Of the broker; null for wide ones.</param>
    public RandomSession(int seed, int payload, int version, Stream stream,
        Action<Exception> failed = null, BrokerLimits limits = null)
    {
        _random = new Random(seed);
        _payload = payload;
        _version = version;
        limits ??= Wide();
        _settings = new BrokerSettings
        {
            HashSeed = _random.Next(),
            ClientIdKey0 = _random.NextInt64(),
            ClientIdPrefix = "ä-",
        };
        _writer = new RecordingWriter(stream,
            new Recording(limits, _settings, true, StartMs, DateTime.UnixEpoch), failed);
        Broker = new MqttBroker(limits, _settings, new OpenAuthenticator(true), null, StartMs);
        Broker.SetTap(_writer);
    }

    public MqttBroker Broker { get; }

    public RecordingWriter Writer => _writer;

    /// <summary>A whole recording.</summary>
    public static byte[] Record(int seed, int payload, int version, int clients, int steps,
        BrokerLimits limits = null)
    {
        var stream = new MemoryStream();
        new RandomSession(seed, payload, version, stream, null, limits).Run(clients, steps);
        return stream.ToArray();
    }

    public void Run(int clients, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            if (_clients.Count < clients)
            {
                Open();
            }
            else
            {
                Step();
            }

            Drain();
        }

        Broker.Shutdown(_nowMs);
        Drain();
        _writer.End(Broker);
        _writer.Dispose();
    }

    private static BrokerLimits Wide()
    {
        BrokerLimits limits = RandomLimits.Generous();
        limits.MaxConnections = 250;
        limits.MessageBlocks = 20_000; // So that some of them lose messages.
        return limits;
    }

    private void Open()
    {
        int slot = Broker.Open(_random.Next(-3, 3), _nowMs);
        int version = _version == 0 ? _random.Next(4, 6) : _version;
        _clients.Add(new Client(slot, version));
        Send(_clients[^1], new Packet(PacketKind.Connect)
        {
            Version = version,
            CleanStart = true,
            ClientId = _random.Next(4) == 0 ? "" : $"c{_random.Next(1000)}",
            KeepAliveS = _random.Next(3) == 0 ? 5 : 0,
        });
        Send(_clients[^1], new Packet(PacketKind.Subscribe)
        {
            Version = version,
            PacketId = 1,
            Filters = [("t/" + _random.Next(5), 0), (_random.Next(4) == 0 ? "#" : "t/+/x", 0)],
        });
    }

    private void Step()
    {
        Client client = _clients[_random.Next(_clients.Count)];
        int what = _random.Next(100);
        if (what < 4)
        {
            _nowMs += _random.Next(6000);
            Broker.Tick(_nowMs);
        }
        else if (what < 6)
        {
            Broker.Close(client.Slot, _nowMs);
            _clients.Remove(client);
        }
        else if (what == 6)
        {
            Send(client, [0x30, 0x02, 0x00]); // The rest of it never comes, or is nonsense.
        }
        else if (what == 7)
        {
            // As SIGHUP does it: the objects of the broker change between two verbs.
            _settings.RetainAvailable = !_settings.RetainAvailable;
            _writer.SettingsChanged(_settings, true);
        }
        else
        {
            byte[] payload = new byte[_payload];
            _random.NextBytes(payload);
            Send(client, new Packet(PacketKind.Publish)
            {
                Version = client.Version,
                Topic = "t/" + _random.Next(5),
                Retain = _random.Next(10) == 0,
                Payload = payload,
            });
        }
    }

    private void Send(Client client, Packet packet) => Send(client, PacketBytes.Of(packet));

    private void Send(Client client, byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int window = Math.Min(Broker.ReceiveWindow(client.Slot), bytes.Length - at);
            if (window == 0)
            {
                return; // What was sent is half a packet then; the broker sees to it.
            }

            int count = _random.Next(3) == 0 ? _random.Next(1, window + 1) : window;
            Broker.Receive(client.Slot, bytes, at, count, _nowMs);
            at += count;
        }
    }

    private void Drain()
    {
        Broker.Tick(_nowMs);
        for (int slot = Broker.Ready(); slot != MqttBroker.None; slot = Broker.Ready())
        {
            int room = _random.Next(3) == 0 ? MqttBroker.MinCapacity : _buffer.Length;
            if (_random.Next(8) == 0 && !Broker.WantsClose(slot))
            {
                Broker.Block(slot, _nowMs);
                continue;
            }

            Broker.Transmit(slot, _buffer, 0, room, _nowMs);
            if (Broker.WantsClose(slot))
            {
                Broker.Close(slot, _nowMs);
                _clients.RemoveAll(client => client.Slot == slot);
            }
        }

        if (_clients.Count > 0 && _random.Next(3) == 0)
        {
            int slot = _clients[_random.Next(_clients.Count)].Slot;
            Broker.Transmit(slot, _buffer, 0, _buffer.Length, _nowMs);
        }
    }

    private sealed record Client(int Slot, int Version);
}
