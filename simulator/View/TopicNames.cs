using System;
using System.Collections.Generic;

namespace EdgeBroker.Simulator.View;

/// <summary>Compares Topic Names as bytes, so that looking one up needs no text.</summary>
public sealed class TopicNames
    : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    /// <inheritdoc/>
    public bool Equals(byte[]? x, byte[]? y)
    {
        return x.AsSpan().SequenceEqual(y);
    }

    /// <inheritdoc/>
    public int GetHashCode(byte[] name)
    {
        return GetHashCode(name.AsSpan());
    }

    /// <inheritdoc/>
    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other)
    {
        return alternate.SequenceEqual(other);
    }

    /// <inheritdoc/>
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        // Seeded anew for each process: names that collide cannot be prepared.
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public byte[] Create(ReadOnlySpan<byte> alternate)
    {
        return alternate.ToArray();
    }
}
