namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>What came of playing a recording.</summary>
/// <param name="Verbs">Verbs that were played.</param>
/// <param name="BytesIn">Bytes that clients sent.</param>
/// <param name="BytesOut">Bytes that were sent to them.</param>
/// <param name="PassedMs">Time of the broker's clock.</param>
/// <param name="Difference">The first difference, a sentence; or null.</param>
/// <param name="End">How the recording ends; Unread after a difference.</param>
public sealed record ReplayResult(long Verbs, long BytesIn, long BytesOut, long PassedMs,
    string? Difference, RecordingEnd End);
