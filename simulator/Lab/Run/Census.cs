using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>How a broker and its clients stood when the faults of a run ended.</summary>
/// <param name="Clients">Clients that want to be connected, hostile ones not among them.</param>
/// <param name="Connected">How many of them were.</param>
/// <param name="Accepted">Network connections since the broker started.</param>
/// <param name="RefusedFilters">Filters that SUBACK has refused.</param>
/// <param name="Dropped">Messages that some subscriber did not get.</param>
/// <param name="Limits">Counters of limits that have moved, by their names under $SYS.</param>
/// <param name="LatestMs">Longest time that a message took through the broker.</param>
public sealed record Census(int Clients, int Connected, long Accepted, int RefusedFilters,
    long Dropped, SortedDictionary<string, long> Limits, long LatestMs);
