using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>The last lines of the log, folded where they are too long.</summary>
public static class LogList
{
    /// <summary>Draws a heading and the end of the log, or what is before it.</summary>
    public static List<SegmentLine> Draw(Frame frame, int width, int height, bool canScroll)
    {
        ViewState state = frame.State;
        int room = height - 1;
        if (room <= 0)
        {
            return Cells.Fit((SegmentLine[])[Cells.Heading("log", "", width)], width, height);
        }

        bool isFiltered = canScroll && state.Filter.Length > 0;
        List<LogLine> lines = [.. frame.Log.Where(l => !isFiltered || state.Shows(l.Text))];
        int back = 0;
        if (canScroll)
        {
            state.LimitScroll(lines.Count - 1);
            back = state.Scroll;
        }

        List<SegmentLine> shown = [.. lines.SkipLast(back).TakeLast(room)
            .SelectMany(line => Fold(line, width)).TakeLast(room)];
        string remark = back > 0 ? $"{Units.Count(back)} newer below" : "";
        remark = isFiltered ? $"{Units.Count(lines.Count)} filtered {remark}".TrimEnd() : remark;
        return Cells.Fit(shown.Prepend(Cells.Heading("log", remark, width)), width, height);
    }

    private static IEnumerable<SegmentLine> Fold(LogLine line, int width)
    {
        string time = line.At.ToLocalTime().ToString("HH:mm:ss ", CultureInfo.InvariantCulture);
        string text = string.Concat(
            (time + line.Text).Select(c => char.IsControl(c) ? '?' : c));
        return Segment.SplitOverflow(new Segment(text, line.Style), Overflow.Fold, width)
            .Select(segment => Cells.Line(segment));
    }
}
