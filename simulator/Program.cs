using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeBroker.Simulator.Find;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator;

/// <summary>The command line of the simulator: one verb for each thing that it does.</summary>
public static class Program
{
    /// <summary>Runs a verb.</summary>
    /// <returns>0, 1 when something failed, 2 when the command line or a file is wrong.</returns>
    public static int Main(string[] args)
    {
        var root = new RootCommand("EdgeBroker on this computer. Without a verb it serves.");
        ServeCommand.AddTo(root);
        var serve = new Command("serve", ServeCommand.Description);
        ServeCommand.AddTo(serve);
        root.Subcommands.Add(serve);
        var limits = new Command("limits", LimitsCommand.Description);
        LimitsCommand.AddTo(limits);
        root.Subcommands.Add(limits);
        var find = new Command("find", FindCommand.Description);
        FindCommand.AddTo(find);
        root.Subcommands.Add(find);

        ParseResult options = root.Parse(
            args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        foreach (ParseError error in options.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        // Exceptions that nobody expects are bugs, and are shown as such.
        return options.Errors.Count > 0
            ? ServeCommand.UsageExitCode
            : options.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
    }
}
