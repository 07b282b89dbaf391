using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Lab.Plans;
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
    private const int UsualMinutes = 3;

    private static readonly Argument<string> _fleet = new("FLEET-FILE")
    {
        Description = "a JSON file with the clients; docs/plan.md says how to write one",
    };

    private static readonly Option<BoardProfile?> _board = KnownBoards.Option(
        "a board; without it a line for each of them");

    private static readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "play the fleet against the board's firmware too, in virtual time",
    };

    private static readonly Option<int> _minutes = VerbOptions.Count(
        "--minutes", "N", $"how long it is played (default {UsualMinutes})", UsualMinutes);

    private static readonly Option<string> _scenario = new("--scenario")
    {
        Description = "write what --simulate plays into a file for simulate --plan FILE",
        HelpName = "FILE",
    };

    private static readonly Option<string> _svg = new("--svg")
    {
        Description = "draw how full everything is into a file",
        HelpName = "FILE",
    };

    private static readonly Option<bool> _json = new("--json")
    {
        Description = "write JSON",
    };

    /// <summary>Gives a command the argument, the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(_fleet);
        VerbOptions.AddTo(command, _board, _simulate, _minutes, _scenario, _svg, _json);
        command.SetAction(Run);
    }

    private static int Run(ParseResult options)
    {
        BoardProfile? board = options.GetValue(_board);
        string? wrong = board == null && options.GetValue(_scenario) != null
            ? "--scenario needs --board: a scenario is played against one host"
            : null;
        try
        {
            if (wrong == null)
            {
                return Run(FleetFile.Load(options.GetValue(_fleet)!), board, options);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException
            or UnauthorizedAccessException)
        {
            wrong = e.Message;
        }

        Console.Error.WriteLine(wrong);
        return ExitCode.Usage;
    }

    private static int Run(Fleet fleet, BoardProfile? board, ParseResult options)
    {
        int minutes = options.GetValue(_minutes);
        BoardFit[] fits =
        [
            .. (board != null ? [board] : KnownBoards.All).Select(one => new BoardFit(fleet, one)),
        ];
        if (options.GetValue(_svg) is { } svg)
        {
            File.WriteAllText(svg, FitPicture.Draw(fleet, fits) + "\n");
        }

        if (board != null && options.GetValue(_scenario) is { } scenario)
        {
            File.WriteAllText(scenario, PlanFile.Text(
                fleet.About ?? "", FleetScenario.Make(fleet, board, minutes)));
        }

        FleetTrial[] trials = options.GetValue(_simulate)
            ? [.. fits.Select(fit => FleetTrial.Play(fleet, fit.Board, minutes))]
            : [];
        if (options.GetValue(_json))
        {
            Console.Out.WriteLine(FitJson.Text(fleet, fits, trials));
        }
        else
        {
            Show(fleet, fits, trials, board != null);
        }

        return fits.Any(fit => fit.Fits) ? 0 : NoFitExitCode;
    }

    private static void Show(Fleet fleet, BoardFit[] fits, FleetTrial[] trials, bool isOne)
    {
        IAnsiConsole console = ReportConsole.Create(Width);
        var report = new FitReport(console, fleet);
        if (isOne)
        {
            report.Board(fits[0]);
        }
        else
        {
            report.Boards(fits);
        }

        foreach ((BoardFit fit, FleetTrial trial) in fits.Zip(trials))
        {
            report.Trial(fit, trial);
        }
    }
}
