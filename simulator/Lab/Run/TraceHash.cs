using System;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Check;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// A number that stands for all verbs of a run with their times and bytes (FNV-1a, 64 bits): two
/// runs with the same number did the same.
/// </summary>
internal sealed class TraceHash : VerbTap
{
    private const ulong Prime = 0x100000001B3;

    /// <summary>The number so far.</summary>
    public ulong Value { get; private set; } = 0xCBF29CE484222325;

    /// <inheritdoc/>
    public override void Opened(int slot, int address, long nowMs) =>
        Add(VerbKind.Open, slot, nowMs, address, []);

    /// <inheritdoc/>
    public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs) =>
        Add(VerbKind.Receive, slot, nowMs, count, buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Transmitted(
        int slot, byte[] buffer, int offset, int capacity, int count, long nowMs) =>
        Add(VerbKind.Transmit, slot, nowMs, capacity, buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Blocked(int slot, long nowMs) => Add(VerbKind.Block, slot, nowMs, 0, []);

    /// <inheritdoc/>
    public override void Ticked(long nowMs) => Add(VerbKind.Tick, 0, nowMs, 0, []);

    /// <inheritdoc/>
    public override void Closed(int slot, long nowMs) => Add(VerbKind.Close, slot, nowMs, 0, []);

    /// <inheritdoc/>
    public override void ShutDown(long nowMs) => Add(VerbKind.Shutdown, 0, nowMs, 0, []);

    private void Add(VerbKind kind, int slot, long nowMs, int number, ReadOnlySpan<byte> bytes)
    {
        ulong hash = Value;
        hash = (hash ^ (ulong)kind) * Prime;
        hash = (hash ^ (ulong)slot) * Prime;
        hash = (hash ^ (ulong)nowMs) * Prime;
        hash = (hash ^ (ulong)(uint)number) * Prime;
        foreach (byte one in bytes)
        {
            hash = (hash ^ one) * Prime;
        }

        Value = hash;
    }
}
