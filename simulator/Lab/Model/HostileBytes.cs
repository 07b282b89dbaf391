using System;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>What clients send that mean harm or are broken: packets with a mistake in them, and
/// what was never meant to be MQTT.</summary>
public sealed class HostileBytes(Random random)
{
    private readonly PacketBender _bender = new(random);

    /// <summary>Bytes that may be no packet, or not the one that they were made from.</summary>
    /// <param name="packet">A well-formed packet.</param>
    public byte[] Of(byte[] packet) => random.Next(10) switch
    {
        0 => [packet[0], 0xFF, 0xFF, 0xFF, 0xFF], // A Remaining Length that has no end.
        1 => [packet[0], 0xFF, 0xFF, 0xFF, 0x7F], // The largest one.
        2 => [.. "GET / HTTP/1.1\r\n\r\n"u8],
        _ => _bender.Bend(packet),
    };
}
