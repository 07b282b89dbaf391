using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Plays a history into the core, as a host with sockets that take what their clients let them,
/// and holds it against the reference broker after every verb.
/// </summary>
public sealed partial class Lockstep
{
    private const int MostTicks = 100_000;
    private const long RestMs = 200_000;
    private const int Capacity = 2000;

    /// <summary>How late a deadline may be met, see docs/architecture.md.</summary>
    private const int RoundMs = 20;

    private readonly MqttBroker _core;
    private readonly CoreWatcher _watcher = new();
    private readonly int _inboundBlocks;
    private readonly ReferenceBroker _reference;
    private readonly Allowances _allowances;
    private readonly Follower _follower;
    private readonly Received _received;
    private readonly Dictionary<int, LockstepClient> _slots = [];
    private readonly byte[] _buffer = new byte[200_000];

    /// <param name="limits">Those of the core.</param>
    /// <param name="settings">Those of the core.</param>
    /// <param name="startMs">What the host's clock shows at the start.</param>
    public Lockstep(BrokerLimits limits, BrokerSettings settings, long startMs)
    {
        NowMs = startMs;
        _inboundBlocks = limits.InboundBlocks;
        _core = new MqttBroker(limits, settings, new OpenAuthenticator(true), _watcher, startMs);
        _watcher.Watch(_core);
        _allowances = new Allowances(limits, _watcher);
        _reference = new ReferenceBroker(new ReferenceSettings(settings.MaxQos,
            settings.RetainAvailable, settings.MaxKeepAliveS, settings.AllowZeroLengthClientId,
            limits.MaxPacketSize, settings.ConnectTimeoutMs), _allowances)
        {
            NowMs = startMs,
        };
        _received = new Received(_reference, settings);
        _follower = new Follower(_core, _watcher, _reference, _allowances, settings, _slots)
        {
            MaxConnectSize = limits.MaxConnectSize,
            MaxPacketSize = limits.MaxPacketSize,
            ReservedBlocks = limits.ReservedBlocks(),
        };
    }

    /// <summary>What the host's clock shows.</summary>
    public long NowMs { get; private set; }

    /// <summary>The clients that are there, by their slots.</summary>
    public IReadOnlyDictionary<int, LockstepClient> Slots => _slots;

    /// <summary>How often each limit stepped in.</summary>
    public IReadOnlyDictionary<string, int> Used => _allowances.Used;

    /// <summary>Plays one step; one that makes no sense any more is left out.</summary>
    /// <exception cref="InvalidDataException">The two differ; the message says how.</exception>
    public void Play(Step step)
    {
        LockstepClient? client = _slots.Values.FirstOrDefault(c => c.Number == step.Client);
        switch (step.Kind)
        {
            case StepKind.Open:
                Open(step);
                break;
            case StepKind.Pass:
                NowMs += step.Number;
                break;
            case StepKind.Tick:
                Do(() => _core.Tick(NowMs));
                break;
            case StepKind.Rest:
                Rest();
                break;
            case StepKind.Offer when client == null && _core.Ready() != MqttBroker.None:
                Offer(_slots[_core.Ready()], (int)step.Number);
                break;
            default:
                if (client != null)
                {
                    Play(client, step);
                }

                break;
        }
    }

    /// <summary>Ends the history: rests, closes everybody and looks what is left.</summary>
    public void End()
    {
        Rest();
        foreach (LockstepClient client in _slots.Values.ToArray())
        {
            Close(client);
        }

        TickWhileDue();
        long dropped = _core.CounterOf(Counter.PublishDropped);
        long missing = _received.Missing - _received.Expired;
        Require(missing <= dropped, $"{missing} messages are missing, {dropped} were dropped");
        Require(_core.OpenConnections == 0, "a connection is left");
        Require(_core.SysValue(SysTopics.Subscriptions) == 0, "a subscription is left");
        Require(_core.SysValue(SysTopics.Retained) == _core.SysValue(SysTopics.StoredMessages),
            "a message is left that is not retained");
        Require(CoreInside.SharedBlocksOf(CoreInside.Inbound(_core)) == _inboundBlocks,
            "inbound blocks are promised to nobody");
    }

    private void Open(Step step)
    {
        if (!_core.CanOpen())
        {
            return;
        }

        int slot = MqttBroker.None;
        Do(() => slot = _core.Open((int)step.Number, NowMs));
        Require(slot != MqttBroker.None && !_slots.ContainsKey(slot), "no slot, or one in use");
        _slots[slot] = new LockstepClient(step.Client, slot, _reference.Open());
    }

    private void Play(LockstepClient client, Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Send:
                client.Send(step.Bytes!);
                break;
            case StepKind.Read:
                Read(client, (int)step.Number);
                break;
            case StepKind.Offer:
                Offer(client, (int)step.Number);
                break;
            case StepKind.Write:
                Write(client);
                break;
            case StepKind.Take when !client.IsFrozen:
                client.Room = step.Number < 0 ? LockstepClient.Endless
                    : client.Room == LockstepClient.Endless ? (int)step.Number
                    : client.Room + (int)step.Number;
                break;
            case StepKind.Freeze:
                client.IsFrozen = true;
                client.Room = 0;
                break;
            case StepKind.Lose:
                Close(client);
                break;
        }
    }

    /// <summary>
    /// Reads and offers until nothing more happens. Whoever is frozen stays so; everybody else
    /// takes everything.
    /// </summary>
    private void Rest()
    {
        var rooms = new Dictionary<LockstepClient, int>();
        foreach (LockstepClient client in _slots.Values.Where(c => !c.IsFrozen))
        {
            rooms[client] = client.Room;
            client.Room = LockstepClient.Endless;
        }

        long end = NowMs + RestMs;
        while (true)
        {
            TickWhileDue();
            bool isMore = false;
            foreach (LockstepClient client in _slots.Values.ToArray())
            {
                isMore |= Read(client, 1000) | Write(client);
            }

            isMore |= OfferAll();
            bool isDone = _slots.Values.All(c => c.IsFrozen || c.Reference.MustClose
                || (c.Pending == 0 && !c.HasWholePacket));
            if (!isMore && isDone && _core.NextDeadlineMs() > NowMs
                && (_slots.Values.Any(c => c.IsFrozen) || _watcher.WaitingWills == 0))
            {
                break;
            }

            if (!isMore)
            {
                Require(NowMs < end, "somebody is never read or served again");
                NowMs += Math.Max(1, Math.Min(20, _core.NextDeadlineMs() - NowMs));
            }
        }

        foreach (LockstepClient client in _slots.Values.Where(c => !c.IsFrozen))
        {
            Require(!client.Reference.MustClose, $"client {client.Number} is never closed");
            client.Room = rooms[client];
            CheckKeepAlive(client);
            _received.CheckAll(client);
        }
    }

    private void Do(Action verb, int reads = MqttBroker.None)
    {
        _follower.Begin(NowMs);
        verb();
        _follower.End(reads);
    }

    // It stands still while a client takes no responses, or waits to be heard.
    private void CheckKeepAlive(LockstepClient client)
    {
        ReferenceConnection connection = client.Reference;
        bool mayBeLate = client.Room != LockstepClient.Endless || client.WasPutOff
            || client.FirstByte >= 0;
        Require(connection.KeepAliveMs == 0 || mayBeLate
            || NowMs - connection.HeardMs < connection.KeepAliveMs + RoundMs,
            $"client {client.Number} is connected though its Keep Alive is over");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
