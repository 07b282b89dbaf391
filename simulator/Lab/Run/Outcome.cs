using System.Collections.Generic;
using System.Text.Json;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>What came of a run.</summary>
/// <param name="Checker">Who found something wrong, or null.</param>
/// <param name="What">What was wrong, or null.</param>
/// <param name="VirtualMs">How long it took in virtual time.</param>
/// <param name="Packets">Packets that the broker handled.</param>
/// <param name="Delivered">Messages that subscribers got.</param>
/// <param name="Missing">Messages that they did not get, by reason.</param>
/// <param name="WorkPermille">The part of its budget of work that a verb used at most, in a
/// thousandth.</param>
/// <param name="Trace">Stands for all that happened, see TraceHash.</param>
/// <param name="Census">Who was there when the faults ended; null when it did not get there.
/// </param>
public sealed record Outcome(string? Checker, string? What, long VirtualMs, long Packets,
    long Delivered, SortedDictionary<string, long> Missing, long WorkPermille,
    ulong Trace, Census? Census)
{
    /// <summary>As text, which Read takes.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>From its text.</summary>
    public static Outcome Read(string text) => JsonSerializer.Deserialize<Outcome>(text)!;
}
