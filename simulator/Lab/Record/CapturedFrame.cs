using System;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>What a capture holds of one frame.</summary>
/// <param name="TimeUs">Microseconds since 1970.</param>
/// <param name="LinkType">What its first header is, by the numbers of tcpdump.org.</param>
/// <param name="Bytes">What was captured of it.</param>
/// <param name="Length">Its length on the wire.</param>
internal sealed record CapturedFrame(
    long TimeUs, int LinkType, ReadOnlyMemory<byte> Bytes, long Length);
