using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeBroker.Simulator.Lab.Plans;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab;

/// <summary>The verb `simulate`: plays a plan in virtual time and checks everything.</summary>
public static class SimulateCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Plays clients and bad networks in virtual time, and checks everything.";

    private const int MostShrinkRuns = 2000;
    private const int DrawnSeeds = 1_000_000;
    private const int MostJobs = 256;

    private static readonly Option<string> _plan = new("--plan")
    {
        Description = "what to play: " + string.Join(", ", PlanFile.Names) + ", or a file",
        HelpName = "NAME|FILE",
        Required = true,
    };

    private static readonly Option<int?> _seed = VerbOptions.Seed(
        "the first seed; the same seed gives the same run (default: by chance)");

    private static readonly Option<int> _seeds = VerbOptions.Count(
        "--seeds", "COUNT", "how many seeds to play (default 1)", 1);

    private static readonly Option<string?> _board = KnownBoards.Option(
        "the host to test: a board, or pc; without it the plan says which",
        name => PlanRules.IsSubject(name) ? name : null, PlanRules.Subjects);

    private static readonly Option<int> _jobs = VerbOptions.Jobs(
        "how many runs at a time (default: one for each processor)", Environment.ProcessorCount);

    private static readonly Option<string> _record = new("--record")
    {
        Description = "write what the broker did into a file for replay; of one seed",
        HelpName = "FILE",
    };

    private static readonly Option<string> _pcap = new("--pcap")
    {
        Description = "write a capture for Wireshark; of one seed",
        HelpName = "FILE",
    };

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        VerbOptions.AddTo(command, _plan, _seed, _seeds, _board, _jobs, _record, _pcap);
        LongWork.AddTo(command, Run);
    }

    private static int Run(ParseResult options, CancellationToken cancel)
    {
        string name = options.GetValue(_plan)!;
        string? board = options.GetValue(_board);
        string? record = options.GetValue(_record);
        string? pcap = options.GetValue(_pcap);
        string? wrong = WhyNoSeeds(options.GetValue(_seed) ?? DrawnSeeds, options.GetValue(_seeds))
            ?? WhyNoFiles(record, pcap, options.GetValue(_seeds));
        Plan? plan = null;
        try
        {
            plan = wrong == null ? PlanFile.Load(name) : null;
        }
        catch (InvalidDataException e)
        {
            wrong = e.Message;
        }

        if (plan == null)
        {
            Console.Error.WriteLine(wrong);
            return ExitCode.Usage;
        }

        int seed = options.GetValue(_seed) ?? Random.Shared.Next(DrawnSeeds);
        int seeds = plan.Scenario == null ? options.GetValue(_seeds) : 1;
        Console.Out.WriteLine($"plan {name}, seed {seed}"
            + (seeds > 1 ? $" to {seed + seeds - 1}" : ""));
        var runner = new SeedRunner(plan, board, seed, seeds)
        {
            RecordPath = record,
            PcapPath = pcap,
        };
        int jobs = Math.Min(options.GetValue(_jobs), Math.Min(seeds, MostJobs));
        Play(runner, jobs, seeds, cancel);
        if (runner.Failure is (int failed, Outcome outcome))
        {
            Tell(name, board, failed, outcome, ScenarioMaker.Make(plan, failed, board),
                plan.Scenario != null, cancel);
        }

        return cancel.IsCancellationRequested ? ExitCode.Interrupted
            : runner.Failure != null ? ExitCode.Failure
            : 0;
    }

    private static void Play(SeedRunner runner, int jobs, int seeds, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var progress = new Progress(seeds);
        runner.Run(jobs, r => progress.Show(r.Done, r.VirtualMs), cancel);
        progress.Clear();
        if (runner.Done < seeds && runner.Failure == null)
        {
            Console.Out.WriteLine("interrupted; so far:");
        }

        Summary(runner, watch.Elapsed);
    }

    private static string? WhyNoSeeds(int seed, int seeds) => seed > int.MaxValue - seeds
        ? $"there are seeds up to {int.MaxValue - 1}: --seed and --seeds are too much together"
        : null;

    private static string? WhyNoFiles(string? record, string? pcap, int seeds)
    {
        string? taken = new[] { record, pcap }.FirstOrDefault(p => p != null && File.Exists(p));
        return (record ?? pcap) != null && seeds > 1
                ? "--record and --pcap are for one seed: leave --seeds out"
            : taken != null ? $"{taken} is there already: remove it or name another file"
            : null;
    }

    private static void Summary(SeedRunner runner, TimeSpan real)
    {
        double hours = runner.VirtualMs / 3_600_000.0;
        long missing = runner.Missing.Values.Sum();
        string reasons = missing == 0 ? "" : $", {missing:N0} not: " + string.Join(", ",
            runner.Missing.Select(pair => $"{pair.Value:N0} {pair.Key}"));
        Console.Out.WriteLine($"{runner.Done:N0} {(runner.Done == 1 ? "run" : "runs")}, "
            + $"{hours:N1} virtual hours in {real.TotalSeconds:N1} s "
            + $"({hours / Math.Max(0.001, real.TotalSeconds):N1} per second), "
            + $"{runner.Packets:N0} packets, trace {runner.Trace:x16}");
        Console.Out.WriteLine($"{runner.Delivered:N0} messages delivered{reasons}");
        Console.Out.WriteLine("the verb that came closest to its budget of work used "
            + $"{runner.WorkPermille / 10.0:F1} % of it");
    }

    private static void Tell(
        string name, string? board, int seed, Outcome outcome, Scenario scenario, bool isShort,
        CancellationToken cancel)
    {
        string host = board == null ? "" : " --board " + board;
        Console.Out.WriteLine($"seed {seed} fails: {outcome.Checker}: {outcome.What}");
        if (isShort || cancel.IsCancellationRequested)
        {
            return; // The file is what shrinking has left.
        }

        Console.Out.WriteLine($"again: simulate --plan {name} --seed {seed}{host}");
        Console.Out.WriteLine($"shrinking {scenario.Events.Count} events of "
            + $"{scenario.Clients.Count} clients ...");
        var shrinker = new Shrinker(scenario, outcome.Checker!, MostShrinkRuns, cancel);
        Scenario smallest = shrinker.Shrink();
        Outcome last = SimulationLabs.Run(smallest);
        Console.Out.WriteLine($"{smallest.Events.Count} events of {smallest.Clients.Count} clients "
            + $"are enough, after {shrinker.Runs} runs: {last.Checker}: {last.What}");
        Keep($"failure-{seed}.json", PlanFile.Text($"{last.Checker}: {last.What}", smallest));
    }

    private static void Keep(string path, string scenario)
    {
        try
        {
            File.WriteAllText(path, scenario);
            Console.Out.WriteLine($"shortest: simulate --plan {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{path} could not be written, so here it is: {e.Message}");
            Console.Out.WriteLine(scenario);
        }
    }
}
