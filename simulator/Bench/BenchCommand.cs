using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace EdgeBroker.Simulator.Bench;

/// <summary>The verb `bench`: measures brokers side by side.</summary>
public static class BenchCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description = "Measures this broker and others side by side.";

    private const int Width = 80;

    private static readonly Option<string[]> _against = new("--against")
    {
        Description = "another broker, with its process if it is on this computer and that cannot "
            + "be found; may be repeated",
        HelpName = "NAME=HOST:PORT[:PID]",
    };

    private static readonly Option<string> _own = BenchOptions.Word("--own",
        "EdgeBroker: as a process with the defaults of serve, a thread of this one, or none",
        BenchOptions.OwnProcess, BenchOptions.OwnHere, BenchOptions.OwnNone);

    private static readonly Option<string> _config = new("--config")
    {
        Description = "a configuration file for --own process",
        HelpName = "FILE",
    };

    private static readonly Option<string> _scenario = new("--scenario")
    {
        Description = "what to measure, with commas between, or all: "
            + string.Join("; ", Scenarios.All.Select(s => $"{s.Name} ({s.About})")),
        HelpName = "NAMES",
        DefaultValueFactory = _ => BenchOptions.All,
    };

    private static readonly Option<string> _payload = new("--payload")
    {
        Description = "bytes of a payload, with commas between (default 64); times are known from "
            + "16 bytes on, disorder from 8",
        HelpName = "SIZES",
        DefaultValueFactory = _ => "64",
    };

    private static readonly Option<int> _clients = BenchOptions.Number("--clients",
        "clients on the side of which there are many; filters of wild, messages of retained", 0, 0,
        BenchOptions.MostClients);

    private static readonly Option<double> _seconds = BenchOptions.Real("--seconds",
        "seconds that are measured, more than 0 (default 3)", 3, mayBeNone: false);

    private static readonly Option<double> _warmUp = BenchOptions.Real("--warmup",
        "seconds before that (default 1)", 1, mayBeNone: true);

    private static readonly Option<int> _rounds = BenchOptions.Number("--rounds",
        "how often, in turns (default 3)", 3, 1, BenchOptions.MostRounds);

    private static readonly Option<int?> _window = BenchOptions.NumberOrNone("--window",
        "messages under way at most; 0 for a flood: as many as the sockets take");

    private static readonly Option<double> _rate = BenchOptions.Real("--rate",
        "messages per second, sent at their times whatever comes back", 0, mayBeNone: true);

    private static readonly Option<string> _protocol = BenchOptions.Word(
        "--protocol", "the version of MQTT", "3.1.1", "5.0");

    private static readonly Option<string> _qos = BenchOptions.Word("--qos",
        "of messages and subscriptions, where messages flow: fanin, fanout, pairs, wild, pingpong",
        "0", "1", "2");

    private static readonly Option<int> _inflight = BenchOptions.Number("--inflight",
        "messages at QoS 1 or 2 that a publisher has not got acknowledged at most (default 20)",
        20, 1, BenchOptions.MostInflight);

    private static readonly Option<string> _json = BenchOptions.File("--json", "all results");

    private static readonly Option<string> _svg = BenchOptions.File("--svg", "a picture");

    private static readonly Option<string> _markdown = BenchOptions.File(
        "--markdown", "a page, and a picture beside it");

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        VerbOptions.AddTo(command, _against, _own, _config, _scenario, _payload, _clients, _seconds,
            _warmUp, _rounds, _window, _rate, _qos, _inflight, _protocol, _json, _svg, _markdown);
        LongWork.AddTo(command, Run);
    }

    private static int Run(ParseResult options, CancellationToken cancel)
    {
        try
        {
            IReadOnlyList<Scenario> scenarios =
                BenchOptions.ScenariosOf(options.GetValue(_scenario)!);
            IReadOnlyList<int> payloads = BenchOptions.SizesOf(options.GetValue(_payload)!);
            Target[] others = [.. (options.GetValue(_against) ?? []).Select(TargetParser.Parse)];
            BenchChecks.Options(options.GetValue(_own)!, options.GetValue(_config),
                options.GetValue(_window), options.GetValue(_rate));
            BenchChecks.Names([
                .. options.GetValue(_own) == BenchOptions.OwnNone ? [] : new[] { OwnBroker.Name },
                .. others.Select(target => target.Name),
            ]);
            BenchChecks.Files(options.GetValue(_json), options.GetValue(_svg),
                options.GetValue(_markdown));
            using OwnBroker? own = options.GetValue(_own) switch
            {
                BenchOptions.OwnProcess => OwnBroker.StartProcess(
                    options.GetValue(_config), cancel),
                BenchOptions.OwnHere => OwnBroker.StartHere(),
                _ => null,
            };
            Target[] targets = [.. own == null ? [] : new[] { own.Target }, .. others];
            var load = new Load
            {
                Version = options.GetValue(_protocol) == "5.0" ? 5 : 4,
                Qos = int.Parse(options.GetValue(_qos)!, CultureInfo.InvariantCulture),
                Inflight = options.GetValue(_inflight),
                Clients = options.GetValue(_clients),
                Seconds = options.GetValue(_seconds),
                WarmUpS = options.GetValue(_warmUp),
                Window = options.GetValue(_window),
                Rate = options.GetValue(_rate),
            };
            var status = new StatusLine();
            var comparison = new Comparison(
                targets, scenarios, payloads, load, options.GetValue(_rounds))
            {
                Telling = status.Show,
            };
            comparison.Run(cancel);
            status.Clear();
            return Report(options, comparison, cancel);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (BenchException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.Usage;
        }
    }

    private static int Report(ParseResult options, Comparison comparison, CancellationToken cancel)
    {
        IReadOnlyList<Row> rows = Row.Of(comparison.Results);
        BenchTable.Show(ReportConsole.Create(Width), rows);
        foreach (Row row in rows.Where(row => row.Gone > 0))
        {
            Console.Error.WriteLine($"{Figure.Title(row.First)}, {row.First.Broker}: "
                + $"{row.Gone} connections were refused or ended while it was measured");
        }

        foreach (string failure in comparison.Failures)
        {
            Console.Error.WriteLine("not measured: " + failure);
        }

        string command = "edgebroker " + string.Join(' ', options.Tokens.Select(t => t.Value));
        var files = new BenchFiles(
            Machine.This(), command, comparison.Results, comparison.Failures);
        foreach ((Option<string> option, Action<string> write) in new[]
        {
            (_json, (Action<string>)files.WriteJson), (_svg, files.WriteSvg),
            (_markdown, files.WriteMarkdown),
        })
        {
            if (options.GetValue(option) is { } path)
            {
                BenchFiles.Write(path, write);
            }
        }

        return cancel.IsCancellationRequested ? ExitCode.Interrupted
            : comparison.Failures.Count > 0 ? ExitCode.Failure
            : 0;
    }
}
