using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Bench;
using EdgeBroker.Simulator.Capacity;
using EdgeBroker.Simulator.Conformance;
using EdgeBroker.Simulator.Cost;
using EdgeBroker.Simulator.Find;
using EdgeBroker.Simulator.Lab;
using EdgeBroker.Simulator.Lab.Fuzz;
using EdgeBroker.Simulator.Lab.Record;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator;

/// <summary>The command line of the simulator: one verb for each thing that it does.</summary>
public static class Program
{
    private static readonly (string Name, string Description, Action<Command> AddTo)[] _verbs =
    [
        ("serve", ServeCommand.Description, new ServeCommand().AddTo),
        ("limits", LimitsCommand.Description, LimitsCommand.AddTo),
        ("cost", CostCommand.Description, CostCommand.AddTo),
        ("plan", PlanCommand.Description, PlanCommand.AddTo),
        ("find", FindCommand.Description, FindCommand.AddTo),
        ("fuzz", FuzzCommand.Description, FuzzCommand.AddTo),
        ("replay", ReplayCommand.Description, ReplayCommand.AddTo),
        ("simulate", SimulateCommand.Description, SimulateCommand.AddTo),
        ("bench", BenchCommand.Description, BenchCommand.AddTo),
        ("conformance", ConformanceCommand.Description, ConformanceCommand.AddTo),
    ];

    /// <summary>Runs a verb.</summary>
    /// <returns>0, 1 when something failed, 2 when the command line or a file is wrong.</returns>
    public static int Main(string[] args)
    {
        StandardStreams.Guard();
        int handles = HandleLimit.Read();
        if (handles < HandleLimit.Fewest)
        {
            Console.Error.WriteLine($"the system gives this process {handles} handles, and it "
                + $"needs {HandleLimit.Fewest} at least: raise the limit (ulimit -n)");
            return ExitCode.Failure;
        }

        var root = new RootCommand("EdgeBroker on this computer. Without a verb it serves.");
        new ServeCommand().AddTo(root);
        foreach ((string name, string description, Action<Command> addTo) in _verbs)
        {
            var verb = new Command(name, description);
            addTo(verb);
            root.Subcommands.Add(verb);
        }

        ParseResult options = root.Parse(
            args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (options.Errors.Count > 0)
        {
            return Complain(options);
        }

        string? misplaced = Misplaced(options, root);
        if (misplaced != null)
        {
            Console.Error.WriteLine(misplaced);
            return ExitCode.Usage;
        }

        // Exceptions that nobody expects are bugs, and are shown as such.
        return options.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = LongWork.Patience,
        });
    }

    /// <summary>Lets the library say what is wrong, with its guesses of what was meant.</summary>
    private static int Complain(ParseResult options)
    {
        if (options.Action is ParseErrorAction action)
        {
            action.ShowHelp = false;
        }

        var text = new StringWriter();
        options.Invoke(new InvocationConfiguration { Output = text, Error = text });
        foreach (string line in text.ToString().Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.Length > 0))
        {
            Console.Error.WriteLine(line);
        }

        string verb = options.CommandResult.Command is RootCommand
            ? ""
            : options.CommandResult.Command.Name + " ";
        Console.Error.WriteLine($"{verb}--help lists what there is");
        return ExitCode.Usage;
    }

    /// <summary>Options of serve before another verb would be taken for it and forgotten.</summary>
    private static string? Misplaced(ParseResult options, RootCommand root)
    {
        Command verb = options.CommandResult.Command;
        Option? option = verb == root ? null : root.Options.FirstOrDefault(option =>
            option is not HelpOption
            && options.GetResult(option) is OptionResult { Implicit: false });
        if (option == null)
        {
            return null;
        }

        return verb.Options.Any(own => own.Name == option.Name)
            ? $"{option.Name} belongs after the verb: {verb.Name} {option.Name} ..."
            : $"{verb.Name} has no option {option.Name}; leave it out";
    }
}
