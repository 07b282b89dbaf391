using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.View;
using Spectre.Console;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Shows what was measured on a terminal: a table, and a bar for each figure.</summary>
internal static class BenchTable
{
    private const int BarWidth = 70;
    private const int NameWidth = 14;
    private const int MostName = NameWidth - 2;

    private static readonly (string Name, int Width)[] _columns =
    [
        ("median", 8), ("spread", 6), ("times", 6), ("p50 us", 7), ("p99 us", 7), ("CPU us", 7),
        ("lost", 7), ("order", 6),
    ];

    private static readonly Style _title = new(decoration: Decoration.Bold);

    private static readonly Color[] _colours =
        [Color.Green, Color.Blue, Color.Yellow, Color.Aqua, Color.Fuchsia, Color.Grey];

    /// <summary>Shows all of it.</summary>
    public static void Show(IAnsiConsole console, IReadOnlyList<Row> rows)
    {
        bool isFirst = true;
        foreach (Row[] group in Groups(rows))
        {
            console.Write(Figures(group, isFirst));
            isFirst = false;
        }

        console.WriteLine();
        foreach (Row[] group in Groups(rows).Where(group => group.Length > 1))
        {
            console.Write(Bars(group));
        }
    }

    private static IEnumerable<Row[]> Groups(IReadOnlyList<Row> rows) =>
        rows.GroupBy(row => Title(row.First)).Select(group => group.ToArray());

    private static string Title(BenchResult result) => $"{Figure.Title(result)}: {result.Unit}";

    private static Rows Figures(IReadOnlyList<Row> rows, bool hasHeader)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = hasHeader };
        table.AddColumn(new TableColumn("").Width(NameWidth).NoWrap().Padding(0, 0));
        foreach ((string name, int width) in _columns)
        {
            table.AddColumn(new TableColumn(name).Width(width)
                .RightAligned().NoWrap().Padding(1, 0));
        }

        foreach (Row row in rows)
        {
            double spread = 100 * (row.Most - row.Least) / Math.Max(double.Epsilon, row.Value);
            table.AddRow(Markup.Escape(Short(row.First.Broker)), Show(row.Value),
                row.Results.Count > 1 ? $"{spread:N0} %" : "", Figure.Fine(row.Ahead),
                Show(row.LatencyUs("p50")), Show(row.LatencyUs("p99")), Figure.Fine(row.CpuUs),
                Units.Short(row.Lost), Units.Short(row.Disorder));
        }

        return new Rows(new Text(Title(rows[0].First), _title), table);
    }

    private static BarChart Bars(IReadOnlyList<Row> rows)
    {
        BarChart chart = new BarChart().Width(BarWidth)
            .Label(Markup.Escape(Title(rows[0].First))).LeftAlignLabel();
        for (int i = 0; i < rows.Count; i++)
        {
            chart.AddItem(Markup.Escape(rows[i].First.Broker), Math.Round(rows[i].Value, 1),
                _colours[i % _colours.Length]);
        }

        return chart;
    }

    private static string Short(string name) =>
        "  " + (name.Length > MostName ? name[..(MostName - 1)] + "…" : name);

    private static string Show(double? value) => value == null ? "-" : Units.Rate(value.Value);
}
