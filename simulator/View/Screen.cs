using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>Draws one picture of a running broker, of exactly the size of the terminal.</summary>
public sealed class Screen
{
    private const int SideBySideFrom = 120;
    private const int OverviewFrom = 16;
    private const int Gap = 2;

    private readonly string _title;

    /// <param name="title">Where the broker listens.</param>
    public Screen(string title)
    {
        _title = title;
    }

    /// <summary>Draws the picture.</summary>
    /// <param name="frame">What it shows.</param>
    /// <param name="width">Columns of the terminal, 1 or more.</param>
    /// <param name="height">Rows of the terminal, 1 or more.</param>
    /// <returns>As many lines as there are rows, each as wide as the terminal.</returns>
    public List<SegmentLine> Draw(Frame frame, int width, int height)
    {
        List<SegmentLine> lines = [Header.Draw(_title, frame, width)];
        int room = Math.Max(0, height - 2);
        lines.AddRange(frame.State.Page switch
        {
            ViewPage.Clients => ClientList.Draw(frame, width, room, true),
            ViewPage.Topics => TopicList.Draw(frame, width, room, true),
            ViewPage.Limits => LimitList.Draw(frame, width, room),
            ViewPage.Log => LogList.Draw(frame, width, room, true),
            _ => Overview(frame, width, room),
        });
        // Of a terminal with a single row the keys are what is left.
        return [.. Cells.Fit(lines, width, height - 1), Footer.Draw(frame, width)];
    }

    private static List<SegmentLine> Overview(Frame frame, int width, int height)
    {
        if (height < OverviewFrom)
        {
            int few = Math.Min(FigureRows.Count, height / 2);
            return
            [
                .. FigureRows.Draw(frame, width, few),
                .. LogList.Draw(frame, width, height - few, false),
            ];
        }

        List<SegmentLine> top = Top(frame, width);
        int left = height - top.Count;
        int log = Math.Max(4, left / 4);
        return
        [
            .. top,
            .. Tables(frame, width, left - log),
            .. LogList.Draw(frame, width, log, false),
        ];
    }

    private static List<SegmentLine> Top(Frame frame, int width)
    {
        int gauges = frame.Sample.Gauges.Count;
        if (width < SideBySideFrom)
        {
            return
            [
                .. FigureRows.Draw(frame, width, FigureRows.Count),
                .. LimitList.DrawBars(frame, width, LimitList.BarRows(width, gauges)),
            ];
        }

        // The bars are one row more than the figures: they end where the right side ends.
        int right = Math.Min(72, width / 2 - Gap);
        int rows = Math.Max(FigureRows.Count, gauges);
        return Cells.Beside(FigureRows.Draw(frame, width - right - Gap, rows),
            LimitList.DrawBars(frame, right, rows), Gap);
    }

    private static List<SegmentLine> Tables(Frame frame, int width, int height)
    {
        if (width < SideBySideFrom)
        {
            int clients = (height + 1) / 2;
            return
            [
                .. ClientList.Draw(frame, width, clients, false),
                .. TopicList.Draw(frame, width, height - clients, false),
            ];
        }

        int half = (width - Gap) / 2;
        return Cells.Beside(ClientList.Draw(frame, half, height, false),
            TopicList.Draw(frame, width - half - Gap, height, false), Gap);
    }
}
