using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Bench;

/// <summary>All rounds of one scenario with one broker.</summary>
/// <param name="Results">One of each round.</param>
/// <param name="Ahead">How many times as good as the first broker; null when that has no figure.
/// </param>
internal sealed record Row(IReadOnlyList<BenchResult> Results, double? Ahead)
{
    /// <summary>What is the same in all of them.</summary>
    public BenchResult First => Results[0];

    /// <summary>The median of the figure.</summary>
    public double Value => Median(Results.Select(r => r.Value));

    /// <summary>The smallest.</summary>
    public double Least => Results.Min(r => r.Value);

    /// <summary>The largest.</summary>
    public double Most => Results.Max(r => r.Value);

    /// <summary>Messages lost in all rounds.</summary>
    public long Lost => Results.Sum(r => r.Lost);

    /// <summary>Messages out of order in all rounds.</summary>
    public long Disorder => Results.Sum(r => r.Disorder);

    /// <summary>Connections that were refused or ended, in all rounds.</summary>
    public int Gone => Results.Sum(r => r.Gone);

    /// <summary>Processor time of the broker for each delivery in microseconds, or null.</summary>
    public double? CpuUs => MedianOrNull(Results.Select(r => r.BrokerCpuUs));

    /// <summary>The median of a time in microseconds, or null.</summary>
    public double? LatencyUs(string name) => MedianOrNull(Results.Select(
        r => r.LatencyUs.TryGetValue(name, out double us) ? us : (double?)null));

    /// <summary>Puts results together, in the order in which scenarios and brokers came.</summary>
    public static IReadOnlyList<Row> Of(IReadOnlyList<BenchResult> results)
    {
        var rows = new List<Row>();
        string? first = results.FirstOrDefault()?.Broker;
        foreach (var group in results.GroupBy(r => (r.Scenario, r.Payload)))
        {
            BenchResult[] own = [.. group.Where(r => r.Broker == first)];
            double? value = own.Length > 0 ? Median(own.Select(r => r.Value)) : null;
            foreach (var one in group.GroupBy(r => r.Broker).OrderBy(g => g.Key == first ? 0 : 1))
            {
                double median = Median(one.Select(r => r.Value));
                double? ahead = value is not > 0 || median <= 0 ? null
                    : one.First().IsMoreBetter ? median / value
                    : value / median;
                rows.Add(new Row([.. one], ahead));
            }
        }

        return rows;
    }

    /// <summary>The middle of some numbers.</summary>
    public static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double? MedianOrNull(IEnumerable<double?> numbers)
    {
        double[] known = [.. numbers.OfType<double>()];
        return known.Length == 0 ? null : Median(known);
    }
}
