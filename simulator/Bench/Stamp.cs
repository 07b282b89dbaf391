using System;
using System.Buffers.Binary;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// What stands in the payload of a message: when it was to be sent, by whom, and its number. Short
/// payloads have less of it: below 16 bytes no time, below 8 bytes nothing.
/// </summary>
internal static class Stamp
{
    /// <summary>Bytes with a time.</summary>
    public const int TimedSize = 16;

    /// <summary>Bytes with a number.</summary>
    public const int NumberedSize = 8;

    /// <summary>Writes it over the beginning of a payload.</summary>
    public static void Write(Span<byte> payload, uint publisher, uint number, long ns)
    {
        if (payload.Length >= NumberedSize)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(payload, publisher);
            BinaryPrimitives.WriteUInt32LittleEndian(payload[4..], number);
        }

        if (payload.Length >= TimedSize)
        {
            BinaryPrimitives.WriteInt64LittleEndian(payload[8..], ns);
        }
    }

    /// <summary>Who published a message.</summary>
    public static uint Publisher(ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt32LittleEndian(payload);

    /// <summary>Its number.</summary>
    public static uint Number(ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]);

    /// <summary>When it was to be sent.</summary>
    public static long Ns(ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadInt64LittleEndian(payload[8..]);
}
