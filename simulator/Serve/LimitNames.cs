using System.Collections.Generic;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Names the limits that were hit.</summary>
public static class LimitNames
{
    /// <summary>The limits whose counters have grown, each with by how much.</summary>
    /// <param name="now">Counters, indexed by Counter.</param>
    /// <param name="before">Earlier counters, or null for those of the start.</param>
    public static IEnumerable<string> Grown(long[] now, long[]? before)
    {
        for (int counter = Counter.FirstLimit; counter < Counter.Count; counter++)
        {
            long growth = now[counter] - (before == null ? 0 : before[counter]);
            if (growth > 0)
            {
                yield return $"{Counter.NameOf(counter)} {growth}";
            }
        }
    }
}
