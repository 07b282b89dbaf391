using System;
using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>What clients send that mean harm or are broken: packets with a mistake in them.
/// </summary>
public sealed class HostileBytes(Random random)
{
    /// <summary>Bytes that may be no packet, or not the one that they were made from.</summary>
    /// <param name="packet">A well-formed packet.</param>
    public byte[] Of(byte[] packet)
    {
        var bytes = new List<byte>(packet);
        switch (random.Next(9))
        {
            case 0: // Another type, or other flags.
                bytes[0] = (byte)random.Next(256);
                break;
            case 1: // A Remaining Length that has no end, or one that is huge.
                bytes.RemoveRange(1, bytes.Count - 1);
                bytes.AddRange([0xFF, 0xFF, 0xFF, (byte)(random.Next(2) == 0 ? 0x7F : 0xFF)]);
                break;
            case 2: // Shorter or longer than its fields.
                bytes[1] = (byte)(random.Next(Math.Min(bytes.Count, 128)));
                bytes.RemoveRange(2, bytes.Count - 2);
                while (bytes.Count < 2 + bytes[1])
                {
                    bytes.Add(bytes.Count - 2 < packet.Length ? packet[bytes.Count - 2] : (byte)0);
                }

                break;
            case 3: // Nothing that was ever meant to be MQTT.
                bytes = [.. "GET / HTTP/1.1\r\n\r\n"u8];
                break;
            case 4: // A byte more, within the packet.
                if (bytes.Count < 120)
                {
                    bytes[1]++;
                    bytes.Add((byte)random.Next(256));
                }

                break;
            default: // Some of its bytes are others.
                for (int i = random.Next(1, 4); i > 0 && bytes.Count > 2; i--)
                {
                    byte[] tempting = [0, 1, 0x23, 0x2B, 0x7F, 0x80, 0xC0, 0xFF];
                    bytes[random.Next(2, Math.Min(bytes.Count, 40))] = random.Next(2) == 0
                        ? tempting[random.Next(tempting.Length)]
                        : (byte)random.Next(256);
                }

                break;
        }

        return [.. bytes];
    }
}
