using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeBroker.Broker;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Draws one picture of a running broker, of exactly the size of the terminal.</summary>
public sealed class Screen
{
    private const int WideColumns = 76;
    private const double KiB = 1024;

    private readonly string _title;
    private readonly long _startMs;

    /// <param name="title">Where the broker listens.</param>
    /// <param name="startMs">When it started, by the host's clock.</param>
    public Screen(string title, long startMs)
    {
        _title = title;
        _startMs = startMs;
    }

    /// <summary>Draws the picture.</summary>
    /// <param name="console">Draws with its colours; its width counts.</param>
    /// <param name="height">Rows of the terminal.</param>
    /// <param name="now">The figures to show.</param>
    /// <param name="before">Figures of some seconds ago, for rates.</param>
    /// <param name="log">The last lines of the log, the newest last.</param>
    /// <returns>At most as many lines as there are rows, none wider than the terminal.</returns>
    public IReadOnlyList<SegmentLine> Draw(
        IAnsiConsole console, int height, Figures now, Figures before, IReadOnlyList<string> log)
    {
        int width = console.Profile.Width;
        bool isWide = width >= WideColumns;
        var lines = new List<SegmentLine>();
        lines.AddRange(Lines(console, Title(now, isWide)));
        lines.AddRange(Lines(console, Table(now, before, isWide)));
        lines.AddRange(Lines(console, Limits(now)));
        lines.AddRange(Lines(console, new Rule("[grey]log[/]").LeftJustified().RuleStyle("grey")));
        int room = Math.Max(0, height - lines.Count);
        lines.AddRange(log.TakeLast(room).SelectMany(line => Fold(line, width)).TakeLast(room));
        return lines.Take(height).ToList();
    }

    private static IEnumerable<SegmentLine> Lines(IAnsiConsole console, IRenderable renderable)
    {
        RenderOptions options = RenderOptions.Create(console, console.Profile.Capabilities);
        return Segment.SplitLines(
            renderable.Render(options, console.Profile.Width), console.Profile.Width);
    }

    private static IEnumerable<SegmentLine> Fold(string line, int width)
    {
        return Segment.SplitOverflow(new Segment(line), Overflow.Fold, width)
            .Select(segment => new SegmentLine { segment });
    }

    private Grid Title(Figures now, bool isWide)
    {
        var up = TimeSpan.FromSeconds((now.AtMs - _startMs) / 1000);
        string end = isWide ? "Ctrl+C ends" : "";
        var grid = new Grid { Expand = true };
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        grid.AddColumn(new GridColumn
        {
            NoWrap = true,
            Padding = new Padding(0),
            Alignment = Justify.Right,
        });
        grid.AddRow(
            new Markup("[bold]EdgeBroker[/] " + Markup.Escape(_title)),
            new Markup($"up {up:c}  [grey]{end}[/]"));
        return grid;
    }

    private static Table Table(Figures now, Figures before, bool isWide)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        foreach (bool isNumber in (bool[])[false, true, true, false, true])
        {
            table.AddColumn(new TableColumn("")
            {
                NoWrap = true,
                Alignment = isNumber ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, isNumber && isWide ? 3 : 1, 0),
            });
        }

        void Row(string label, string value, string total, string label2, string value2)
        {
            table.AddRow($"[grey]{label}[/]", value, isWide ? $"[grey]{total}[/]" : "",
                $"[grey]{label2}[/]", value2);
        }

        long[] all = now.Counters;
        double Rate(int counter) => Meter.Rate(now, before, counter);

        Row("clients", Count(now.Clients), $"most {Count(all[Counter.ClientsMaximum])}",
            "connections", Count(now.Connections));
        Row("messages in", Count(Rate(Counter.PublishReceived)) + "/s",
            "total " + Count(all[Counter.PublishReceived]),
            "subscriptions", Count(now.Subscriptions));
        Row("messages out", Count(Rate(Counter.PublishSent)) + "/s",
            "total " + Count(all[Counter.PublishSent]), "retained", Count(now.Retained));
        Row("bytes in", Size(Rate(Counter.BytesReceived)) + "/s",
            "total " + Size(all[Counter.BytesReceived]), "memory used", Size(now.UsedBytes));
        Row("bytes out", Size(Rate(Counter.BytesSent)) + "/s",
            "total " + Size(all[Counter.BytesSent]), "of budget", Size(now.BudgetBytes));
        long dropped = all[Counter.PublishDropped];
        string colour = dropped > 0 ? "yellow" : "default";
        Row("dropped", $"[{colour}]{Count(Rate(Counter.PublishDropped))}/s[/]",
            $"[{colour}]total {Count(dropped)}[/]", Bar(now, isWide ? 20 : 13), Percent(now));
        return table;
    }

    private static Markup Limits(Figures now)
    {
        string hit = string.Join(", ", LimitNames.Grown(now.Counters, null));
        return new Markup(hit.Length == 0
            ? "[grey]limits hit   none[/]"
            : $"[grey]limits hit[/]   [yellow]{Markup.Escape(hit)}[/]");
    }

    private static string Bar(Figures now, int width)
    {
        int filled = (int)Math.Clamp(
            (now.UsedBytes * width + now.BudgetBytes - 1) / now.BudgetBytes, 0, width);
        return $"[green]{new string('#', filled)}[/][grey]{new string('.', width - filled)}[/]";
    }

    private static string Percent(Figures now)
    {
        return (100.0 * now.UsedBytes / now.BudgetBytes).ToString(
            "0.0", CultureInfo.InvariantCulture) + " %";
    }

    private static string Count(double number)
    {
        return number.ToString("N0", CultureInfo.InvariantCulture);
    }

    private static string Size(double bytes)
    {
        (double number, string unit) = bytes < 1000 * KiB
            ? (bytes / KiB, " KiB")
            : (bytes / (KiB * KiB), " MiB");
        return number.ToString("N1", CultureInfo.InvariantCulture) + unit;
    }
}
