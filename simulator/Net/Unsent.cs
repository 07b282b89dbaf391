using System;

namespace EdgeBroker.Simulator.Net;

/// <summary>Bytes that a socket has not taken yet.</summary>
internal sealed class Unsent
{
    public Unsent(byte[] source, int offset, int count)
    {
        Bytes = source.AsSpan(offset, count).ToArray();
    }

    public byte[] Bytes { get; }

    public int Offset { get; set; }

    public int Count => Bytes.Length - Offset;
}
