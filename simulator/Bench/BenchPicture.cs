using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Draws what was measured as SVG: a group of bars for each scenario.</summary>
internal static class BenchPicture
{
    private const int Width = 760;
    private const int LabelWidth = 150;
    private const int BarWidth = 440;
    private const int Line = 20;
    private const int BarHeight = 14;
    private const int Gap = 16;
    private const int Space = 6;
    private const string Ink = "#24292f";

    private static readonly string[] _colours =
        ["#1a7f37", "#0969da", "#bf8700", "#1b7c83", "#8250df", "#6e7781"];

    /// <summary>Draws it.</summary>
    public static XDocument Draw(IReadOnlyList<Row> rows)
    {
        var svg = new Svg();
        string[] brokers = [.. rows.Select(row => row.First.Broker).Distinct()];
        int y = Gap;
        foreach (var group in rows.GroupBy(row => (Figure.Title(row.First), row.First.Unit)))
        {
            string better = group.First().First.IsMoreBetter ? "more is better" : "less is better";
            svg.Text(Space, y + BarHeight, $"{group.Key.Item1}: {group.Key.Unit}", Ink, true);
            svg.Text(LabelWidth + BarWidth, y + BarHeight, better, Ink);
            y += Line;
            double most = group.Max(row => row.Value);
            foreach (Row row in group)
            {
                int colour = System.Array.IndexOf(brokers, row.First.Broker) % _colours.Length;
                double width = most > 0 ? BarWidth * row.Value / most : 0;
                svg.Text(Space, y + BarHeight - 2, row.First.Broker, Ink);
                svg.Box(LabelWidth, y, width, BarHeight, _colours[colour]);
                svg.Text(LabelWidth + width + Space, y + BarHeight - 2, Figure.Of(row.Value), Ink);
                y += Line;
            }

            y += Gap;
        }

        return svg.Finish("Brokers side by side", Width, y, "#ffffff");
    }
}
