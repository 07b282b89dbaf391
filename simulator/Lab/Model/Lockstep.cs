#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Plays one random history into the core and into the reference broker, packet by packet, and
/// compares everything that either sends. Limits are so wide that none is met.
/// </summary>
public sealed class Lockstep
{
    private const long StartMs = 5000;
    private const int MostTicks = 10_000;

    private readonly Random _random;
    private readonly History _history;
    private readonly MqttBroker _core;
    private readonly ReferenceBroker _reference;
    private readonly ReferenceSettings _settings;
    private readonly List<Pair> _pairs = [];
    private readonly List<string> _trace = [];
    private readonly byte[] _buffer = new byte[200_000];
    private long _nowMs = StartMs;

    /// <param name="seed">The same seed gives the same history.</param>
    public Lockstep(int seed)
    {
        _random = new Random(seed);
        _settings = new ReferenceSettings(
            _random.Next(4) == 0 ? 0 : 1, _random.Next(4) > 0, _random.Next(3) == 0 ? 30 : 0,
            _random.Next(3) > 0, 100_000, 10_000);
        _core = new MqttBroker(GenerousLimits.Make(), new BrokerSettings
        {
            MaxQos = (byte)_settings.MaxQos,
            RetainAvailable = _settings.RetainAvailable,
            MaxKeepAliveS = _settings.MaxKeepAliveS,
            AllowZeroLengthClientId = _settings.AllowEmptyClientId,
            SysIntervalS = 0,
            HashSeed = _random.Next(),
        }, new OpenAuthenticator(true), null, StartMs);
        _reference = new ReferenceBroker(_settings);
        _history = new History(_random);
    }

    /// <summary>What has happened so far, a line each.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Plays so many steps.</summary>
    /// <exception cref="InvalidDataException">The two differ; the message says how.</exception>
    public void Run(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Step();
            Drain();
        }
    }

    private void Step()
    {
        Pair[] alive = [.. _pairs.Where(p => !p.Reference.MustClose)];
        int what = _random.Next(100);
        if ((alive.Length < 3 || what < 6) && _core.CanOpen() && alive.Length < 20)
        {
            Open();
        }
        else if (what < 9)
        {
            Lose(alive[_random.Next(alive.Length)]);
        }
        else if (what < 13)
        {
            Pass(_random.Next(20) == 0 ? 45_000 : 1000 * _random.Next(1, 6));
        }
        else if (alive.Length > 0)
        {
            Pair pair = alive[_random.Next(alive.Length)];
            Receive(pair, _history.Next(pair.Reference));
        }
    }

    private void Open()
    {
        int slot = _core.Open(0, _nowMs);
        var pair = new Pair(slot, _reference.Open(slot));
        _trace.Add($"{pair.Slot} opens");
        _pairs.Add(pair);
        Receive(pair, _history.Connect());
    }

    private void Lose(Pair pair)
    {
        _trace.Add($"{pair.Slot} is lost");
        _pairs.Remove(pair);
        _core.Close(pair.Slot, _nowMs);
        _reference.Lose(pair.Reference);
    }

    private void Pass(long milliseconds)
    {
        _trace.Add($"{milliseconds} ms pass");
        _nowMs += milliseconds;
        _reference.Pass(milliseconds);
    }

    private void Receive(Pair pair, Packet packet)
    {
        packet = packet.Kind == PacketKind.Connect
            ? packet
            : packet with { Version = pair.Reader.Version };
        if (packet.Kind == PacketKind.Connect && !pair.Reference.IsConnected)
        {
            pair.Reader.Version = packet.Version;
        }

        _trace.Add($"{pair.Slot} sends {packet}");
        _reference.Receive(pair.Reference, packet);
        byte[] bytes = PacketBytes.Of(packet);
        for (int at = 0; at < bytes.Length && !_core.WantsClose(pair.Slot);)
        {
            int window = Math.Min(_core.ReceiveWindow(pair.Slot), bytes.Length - at);
            if (window == 0)
            {
                Require(_core.StateOf(pair.Slot) >= ConnectionState.Closing, "nothing is read");
                break;
            }

            int count = _random.Next(3) == 0 ? _random.Next(1, window + 1) : window;
            Array.Copy(bytes, at, _buffer, 3, count);
            _core.Receive(pair.Slot, _buffer, 3, count, _nowMs);
            at += count;
        }
    }

    private void Drain()
    {
        for (int i = 0; ; i++)
        {
            Require(i < MostTicks, "there is always something due");
            bool isDue = _core.NextDeadlineMs() <= _nowMs;
            if (isDue)
            {
                _core.Tick(_nowMs);
            }

            int slot = _core.Ready();
            if (slot == MqttBroker.None && !isDue)
            {
                break;
            }

            for (; slot != MqttBroker.None; slot = _core.Ready())
            {
                Pair pair = _pairs.Single(p => p.Slot == slot);
                int count = _core.Transmit(slot, _buffer, 0, _buffer.Length, _nowMs);
                pair.Reader.Add(_buffer.AsSpan(0, count));
                if (_core.WantsClose(slot))
                {
                    pair.IsClosed = true;
                    _core.Close(slot, _nowMs);
                    Compare(pair);
                    _pairs.Remove(pair);
                }
            }
        }

        foreach (Pair pair in _pairs)
        {
            Compare(pair);
        }
    }

    private void Compare(Pair pair)
    {
        ReferenceConnection reference = pair.Reference;
        while (pair.Reader.Next() is { } got)
        {
            string text = Plain(got);
            if (reference.Out.TryPeek(out Packet? next) && Plain(next) == text)
            {
                reference.Out.Dequeue();
                continue;
            }

            int replay = reference.Replays.FindIndex(r => Plain(r) == text);
            Require(replay >= 0, $"{pair.Slot} got {text}, expected {Text(next)}");
            reference.Replays.RemoveAt(replay);
        }

        bool isOver = reference.MustClose && pair.IsClosed;
        Require(reference.Out.Count == 0,
            $"{pair.Slot} lacks {Text(reference.Out.FirstOrDefault())}");
        Require(isOver || reference.Replays.Count == 0,
            $"{pair.Slot} lacks retained {Text(reference.Replays.FirstOrDefault())}");
        Require(pair.Reader.Pending == 0, $"{pair.Slot} got half a packet");
        Require(reference.MustClose == pair.IsClosed,
            $"{pair.Slot} is {(pair.IsClosed ? "closed" : "open")}");
    }

    private static string Text(Packet? packet) => packet == null ? "nothing" : Plain(packet);

    /// <summary>What two brokers need not say in the same words is left out.</summary>
    private static string Plain(Packet packet) => (packet with
    {
        Properties =
        [
            .. packet.Properties.Where(p => p.Id != Property.ReasonString).Select(
                p => p.Id == Property.AssignedClientIdentifier ? new Property(p.Id, "") : p),
        ],
    }).ToString();

    private void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }

    private sealed class Pair(int slot, ReferenceConnection reference)
    {
        public int Slot => slot;

        public ReferenceConnection Reference => reference;

        public PacketReader Reader { get; } = new();

        public bool IsClosed { get; set; }
    }
}
