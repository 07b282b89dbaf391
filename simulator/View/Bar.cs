using System;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>How near something is to its limit, as a line: name, bar, figures.</summary>
public static class Bar
{
    private const int NameColumns = 15;
    private const int FewestBarColumns = 4;
    private const int WideFrom = 60;
    private const double Near = 0.75;
    private const double Full = 0.95;

    /// <summary>Draws a gauge.</summary>
    /// <returns>A line of exactly that many columns.</returns>
    public static SegmentLine Draw(Gauge gauge, int width)
    {
        Func<double, string> text = gauge.IsBytes ? Units.Size : IsWide(width) ? Units.Count
            : Units.Short;
        string figures =
            " " + text(gauge.Value) + (IsWide(width) ? " of " : "/") + text(gauge.Limit);
        double part = gauge.Limit > 0 ? Math.Clamp((double)gauge.Value / gauge.Limit, 0, 1) : 0;
        int columns = Math.Max(FewestBarColumns, width - NameColumns - Figures(width));
        int filled = (int)Math.Ceiling(part * columns);
        Style style = part >= Full ? Styles.Error : part >= Near ? Styles.Warning : Styles.Good;
        return Cells.Fit(Cells.Line(
            new Segment(Cells.Fit(gauge.Name, NameColumns), Styles.Quiet),
            new Segment(new string('█', filled), style),
            new Segment(new string('░', columns - filled), Styles.Quiet),
            new Segment(figures, part >= Near ? style : Styles.Plain)), width);
    }

    /// <summary>Columns for the figures, the same in all bars of a block.</summary>
    private static int Figures(int width)
    {
        return IsWide(width) ? 24 : 18;
    }

    private static bool IsWide(int width)
    {
        return width >= WideFrom;
    }
}
