using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.IO;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Lab.Plans;
using EdgeBroker.Simulator.Lab.Run;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator.Lab;

/// <summary>The verb `simulate`: plays a plan in virtual time and checks everything.</summary>
public static class SimulateCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Plays clients and bad networks in virtual time, and checks everything.";

    private const int FailureExitCode = 1;
    private const int MostShrinkRuns = 2000;

    private static readonly Option<string> _plan = new("--plan")
    {
        Description = "what to play: " + string.Join(", ", PlanFile.Names) + ", or a file",
        HelpName = "NAME|FILE",
        Required = true,
    };

    private static readonly Option<int?> _seed = new("--seed")
    {
        Description = "the first seed; the same seed gives the same run (default: by chance)",
        HelpName = "N",
    };

    private static readonly Option<int> _seeds = new("--seeds")
    {
        Description = "how many seeds to play (default 1)",
        HelpName = "COUNT",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string> _board = new("--board")
    {
        Description = "the host to test: a board, or pc; without it the plan says which",
        HelpName = "NAME",
    };

    private static readonly Option<int> _jobs = new("--jobs")
    {
        Description = "how many runs at a time (default: one for each processor)",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

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
        _seeds.Validators.Add(AtLeastOne);
        _jobs.Validators.Add(AtLeastOne);
        command.Options.Add(_plan);
        command.Options.Add(_seed);
        command.Options.Add(_seeds);
        command.Options.Add(_board);
        command.Options.Add(_jobs);
        command.Options.Add(_record);
        command.Options.Add(_pcap);
        command.SetAction(Run);
    }

    private static void AtLeastOne(OptionResult result)
    {
        if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1)
        {
            result.AddError($"{result.IdentifierToken} must be 1 or more");
        }
    }

    private static int Run(ParseResult options)
    {
        string name = options.GetValue(_plan)!;
        string? board = options.GetValue(_board);
        if (board != null && board != Simulation.Pc && AllBoards.Find(board) == null)
        {
            Console.Error.WriteLine($"there is no board \"{board}\"; there are pc, "
                + string.Join(", ", Enumerable.Range(0, AllBoards.Count).Select(
                    i => AllBoards.At(i).Name)));
            return ServeCommand.UsageExitCode;
        }

        Plan plan;
        try
        {
            plan = PlanFile.Load(name);
        }
        catch (InvalidDataException e)
        {
            Console.Error.WriteLine(e.Message);
            return ServeCommand.UsageExitCode;
        }

        string? record = options.GetValue(_record);
        string? pcap = options.GetValue(_pcap);
        string? unfit = WhyNoFiles(record, pcap, options.GetValue(_seeds));
        if (unfit != null)
        {
            Console.Error.WriteLine(unfit);
            return ServeCommand.UsageExitCode;
        }

        int seed = options.GetValue(_seed) ?? Random.Shared.Next(1_000_000);
        int seeds = plan.Scenario == null ? options.GetValue(_seeds) : 1;
        Console.Out.WriteLine($"plan {name}, seed {seed}"
            + (seeds > 1 ? $" to {seed + seeds - 1}" : ""));
        var watch = Stopwatch.StartNew();
        var runner = new SeedRunner(plan, board, seed, seeds);
        var progress = new Progress(seeds);
        int jobs = Math.Min(options.GetValue(_jobs), seeds);
        runner.Run(jobs, r => progress.Show(r.Done, r.VirtualMs));
        progress.Clear();
        Summary(runner, watch.Elapsed);
        if (record != null || pcap != null)
        {
            SimulationLabs.Run(ScenarioMaker.Make(plan, seed, board), record, pcap);
        }

        if (runner.Failure is not (int failed, Outcome outcome))
        {
            return 0;
        }

        Tell(name, board, failed, outcome, ScenarioMaker.Make(plan, failed, board),
            plan.Scenario != null);
        return FailureExitCode;
    }

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
        Console.Out.WriteLine($"{runner.Done:N0} {(runner.Done == 1 ? "run" : "runs")}, "
            + $"{hours:N1} virtual hours in {real.TotalSeconds:N1} s "
            + $"({hours / Math.Max(0.001, real.TotalSeconds):N1} per second), "
            + $"{runner.Packets:N0} packets, {runner.Delivered:N0} messages delivered, "
            + $"trace {runner.Trace:x16}");
    }

    private static void Tell(
        string name, string? board, int seed, Outcome outcome, Scenario scenario, bool isShort)
    {
        string host = board == null ? "" : " --board " + board;
        Console.Out.WriteLine($"seed {seed} fails: {outcome.Checker}: {outcome.What}");
        if (isShort)
        {
            return; // The file is what shrinking has left.
        }

        Console.Out.WriteLine($"again: simulate --plan {name} --seed {seed}{host}");
        Console.Out.WriteLine($"shrinking {scenario.Events.Count} events of "
            + $"{scenario.Clients.Count} clients ...");
        var shrinker = new Shrinker(scenario, outcome.Checker!, MostShrinkRuns);
        Scenario smallest = shrinker.Shrink();
        Outcome last = SimulationLabs.Run(smallest);
        string path = $"failure-{seed}.json";
        File.WriteAllText(path, PlanFile.Text($"{last.Checker}: {last.What}", smallest));
        Console.Out.WriteLine($"{smallest.Events.Count} events of {smallest.Clients.Count} clients "
            + $"are enough, after {shrinker.Runs} runs: {last.Checker}: {last.What}");
        Console.Out.WriteLine($"shortest: simulate --plan {path}");
    }
}
