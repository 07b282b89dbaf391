using System;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>How long a packet is, from its Fixed Header (sections 2.1.4 and 1.5.5).</summary>
internal static class FixedHeaderSize
{
    /// <summary>The size does not stand in these bytes: more are needed.</summary>
    public const int Unknown = 0;

    /// <summary>The Remaining Length has more than four bytes.</summary>
    public const int Malformed = -1;

    private const int MostBytes = 5;

    /// <summary>Bytes of the whole packet, or Unknown, or Malformed.</summary>
    /// <param name="bytes">The packet as far as it is there.</param>
    /// <param name="header">Bytes of the Fixed Header, if the size is known.</param>
    public static int Of(ReadOnlySpan<byte> bytes, out int header)
    {
        int length = 0;
        for (header = 1; header < MostBytes && header < bytes.Length; header++)
        {
            length |= (bytes[header] & 0x7F) << (7 * (header - 1));
            if (bytes[header] < 0x80)
            {
                return ++header + length;
            }
        }

        return header == MostBytes ? Malformed : Unknown;
    }
}
