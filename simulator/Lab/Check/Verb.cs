namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>A call of the broker that has ended.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Slot">Its slot, or -1.</param>
/// <param name="Count">Bytes in or out.</param>
public readonly record struct Verb(VerbKind Kind, int Slot, int Count);
