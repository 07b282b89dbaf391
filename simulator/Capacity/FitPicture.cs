using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>
/// Draws how full everything is as SVG: a bar for each resource of one board, or a bar for each of
/// several boards.
/// </summary>
internal static class FitPicture
{
    private const int Width = 820;
    private const int LabelWidth = 170;
    private const int BarWidth = 330;
    private const int Line = 22;
    private const int BarHeight = 14;
    private const int Gap = 14;
    private const int Space = 8;
    private const double Near = 0.75;

    // So many letters of the sentence about it have room.
    private const int MostLetters = 100;

    // A bar of what is too much goes a little further than the line that stands for all.
    private const double Most = 1.12;
    private const string Ink = "#24292f";
    private const string Quiet = "#6e7781";
    private const string Empty = "#eaeef2";
    private const string Good = "#1a7f37";
    private const string Warning = "#bf8700";
    private const string Bad = "#cf222e";

    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws it.</summary>
    /// <param name="fleet">Tells what it is about.</param>
    /// <param name="fits">One board, or several.</param>
    public static XDocument Draw(Fleet fleet, IReadOnlyList<BoardFit> fits)
    {
        bool isOne = fits.Count == 1;
        string title = isOne
            ? $"{fits[0].Board.Name}: {fits[0].Verdict}"
            : "What ends first on each board";
        var root = new XElement(_svg + "svg", new XAttribute("font-size", 13),
            new XAttribute("font-family", "system-ui, sans-serif"),
            Text(Space, Line, title, Ink, true),
            Text(Space, 2 * Line, Cut(fleet.About ?? ""), Quiet, false));
        double y = (2 * Line) + Gap;
        foreach ((string name, Resource resource, string note) in isOne
            ? fits[0].Resources.Select(r => (r.Name, r, FitText.Figures(r)))
            : fits.Select(f => (f.Board.Name, f.Limiting, $"{f.Limiting.Name}, {f.Verdict}")))
        {
            root.Add(Bar(name, resource, note, y));
            y += Line;
        }

        double full = LabelWidth + BarWidth;
        root.Add(new XElement(_svg + "line", new XAttribute("x1", Number(full)),
            new XAttribute("x2", Number(full)), new XAttribute("y1", (2 * Line) + Gap - 4),
            new XAttribute("y2", Number(y)), new XAttribute("stroke", Ink)));
        y += Gap;
        root.Add(new XAttribute("viewBox", $"0 0 {Width} {Number(y)}"));
        root.AddFirst(new XElement(_svg + "title", title),
            new XElement(_svg + "rect", new XAttribute("width", Width),
                new XAttribute("height", Number(y)), new XAttribute("fill", "#ffffff")));
        return new XDocument(root);
    }

    private static object[] Bar(string name, Resource resource, string note, double y)
    {
        double most = Math.Clamp(resource.Part, 0, Most);
        double least = Math.Clamp(resource.LeastPart, 0, Most);
        string colour = resource.IsTooLittle ? Bad
            : !resource.Fits || resource.Part >= Near ? Warning
            : Good;
        double baseline = y + BarHeight - 2;
        return
        [
            Text(Space, baseline, name, Ink, false),
            Box(y, 1, Empty, 1),
            Box(y, most, colour, least < most ? 0.4 : 1),
            least < most ? Box(y, least, colour, 1) : "",
            Text(LabelWidth + (Most * BarWidth) + Space, baseline,
                $"{FitText.Percent(resource)}  ({note})", Quiet, false),
        ];
    }

    private static XElement Box(double y, double part, string colour, double opacity) => new(
        _svg + "rect", new XAttribute("x", LabelWidth), new XAttribute("y", Number(y)),
        new XAttribute("width", Number(part * BarWidth)), new XAttribute("height", BarHeight),
        new XAttribute("fill", colour),
        opacity < 1 ? new XAttribute("opacity", Number(opacity)) : null);

    private static XElement Text(double x, double y, string text, string colour, bool isBold) =>
        new(_svg + "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)),
            new XAttribute("fill", colour),
            isBold ? new XAttribute("font-weight", "bold") : null, text);

    private static string Cut(string text)
    {
        var letters = new StringInfo(text);
        return letters.LengthInTextElements <= MostLetters
            ? text
            : letters.SubstringByTextElements(0, MostLetters) + "…";
    }

    private static string Number(double value) =>
        value.ToString("0.#", CultureInfo.InvariantCulture);
}
