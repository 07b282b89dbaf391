using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>The verb `fuzz`: looks for bytes that the core does not stand.</summary>
public static class FuzzCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Feeds codec, topics and broker with mutated input, led by the branches it takes.";

    private const string All = "all";
    private const string UsualCorpus = "tests/corpus";

    private static readonly Option<double> _minutes = new("--minutes")
    {
        Description = "how long, all targets together (default 1)",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<long> _runs = new("--runs")
    {
        Description = "this many runs of each target and thread, however long they take",
        HelpName = "N",
    };

    private static readonly Option<int?> _seed = VerbOptions.Seed(
        "the same seed, corpus and --runs give the same run with --jobs 1");

    private static readonly Option<int> _jobs = VerbOptions.Jobs("threads (default 1)", 1);

    private static readonly Option<string> _target = new("--target")
    {
        Description = "codec, topics, broker or all (default all)",
        HelpName = "NAME",
        DefaultValueFactory = _ => All,
    };

    private static readonly Option<string> _corpus = new("--corpus")
    {
        Description = "folder with a folder for each target; read first, then new cases are "
            + $"written to it. Without it {UsualCorpus} is read, if it is there",
        HelpName = "DIR",
    };

    private static readonly Option<bool> _minimize = new("--minimize")
    {
        Description = "removes from --corpus what adds no coverage, and ends",
    };

    private static readonly Option<string> _replay = new("--replay")
    {
        Description = "plays one case, shows its steps, and says what is wrong",
        HelpName = "FILE",
    };

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        VerbOptions.AddTo(
            command, _minutes, _runs, _seed, _jobs, _target, _corpus, _minimize, _replay);
        LongWork.AddTo(command, Run);
    }

    private static int Run(ParseResult options, CancellationToken cancel)
    {
        string name = options.GetValue(_target)!;
        IReadOnlyList<string> targets = name == All ? FuzzTarget.Names : [name];
        string? wrong = targets.Any(t => !FuzzTarget.Names.Contains(t))
            ? $"--target must be codec, topics, broker or all, not {SafeText.Quote(name)}"
            : options.GetValue(_minutes) <= 0 ? "--minutes must be more than 0"
            : options.GetValue(_minimize) && options.GetValue(_corpus) == null
                ? "--minimize needs --corpus, the folder to be cleaned up"
            : null;
        if (wrong != null)
        {
            Console.Error.WriteLine(wrong);
            return ExitCode.Usage;
        }

        string corpus = options.GetValue(_corpus) ?? UsualCorpus;
        try
        {
            return options.GetValue(_replay) is { } file ? CaseFile.Replay(file, name)
                : options.GetValue(_minimize) ? Minimize(targets, corpus)
                : Fuzz(options, targets, corpus, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.Failure;
        }
    }

    private static int Fuzz(ParseResult options, IReadOnlyList<string> targets, string corpus,
        CancellationToken cancel)
    {
        int seed = options.GetValue(_seed) ?? Random.Shared.Next();
        Console.Out.WriteLine($"seed {seed}");
        long runs = options.GetValue(_runs);
        foreach (string target in targets)
        {
            var session = new FuzzSession(target, seed, runs > 0 ? runs : long.MaxValue, runs > 0
                ? TimeSpan.MaxValue
                : TimeSpan.FromMinutes(options.GetValue(_minutes) / targets.Count))
            {
                Cancel = cancel,
            };
            string folder = Path.Combine(corpus, target);
            byte[][] start = [.. Corpus.Files(folder).Select(File.ReadAllBytes)];
            Task work = Task.Run(() => session.Run(start, options.GetValue(_jobs)));
            while (!work.Wait(TimeSpan.FromSeconds(1)))
            {
                Console.Error.WriteLine($"{session.Summary()}, {session.Rate():N0} runs/s");
            }

            Console.Out.WriteLine(session.Summary());
            if (session.BudgetPermille > 0)
            {
                Console.Out.WriteLine($"the verb that came closest to its budget of steps used "
                    + $"{session.BudgetPermille / 10.0:F1} % of it");
            }

            if (options.GetValue(_corpus) != null)
            {
                CaseFile.Save(folder, session.Found);
            }

            if (session.Failure is (byte[] file, string what))
            {
                CaseFile.Tell(target, file, what);
                return ExitCode.Failure;
            }

            if (cancel.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        }

        return 0;
    }

    private static int Minimize(IReadOnlyList<string> targets, string corpus)
    {
        foreach (string target in targets)
        {
            string[] files = [.. Corpus.Files(Path.Combine(corpus, target))];
            byte[][] cases = [.. files.Select(File.ReadAllBytes)];
            var kept = (IReadOnlyList<byte[]>)new WovenLab().Call(
                typeof(FuzzWorker), nameof(FuzzWorker.Minimize), target, cases)!;
            Array.ForEach(files, File.Delete);
            CaseFile.Save(Path.Combine(corpus, target), kept);
            Console.Out.WriteLine($"{target}: kept {kept.Count:N0} of {files.Length:N0} cases");
        }

        return 0;
    }
}
