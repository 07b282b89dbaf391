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

    /// <summary>Draws it.</summary>
    /// <param name="fleet">Tells what it is about.</param>
    /// <param name="fits">One board, or several.</param>
    public static XDocument Draw(Fleet fleet, IReadOnlyList<BoardFit> fits)
    {
        bool isOne = fits.Count == 1;
        string title = isOne
            ? $"{fits[0].Board.Name}: {fits[0].Verdict}"
            : "What ends first on each board";
        var svg = new Svg();
        svg.Text(Space, Line, title, Ink, true);
        svg.Text(Space, 2 * Line, Cut(fleet.About ?? ""), Quiet);
        double y = (2 * Line) + Gap;
        foreach ((string name, Resource resource, string note) in isOne
            ? fits[0].Resources.Select(r => (r.Name, r, FitText.Figures(r)))
            : fits.Select(f => (f.Board.Name, f.Limiting, $"{f.Limiting.Name}, {f.Verdict}")))
        {
            Bar(svg, name, resource, note, y);
            y += Line;
        }

        const double Top = (2 * Line) + Gap - 4;
        svg.Box(LabelWidth + BarWidth - 0.5, Top, 1, y - Top, Ink);
        return svg.Finish(title, Width, y + Gap, "#ffffff");
    }

    private static void Bar(Svg svg, string name, Resource resource, string note, double y)
    {
        double most = Math.Clamp(resource.Part, 0, Most);
        double least = Math.Clamp(resource.LeastPart, 0, Most);
        string colour = resource.IsTooLittle ? Bad
            : !resource.Fits || resource.Part >= Near ? Warning
            : Good;
        double baseline = y + BarHeight - 2;
        svg.Text(Space, baseline, name, Ink);
        svg.Box(LabelWidth, y, BarWidth, BarHeight, Empty);
        svg.Box(LabelWidth, y, most * BarWidth, BarHeight, colour, least < most ? 0.4 : 1);
        if (least < most)
        {
            svg.Box(LabelWidth, y, least * BarWidth, BarHeight, colour);
        }

        svg.Text(LabelWidth + (Most * BarWidth) + Space, baseline,
            $"{FitText.Percent(resource)}  ({note})", Quiet);
    }

    private static string Cut(string text)
    {
        var letters = new StringInfo(text);
        return letters.LengthInTextElements <= MostLetters
            ? text
            : letters.SubstringByTextElements(0, MostLetters) + "…";
    }
}
