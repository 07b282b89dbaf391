namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>What a recording says of itself at its end.</summary>
/// <param name="Verbs">How many verbs it has.</param>
/// <param name="BytesIn">Bytes that clients sent.</param>
/// <param name="BytesOut">Bytes that were sent to them.</param>
/// <param name="OutputHash">SHA-256 of the bytes that were sent to them; empty if there
/// is none.</param>
/// <param name="Counters">The broker's counters, indexed by Counter.</param>
public sealed record RecordedFigures(
    long Verbs, long BytesIn, long BytesOut, byte[] OutputHash, long[] Counters);
