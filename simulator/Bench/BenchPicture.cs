using System.Collections.Generic;
using System.Globalization;
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

    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    private static readonly string[] _colours =
        ["#1a7f37", "#0969da", "#bf8700", "#1b7c83", "#8250df", "#6e7781"];

    /// <summary>Draws it.</summary>
    public static XDocument Draw(IReadOnlyList<Row> rows)
    {
        var root = new XElement(_svg + "svg", new XAttribute("font-size", 13),
            new XAttribute("font-family", "system-ui, sans-serif"));
        string[] brokers = [.. rows.Select(row => row.First.Broker).Distinct()];
        int y = Gap;
        foreach (var group in rows.GroupBy(row => (Figure.Title(row.First), row.First.Unit)))
        {
            string better = group.First().First.IsMoreBetter ? "more is better" : "less is better";
            root.Add(Text(Space, y + BarHeight, $"{group.Key.Item1}: {group.Key.Unit}", true));
            root.Add(Text(LabelWidth + BarWidth, y + BarHeight, better, false));
            y += Line;
            double most = group.Max(row => row.Value);
            foreach (Row row in group)
            {
                int colour = System.Array.IndexOf(brokers, row.First.Broker) % _colours.Length;
                double width = most > 0 ? BarWidth * row.Value / most : 0;
                root.Add(Text(Space, y + BarHeight - 2, row.First.Broker, false));
                root.Add(new XElement(_svg + "rect", new XAttribute("x", LabelWidth),
                    new XAttribute("y", y), new XAttribute("width", Number(width)),
                    new XAttribute("height", BarHeight),
                    new XAttribute("fill", _colours[colour])));
                root.Add(Text(
                    LabelWidth + width + Space, y + BarHeight - 2, Figure.Of(row.Value), false));
                y += Line;
            }

            y += Gap;
        }

        root.Add(new XAttribute("viewBox", $"0 0 {Width} {y}"));
        root.AddFirst(
            new XElement(_svg + "title", "Brokers side by side"),
            new XElement(_svg + "rect", new XAttribute("width", Width), new XAttribute("height", y),
                new XAttribute("fill", "#ffffff")));
        return new XDocument(root);
    }

    private static XElement Text(double x, double y, string text, bool isBold) => new(
        _svg + "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)),
        new XAttribute("fill", Ink), isBold ? new XAttribute("font-weight", "bold") : null, text);

    private static string Number(double value) =>
        value.ToString("0.#", CultureInfo.InvariantCulture);
}
