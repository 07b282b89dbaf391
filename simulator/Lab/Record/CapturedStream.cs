using System;
using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Puts the segments that one client sent into their order.</summary>
internal sealed class CapturedStream
{
    // By sequence number, without what was handed on already.
    private readonly Dictionary<uint, ReadOnlyMemory<byte>> _early = [];
    private uint _next;

    /// <param name="firstNumber">The sequence number of its first byte.</param>
    public CapturedStream(uint firstNumber)
    {
        _next = firstNumber;
    }

    /// <summary>Segments, or parts, that had come already.</summary>
    public long Repeated { get; private set; }

    /// <summary>Segments that came before one that they follow.</summary>
    public long Early { get; private set; }

    /// <summary>Whether segments wait for bytes that the capture does not have.</summary>
    public bool HasGap => _early.Count > 0;

    /// <summary>Whether everything before a sequence number was handed on.</summary>
    public bool HasReached(uint number) => unchecked((int)(_next - number)) >= 0;

    /// <summary>Takes a segment.</summary>
    /// <returns>What can be handed on now, in its order.</returns>
    public IEnumerable<ReadOnlyMemory<byte>> Take(TcpSegment segment)
    {
        ReadOnlyMemory<byte> payload = segment.Payload;
        uint number = segment.Has(PcapFrame.Syn) ? segment.Number + 1 : segment.Number;
        int ahead = unchecked((int)(number - _next));
        if (payload.Length == 0)
        {
            // Keep-alive of TCP, acknowledgements; or nothing of it was captured.
            yield break;
        }

        if (ahead > 0)
        {
            Early++;
            if (!_early.TryGetValue(number, out ReadOnlyMemory<byte> there)
                || there.Length < payload.Length)
            {
                _early[number] = payload;
            }

            yield break;
        }

        if (ahead < 0)
        {
            Repeated++;
        }

        while (true)
        {
            long known = -(long)ahead;
            if (known < payload.Length)
            {
                payload = payload[(int)known..];
                _next += (uint)payload.Length;
                yield return payload;
            }

            if (!TryFollow(out uint follower, out payload))
            {
                yield break;
            }

            ahead = unchecked((int)(follower - _next));
        }
    }

    // One that waits and begins where the last one ended, or before.
    private bool TryFollow(out uint number, out ReadOnlyMemory<byte> payload)
    {
        foreach ((uint at, ReadOnlyMemory<byte> bytes) in _early)
        {
            if (unchecked((int)(at - _next)) <= 0)
            {
                _early.Remove(at);
                (number, payload) = (at, bytes);
                return true;
            }
        }

        (number, payload) = (0, default);
        return false;
    }
}
