using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// What runs inside of a WovenLab: a loop of changing, playing and keeping. Whoever is outside
/// speaks with it in types that both sides share.
/// </summary>
public static class FuzzWorker
{
    private const int ReportEvery = 256;
    private const int NewCaseOneIn = 20;
    private const int FileCost = 100;

    /// <summary>Fuzzes one target.</summary>
    /// <param name="targetName">Its name.</param>
    /// <param name="seed">The same seed and corpus give the same run.</param>
    /// <param name="start">Cases to begin with, as files.</param>
    /// <param name="report">Takes runs, edges taken, edges in all, cases kept and the run of the
    /// last one; says whether to go on.</param>
    /// <param name="exchange">Tells of a kept case and gives one of another worker, or null.
    /// </param>
    /// <returns>A failing case and what is wrong, or null.</returns>
    public static (byte[] File, string What)? Work(string targetName, int seed,
        IReadOnlyList<byte[]> start, Func<long[], bool> report, Func<byte[]?, byte[]?> exchange)
    {
        FuzzTarget target = FuzzTarget.Of(targetName);
        var runner = new CaseRunner(target);
        var random = new Random(seed);
        var mutator = new CaseMutator(target, random);
        var corpus = new Corpus();
        var waiting = new Queue<FuzzCase>(start.Select(FuzzCase.Read));
        waiting.Enqueue(target.NewCase(random));
        long last = 0;
        for (long runs = 0; ; runs++)
        {
            if (runs % ReportEvery == 0 || waiting.Count > 0)
            {
                if (!report([runs, corpus.Edges, Coverage.Edges, corpus.Count, last]))
                {
                    return null;
                }

                if (runs % ReportEvery == 0 && exchange(null) is { } foreign)
                {
                    waiting.Enqueue(FuzzCase.Read(foreign));
                }
            }

            bool isGiven = waiting.TryDequeue(out FuzzCase? next);
            next ??= corpus.Count == 0 || random.Next(NewCaseOneIn) == 0
                ? target.NewCase(random)
                : mutator.Mutate(corpus.Any(random), corpus.Any(random));
            if (runner.Fault(next) != null)
            {
                FuzzCase small = runner.Shrink(next);
                return (small.Write(), $"{runner.Fault(small)}");
            }

            if (corpus.Keep(next))
            {
                last = runs;
                if (!isGiven)
                {
                    exchange(next.Write());
                }
            }
        }
    }

    /// <summary>Plays a case.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Replay(string targetName, byte[] file) =>
        new CaseRunner(FuzzTarget.Of(targetName)).Fault(FuzzCase.Read(file))?.ToString();

    /// <summary>Of some cases the few that take the same edges as often.</summary>
    public static IReadOnlyList<byte[]> Minimize(string targetName, IReadOnlyList<byte[]> files)
    {
        var runner = new CaseRunner(FuzzTarget.Of(targetName));
        var taken = new List<(byte[] File, HashSet<int> Features)>();
        foreach (byte[] file in files.OrderBy(f => f.Length))
        {
            if (runner.Fault(FuzzCase.Read(file)) == null)
            {
                taken.Add((file, [.. Corpus.Features()]));
            }
        }

        var kept = new List<byte[]>();
        var seen = new HashSet<int>();
        while (taken.Count > 0)
        {
            // The one that adds most for its size.
            (byte[] file, HashSet<int> features) = taken.MaxBy(
                t => t.Features.Count / (double)(t.File.Length + FileCost));
            kept.Add(runner.Trim(FuzzCase.Read(file), features).Write());
            seen.UnionWith(features);
            taken.ForEach(t => t.Features.ExceptWith(seen));
            taken.RemoveAll(t => t.Features.Count == 0);
        }

        return kept;
    }

    /// <summary>Basic blocks run so far.</summary>
    public static long Steps() => Coverage.Steps;

    /// <summary>The part of the budget of steps that was used most, in a thousandth.</summary>
    public static long HighestBudget() => StepBudget.Highest;
}
