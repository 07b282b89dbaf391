using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>Puts text and lines into a given number of columns and rows, exactly.</summary>
public static class Cells
{
    /// <summary>A line of pieces.</summary>
    public static SegmentLine Line(params Segment[] segments)
    {
        return new SegmentLine(segments);
    }

    /// <summary>Text of exactly some columns; what does not fit ends in an ellipsis.</summary>
    public static string Fit(string text, int width, bool isRight = false)
    {
        int cells = Width(text);
        if (cells > width)
        {
            text = width < 1 ? "" : Segment.Truncate(new Segment(text), width - 1)?.Text + "…";
            cells = Width(text);
        }

        string blank = new(' ', Math.Max(0, width - cells));
        return isRight ? blank + text : text + blank;
    }

    /// <summary>A line of exactly some columns, cut or filled up.</summary>
    public static SegmentLine Fit(SegmentLine line, int width)
    {
        var fitted = new SegmentLine();
        int left = width;
        foreach (Segment segment in line)
        {
            Segment? piece = segment.CellCount() <= left
                ? segment
                : Segment.Truncate(segment, left);
            if (piece != null)
            {
                fitted.Add(piece);
                left -= piece.CellCount();
            }

            if (piece != segment)
            {
                break;
            }
        }

        if (left > 0)
        {
            fitted.Add(new Segment(new string(' ', left)));
        }

        return fitted;
    }

    /// <summary>Exactly some rows of exactly some columns.</summary>
    public static List<SegmentLine> Fit(IEnumerable<SegmentLine> lines, int width, int height)
    {
        List<SegmentLine> fitted = [.. lines.Take(height).Select(line => Fit(line, width))];
        while (fitted.Count < height)
        {
            fitted.Add(Fit(new SegmentLine(), width));
        }

        return fitted;
    }

    /// <summary>Two blocks side by side, with a column or more between them.</summary>
    public static List<SegmentLine> Beside(
        List<SegmentLine> left, List<SegmentLine> right, int gap)
    {
        // Not with spreads: they would take SegmentLine.Length, its letters, for its count.
        var blank = new Segment(new string(' ', gap));
        return [.. left.Zip(right, (a, b) => new SegmentLine(a.Append(blank).Concat(b)))];
    }

    /// <summary>A heading that goes over the whole width.</summary>
    public static SegmentLine Heading(string title, string remark, int width)
    {
        return Fit(Line(
            new Segment("── ", Styles.Quiet), new Segment(title, Styles.Title),
            new Segment(remark.Length > 0 ? " " + remark + " " : " ", Styles.Quiet),
            new Segment(new string('─', Math.Max(0, width)), Styles.Quiet)), width);
    }

    /// <summary>The columns that text takes in a terminal.</summary>
    public static int Width(string text)
    {
        return new Segment(text).CellCount();
    }
}
