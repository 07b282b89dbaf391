using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Serve;
using Spectre.Console;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>The verb `plan`: whether a fleet of clients fits a board.</summary>
public static class PlanCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Says whether a fleet of clients fits a board, and which limit it meets first.";

    /// <summary>Exit code when the fleet does not fit for certain.</summary>
    public const int NoFitExitCode = 1;

    private const int Width = 80;

    private static readonly Argument<string> _fleet = new("FLEET-FILE")
    {
        Description = "a JSON file with the clients; docs/plan.md says how to write one",
    };

    private static readonly Option<string> _board = new("--board")
    {
        Description = "a board; without it a line for each of them",
        HelpName = "NAME",
    };

    /// <summary>Gives a command the argument, the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(_fleet);
        command.Options.Add(_board);
        command.SetAction(Run);
    }

    private static int Run(ParseResult options)
    {
        string? name = options.GetValue(_board);
        BoardProfile? board = name == null ? null : AllBoards.Find(name);
        if (name != null && board == null)
        {
            Console.Error.WriteLine(LimitsCommand.UnknownBoard(name));
            return ServeCommand.UsageExitCode;
        }

        Fleet fleet;
        try
        {
            fleet = FleetFile.Load(options.GetValue(_fleet)!);
        }
        catch (InvalidDataException e)
        {
            Console.Error.WriteLine(e.Message);
            return ServeCommand.UsageExitCode;
        }

        BoardFit[] fits = [.. Boards(board).Select(one => new BoardFit(fleet, one))];
        Show(fleet, fits, board != null);
        return fits.Any(fit => fit.Fits) ? 0 : NoFitExitCode;
    }

    private static void Show(Fleet fleet, BoardFit[] fits, bool isOne)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = Math.Max(Width, console.Profile.Width);
        var report = new FitReport(console, fleet);
        if (isOne)
        {
            report.Board(fits[0]);
        }
        else
        {
            report.Boards(fits);
        }
    }

    private static IEnumerable<BoardProfile> Boards(BoardProfile? one) => one != null
        ? [one]
        : Enumerable.Range(0, AllBoards.Count).Select(AllBoards.At);
}
