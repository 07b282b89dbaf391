using System;
using System.Collections.Generic;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>
/// A real network that also does what networks may do and rarely do: each fault has a switch.
/// The same seed makes the same choices.
/// </summary>
internal sealed class FaultyNetwork : ForwardingNetwork
{
    private const int MostBytes = 7;
    private const int VeryLongMs = 600_000;

    private readonly Random _random = new(1);
    private readonly List<int> _accepted = [];
    private int _count;
    private int _spurious = -1;
    private volatile bool _hasNoHandles;
    private volatile bool _blocksSending;

    public FaultyNetwork(Network inner)
        : base(inner)
    {
    }

    /// <summary>A few bytes at a time, calls that are interrupted, events about nothing.</summary>
    public bool IsRestless { get; init; }

    /// <summary>Waits do not end with their time, only with an event.</summary>
    public bool WaitsForEventsOnly { get; init; }

    /// <summary>Whether no connection gets a handle.</summary>
    public bool HasNoHandles
    {
        get => _hasNoHandles;
        set => _hasNoHandles = value;
    }

    /// <summary>Whether sockets take nothing.</summary>
    public bool BlocksSending
    {
        get => _blocksSending;
        set => _blocksSending = value;
    }

    public override int Accept(int listener)
    {
        if (HasNoHandles || (IsRestless && _random.Next(4) == 0))
        {
            return HasNoHandles ? NoHandle : Failed;
        }

        int handle = Inner.Accept(listener);
        if (handle >= 0)
        {
            _accepted.Add(handle);
        }

        return handle;
    }

    public override int Receive(int handle, byte[] buffer, int count)
    {
        return !IsRestless ? Inner.Receive(handle, buffer, count)
            : _random.Next(3) == 0 ? WouldBlock
            : Inner.Receive(handle, buffer, Math.Min(count, 1 + _random.Next(MostBytes)));
    }

    public override int Send(int handle, byte[] buffer, int offset, int count)
    {
        return BlocksSending || (IsRestless && _random.Next(3) == 0) ? WouldBlock
            : !IsRestless ? Inner.Send(handle, buffer, offset, count)
            : Inner.Send(handle, buffer, offset, Math.Min(count, 1 + _random.Next(MostBytes)));
    }

    public override void Close(int handle)
    {
        _accepted.Remove(handle);
        Inner.Close(handle);
    }

    public override int Wait(int timeoutMs)
    {
        _count = Inner.Wait(WaitsForEventsOnly && timeoutMs > 0 ? VeryLongMs : timeoutMs);
        bool isSpurious = IsRestless && _accepted.Count > 0 && _random.Next(2) == 0;
        _spurious = isSpurious ? _accepted[_random.Next(_accepted.Count)] : -1;
        return isSpurious ? _count + 1 : _count;
    }

    public override int HandleOf(int index)
    {
        // It may have been closed in this very turn: the host has to know.
        return index < _count ? Inner.HandleOf(index) : _spurious;
    }

    public override bool IsReadable(int index)
    {
        return index >= _count || Inner.IsReadable(index);
    }

    public override bool IsWritable(int index)
    {
        return index >= _count || Inner.IsWritable(index);
    }

    public override bool IsBroken(int index)
    {
        return index < _count && Inner.IsBroken(index);
    }

    public override void Dispose()
    {
        Inner.Dispose();
    }
}
