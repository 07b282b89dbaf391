using System;

namespace EdgeBroker.Simulator.View;

/// <summary>One topic that was published to; touched by the host's thread only.</summary>
public sealed class TopicTap
{
    /// <summary>Bytes of a value that are kept.</summary>
    public const int KeptBytes = 64;

    /// <summary>The name in a form that prints.</summary>
    public readonly string Name;

    /// <summary>How many messages, and the bytes of their payloads.</summary>
    public readonly Flow Flow = new();

    /// <summary>The beginning of the last payload.</summary>
    public readonly byte[] Value = new byte[KeptBytes];

    /// <summary>Bytes of the last payload in all.</summary>
    public int Length;

    /// <summary>Bytes of the last payload that are kept; the others had not arrived.</summary>
    public int Kept;

    /// <summary>When the last message came, by Environment.TickCount64.</summary>
    public long LastMs;

    /// <param name="name">The Topic Name in UTF-8.</param>
    public TopicTap(ReadOnlySpan<byte> name)
    {
        Name = Printable.Name(name);
    }

    /// <summary>Takes a message.</summary>
    /// <param name="weight">How many messages it stands for.</param>
    /// <param name="payload">As much of its payload as is there.</param>
    /// <param name="length">Bytes of its payload.</param>
    public void Take(int weight, ReadOnlySpan<byte> payload, int length)
    {
        Flow.Messages += weight;
        Flow.Bytes += (long)weight * length;
        Length = length;
        LastMs = Environment.TickCount64;
        Kept = Math.Min(payload.Length, KeptBytes);
        payload[..Kept].CopyTo(Value);
    }
}
