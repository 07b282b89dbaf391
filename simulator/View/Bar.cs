using System;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>How near something is to its limit, as a line: name, bar, figures.</summary>
internal static class Bar
{
    private const int NameColumns = 15;
    private const int FewestBarColumns = 4;
    private const double Near = 0.75;
    private const double Full = 0.95;

    /// <summary>Draws a gauge.</summary>
    /// <returns>A line of exactly that many columns.</returns>
    public static SegmentLine Draw(Gauge gauge, int width)
    {
        string figures = gauge.IsBytes
            ? $" {Units.Size(gauge.Value)} of {Units.Size(gauge.Limit)}"
            : $" {Units.Count(gauge.Value)} of {Units.Count(gauge.Limit)}";
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
        return width >= 60 ? 24 : 20;
    }
}
