using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>What is limited: how near, as bars, and how often each limit was hit.</summary>
public static class LimitList
{
    private const int TwoBarsFrom = 76;
    private const int HitColumns = 38;
    private const string Prefix = "limits/";

    /// <summary>Rows that the bars take.</summary>
    public static int BarRows(int width, int gauges)
    {
        return width >= TwoBarsFrom ? (gauges + 1) / 2 : gauges;
    }

    /// <summary>Draws the bars alone.</summary>
    public static List<SegmentLine> DrawBars(Frame frame, int width, int height)
    {
        List<Gauge> gauges = frame.Sample.Gauges;
        int rows = BarRows(width, gauges.Count);
        if (rows == gauges.Count)
        {
            return Cells.Fit(gauges.Select(gauge => Bar.Draw(gauge, width)), width, height);
        }

        int half = (width - 2) / 2;
        List<SegmentLine> Half(IEnumerable<Gauge> part) =>
            Cells.Fit(part.Select(gauge => Bar.Draw(gauge, half)), half, rows);
        return Cells.Fit(
            Cells.Beside(Half(gauges.Take(rows)), Half(gauges.Skip(rows)), 2), width, height);
    }

    /// <summary>Draws the page: bars, and the count of each limit.</summary>
    public static List<SegmentLine> Draw(Frame frame, int width, int height)
    {
        int bars = BarRows(width, frame.Sample.Gauges.Count);
        List<SegmentLine> lines =
        [
            Cells.Heading("limits", "how near", width),
            .. DrawBars(frame, width, bars),
            Cells.Heading("limits", "how often they were hit since the start", width),
            .. Hits(frame, width),
        ];
        int from = Scrolled.From(frame, lines.Count, height, true);
        return Cells.Fit(lines.Skip(from), width, height);
    }

    private static IEnumerable<SegmentLine> Hits(Frame frame, int width)
    {
        int columns = Math.Max(1, width / HitColumns);
        int[] counters =
            [.. Enumerable.Range(Counter.FirstLimit, Counter.Count - Counter.FirstLimit)];
        int rows = (counters.Length + columns - 1) / columns;
        int cell = width / columns;
        for (int row = 0; row < rows; row++)
        {
            yield return new SegmentLine(
                counters.Where((_, i) => i % rows == row).SelectMany(counter =>
                {
                    long hits = frame.History.Now.Counters[counter];
                    string name = Counter.NameOf(counter)[Prefix.Length..];
                    return (Segment[])
                    [
                        new Segment(Cells.Fit(name, Math.Max(1, cell - 12)), Styles.Quiet),
                        new Segment(Cells.Fit(Units.Short(hits), Math.Min(cell - 1, 9), true),
                            hits > 0 ? Styles.Warning : Styles.Plain),
                        new Segment("   "),
                    ];
                }));
        }
    }
}
