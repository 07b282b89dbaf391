using System.Collections.Generic;

namespace EdgeBroker.Simulator.Bench;

/// <summary>The times of a histogram that people ask for, in microseconds.</summary>
internal static class Times
{
    private const double NsPerUs = 1000;

    /// <summary>By name; nothing when nothing was timed.</summary>
    public static IReadOnlyDictionary<string, double> Of(Histogram times) => times.Count == 0
        ? new Dictionary<string, double>()
        : new Dictionary<string, double>
        {
            ["p50"] = times.Percentile(0.5) / NsPerUs,
            ["p90"] = times.Percentile(0.9) / NsPerUs,
            ["p99"] = times.Percentile(0.99) / NsPerUs,
            ["p99.9"] = times.Percentile(0.999) / NsPerUs,
            ["max"] = times.Longest / NsPerUs,
        };
}
