using System;
using System.Buffers.Binary;
using System.Numerics;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>CRC-32C, eight bytes at a time.</summary>
internal static class Checksum
{
    /// <summary>Goes on with a checksum; 0 begins one.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
