using System;
using System.Collections.Generic;
using EdgeBroker.Broker;

namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>A broker whose verbs are written down, so that they can be played again.</summary>
internal sealed class RecordedBroker(BrokerLimits limits, BrokerSettings settings,
    BrokerObserver observer, long startMs)
{
    private readonly byte[] _buffer = new byte[70_000];

    /// <summary>The broker; its questions can be asked.</summary>
    public MqttBroker Broker { get; } =
        new(limits, settings, new OpenAuthenticator(true), observer, startMs);

    /// <summary>What was done, if IsRecording.</summary>
    public List<Verb> Verbs { get; } = [];

    public bool IsRecording { get; init; }

    /// <summary>The clock.</summary>
    public long NowMs { get; set; } = startMs;

    public int Open(int address)
    {
        int slot = Broker.Open(address, NowMs);
        Note(VerbKind.Open, address, [], slot);
        return slot;
    }

    public void Receive(int slot, ReadOnlySpan<byte> bytes)
    {
        // Through a buffer that is overwritten, for the broker may keep no part of it.
        bytes.CopyTo(_buffer.AsSpan(1));
        Broker.Receive(slot, _buffer, 1, bytes.Length, NowMs);
        _buffer.AsSpan(0, bytes.Length + 2).Fill(0xEE);
        Note(VerbKind.Receive, slot, bytes, 0);
    }

    public byte[] Transmit(int slot, int capacity)
    {
        int count = Broker.Transmit(slot, _buffer, 1, capacity, NowMs);
        byte[] bytes = _buffer.AsSpan(1, count).ToArray();
        Note(VerbKind.Transmit, slot, bytes, capacity);
        return bytes;
    }

    public void Block(int slot)
    {
        Broker.Block(slot, NowMs);
        Note(VerbKind.Block, slot, [], 0);
    }

    public void Tick()
    {
        Broker.Tick(NowMs);
        Note(VerbKind.Tick, 0, [], 0);
    }

    public void Close(int slot)
    {
        Broker.Close(slot, NowMs);
        Note(VerbKind.Close, slot, [], 0);
    }

    public void Shutdown()
    {
        Broker.Shutdown(NowMs);
        Note(VerbKind.Shutdown, 0, [], 0);
    }

    private void Note(VerbKind kind, int slot, ReadOnlySpan<byte> bytes, int number)
    {
        if (IsRecording)
        {
            Verbs.Add(new Verb(kind, slot, NowMs, bytes.ToArray(), number));
        }
    }
}
