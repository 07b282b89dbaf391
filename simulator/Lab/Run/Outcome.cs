namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>What came of a run.</summary>
/// <param name="Checker">Who found something wrong, or null.</param>
/// <param name="What">What was wrong, or null.</param>
/// <param name="VirtualMs">How long it took in virtual time.</param>
/// <param name="Verbs">Calls of the broker.</param>
/// <param name="Packets">Packets that it handled.</param>
/// <param name="Delivered">Messages that subscribers got.</param>
/// <param name="Trace">Stands for all that happened, see TraceHash.</param>
public sealed record Outcome(string? Checker, string? What, long VirtualMs, long Verbs,
    long Packets, long Delivered, ulong Trace);
