using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Config;
using Spectre.Console;

namespace EdgeBroker.Simulator.Cost;

/// <summary>The verb `cost`: what one operation takes on a device.</summary>
public static class CostCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Counts what one message costs on a board: instructions, calls, memory, time.";

    private const string V311 = "3.1.1";
    private const string V5 = "5.0";
    private const int Width = 160;

    private static readonly Option<BoardProfile?> _board = KnownBoards.Option(
        "a board; without it all of them, by the clocks of their chips");

    private static readonly Option<string> _mqtt = new("--mqtt")
    {
        Description = $"the protocol: {V311} or {V5} (default {V311})",
        HelpName = "VERSION",
        DefaultValueFactory = _ => V311,
    };

    private static readonly Option<string> _hot = new("--hot")
    {
        Description = "show in which methods this operation spends its time",
        HelpName = "OPERATION",
    };

    private static readonly Option<bool> _json = new("--json")
    {
        Description = "write JSON",
    };

    private static readonly Option<bool> _counts = new("--counts")
    {
        Description = "write the counts alone, of both versions, as the test of them has them",
    };

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        _mqtt.AcceptOnlyFromAmong(V311, V5);
        VerbOptions.AddTo(command, _board, _mqtt, _hot, _json, _counts);
        command.SetAction(Run);
    }

    private static int Run(ParseResult options)
    {
        BoardProfile? board = options.GetValue(_board);
        string? hot = options.GetValue(_hot);
        if (hot != null && OperationList.Find(hot) == null)
        {
            Console.Error.WriteLine(UnknownOperation(hot));
            return ExitCode.Usage;
        }

        var lab = new CostLab();
        if (options.GetValue(_counts))
        {
            foreach (string line in CostCounts.Lines(lab))
            {
                Console.Out.WriteLine(line);
            }

            return 0;
        }

        string mqtt = options.GetValue(_mqtt)!;
        byte version = mqtt == V5 ? ProtocolVersion.V5 : ProtocolVersion.V311;
        OperationCost[] costs =
        [
            .. OperationList.All.Where(o => hot == null || o.Name == hot)
                .Select(o => lab.Count(o.Name, version)),
        ];
        if (options.GetValue(_json))
        {
            BoardProfile[] boards = board != null ? [board] : [.. KnownBoards.All];
            Console.Out.WriteLine(CostJson.Text(mqtt, costs, hot, boards, lab.Methods));
            return 0;
        }

        Show(mqtt, board, costs, hot != null, lab.Methods);
        return 0;
    }

    private static void Show(string mqtt, BoardProfile? board, OperationCost[] costs, bool isHot,
        IReadOnlyList<WovenMethod> methods)
    {
        IAnsiConsole console = ReportConsole.Create(Width);
        BoardSpeed[] speeds = board != null ? [BoardSpeed.Of(board)] : BoardSpeed.All;
        var report = new CostReport(console, speeds);
        Console.Out.WriteLine($"MQTT {mqtt}, payload of {Operations.ClientPackets.PayloadSize} "
            + "bytes; what lwIP and Wi-Fi take comes on top");
        foreach (BoardSpeed speed in speeds)
        {
            Console.Out.WriteLine($"{speed.Megahertz} MHz: {string.Join(", ", KnownBoards.All
                    .Where(b => board == null ? BoardSpeed.Of(b) == speed : b.Name == board.Name)
                    .Select(b => b.Name))}: "
                + $"{speed.Least:N0} to {speed.Most:N0} times the PC's time");
        }

        report.Operations(costs);
        if (isHot)
        {
            report.Hot(costs[0]);
        }
        else
        {
            report.Frames(methods);
        }
    }

    private static string UnknownOperation(string name) =>
        $"--hot {SafeText.Quote(name)} is no operation; there are "
        + string.Join(", ", OperationList.All.Select(operation => operation.Name));
}
