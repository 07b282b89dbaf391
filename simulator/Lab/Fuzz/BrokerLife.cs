using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>A host for the time of one case: drives the broker's verbs and watches each.</summary>
internal sealed partial class BrokerLife
{
    private const long StartMs = 5000;
    private const int MostTurns = 5000;

    private readonly BrokerLimits _limits;
    private readonly BrokerSettings _settings;
    private readonly StepBudget _budget = new();
    private readonly List<FuzzedClient> _open = [];
    private readonly byte[] _buffer = new byte[8192];
    private readonly EventEar _events = new();
    private long _nowMs = StartMs;
    private long _bytesIn;
    private long _bytesOut;
    private long _opened;

    public BrokerLife(int setup)
    {
        _limits = FuzzLimits.Limits(setup);
        _settings = FuzzLimits.Settings(setup);
        _events.Heard = Hear;
        Broker = new MqttBroker(
            _limits, _settings, new OpenAuthenticator(true), _events, StartMs);
    }

    /// <summary>The broker.</summary>
    public MqttBroker Broker { get; }

    /// <summary>Opens a connection; null when there is no room.</summary>
    public FuzzedClient? Open(int address)
    {
        if (!Broker.CanOpen())
        {
            return null;
        }

        _budget.Begin();
        int slot = Broker.Open(address, _nowMs);
        _budget.End("Open", 0);
        Require(slot >= 0 && _open.All(c => c.Slot != slot), "a slot in use was given away");
        _opened++;
        var client = new FuzzedClient(slot, _limits, _settings, _nowMs);
        _open.Add(client);
        return client;
    }

    /// <summary>Whether a connection is open still.</summary>
    public bool IsOpen(FuzzedClient? client) => client != null && _open.Contains(client);

    /// <summary>The network loses a connection.</summary>
    public void Lose(FuzzedClient client)
    {
        _open.Remove(client);
        _budget.Begin();
        Broker.Close(client.Slot, _nowMs);
        _budget.End("Close", _limits.MaxPacketSize);
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(int milliseconds)
    {
        _nowMs += milliseconds;
        _budget.Begin();
        Broker.Tick(_nowMs);
        _budget.End("Tick", _limits.MaxPacketSize);
    }

    /// <summary>Hands over what clients have sent and the broker takes.</summary>
    /// <returns>Whether it took anything.</returns>
    public bool Feed(FuzzedClient client)
    {
        bool hasFed = false;
        while (IsOpen(client) && client.Unsent.Count > 0)
        {
            int window = Broker.ReceiveWindow(client.Slot);
            int count = Math.Min(Math.Min(window, client.Unsent.Count),
                client.Cut > 0 ? client.Cut : int.MaxValue);
            if (count == 0)
            {
                break;
            }

            client.Unsent.CopyTo(0, _buffer, 3, count);
            client.Unsent.RemoveRange(0, count);
            int packets = client.Shadow.Packets;
            client.Shadow.Feed(_buffer.AsSpan(3, count));
            client.PacketMs = client.Shadow.Packets > packets ? _nowMs : client.PacketMs;
            _bytesIn += count;
            _budget.Begin();
            Broker.Receive(client.Slot, _buffer, 3, count, _nowMs);
            _budget.End("Receive", count + _limits.MaxPacketSize);
            hasFed = true;
            Judge(client);
        }

        return hasFed;
    }

    /// <summary>Ticks, transmits and feeds until nothing is left that could be done now.</summary>
    public void Drain(int capacity)
    {
        for (int turn = 0; ; turn++)
        {
            Require(turn < MostTurns, "there is always something due");
            bool isBusy = Broker.NextDeadlineMs() <= _nowMs;
            if (isBusy)
            {
                Pass(0);
            }

            for (int slot = Broker.Ready(); slot != MqttBroker.None; slot = Broker.Ready())
            {
                Offer(_open.Single(c => c.Slot == slot), capacity);
                isBusy = true;
            }

            foreach (FuzzedClient client in _open.ToArray())
            {
                isBusy |= Feed(client);
            }

            if (!isBusy)
            {
                break;
            }
        }

        foreach (FuzzedClient client in _open)
        {
            Judge(client);
            Settle(client);
        }
    }

    private void Offer(FuzzedClient client, int capacity)
    {
        int slot = client.Slot;
        if (client.IsFrozen && !Broker.WantsClose(slot))
        {
            _budget.Begin();
            Broker.Block(slot, _nowMs);
            _budget.End("Block", 0);
            return;
        }

        Take(client, capacity);
        if (Broker.WantsClose(slot))
        {
            client.Closed();
            Lose(client);
        }
    }

    /// <summary>A socket takes what waits for it.</summary>
    public void Take(FuzzedClient client, int capacity)
    {
        _budget.Begin();
        int count = Broker.Transmit(client.Slot, _buffer, 2, capacity, _nowMs);
        _budget.End("Transmit", count + _limits.MaxPacketSize);
        Require(count <= capacity, "Transmit wrote more than it may");
        _bytesOut += count;
        client.TookMs = count > 0 ? _nowMs : client.TookMs;
        client.Ear.Hear(_buffer.AsSpan(2, count), Broker.VersionOf(client.Slot));
    }

    /// <summary>What the broker had to refuse, it has refused.</summary>
    private void Judge(FuzzedClient client)
    {
        bool hasLookedAtAll = Broker.StateOf(client.Slot) <= ConnectionState.Connected
            && Broker.ReceiveWindow(client.Slot) > 0;
        Require(!hasLookedAtAll || !client.Shadow.IsOver, "the broker goes on after: "
            + string.Join("; ", client.Shadow.Refusals.Select(r => r.What)
                .Append($"{client.Shadow.Leave}")));
    }

    /// <summary>Who reads, has all answers when nothing is left to do.</summary>
    private void Settle(FuzzedClient client)
    {
        bool isSettled = !client.IsFrozen && client.IsConnected
            && Broker.StateOf(client.Slot) == ConnectionState.Connected
            && Broker.ReceiveWindow(client.Slot) > 0;
        Require(!isSettled || (client.Shadow.Owed.Count == 0 && !client.Ear.IsPartial),
            $"an answer is missing: {client.Shadow.Owed.FirstOrDefault()}");
    }

    private void Hear(BrokerEvent what, int slot, int code, string? why)
    {
        Broker.ReadClientId(slot, _events.Name);
        FuzzedClient? client = _open.FirstOrDefault(c => c.Slot == slot);
        switch (what)
        {
            case BrokerEvent.Connected:
                Require(client!.Shadow.IsConnectSound,
                    "a CONNECT was accepted that had to be refused");
                client.IsConnected = true;
                break;
            case BrokerEvent.Closed or BrokerEvent.ConnectRefused or BrokerEvent.Disconnected:
                client!.Told(what, code, why, _nowMs, _open);
                break;
            case BrokerEvent.QueueFull:
                Require(client!.WasFrozen, "a queue is full that was always read");
                break;
            default:
                break;
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
