using System;
using System.Net;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>A TCP segment of a capture.</summary>
/// <param name="Source">Who sends.</param>
/// <param name="Dest">Who receives.</param>
/// <param name="Number">Sequence number.</param>
/// <param name="Flags">See PcapFrame.</param>
/// <param name="Payload">What was captured of its payload.</param>
/// <param name="Length">Bytes of its payload on the wire.</param>
internal sealed record TcpSegment(IPEndPoint Source, IPEndPoint Dest, uint Number, byte Flags,
    ReadOnlyMemory<byte> Payload, int Length)
{
    /// <summary>Whether a flag is set.</summary>
    public bool Has(byte flag) => (Flags & flag) != 0;
}
