using System;
using System.Collections.Generic;
using EdgeBroker.Broker;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>Messages, bytes and losses: now, in all, and over the last minute.</summary>
public static class FigureRows
{
    private const int LabelColumns = 13;
    private const int RateColumns = 11;
    private const int TotalColumns = 18;
    private const int TotalFrom = 70;

    private static readonly (string Name, int Counter, bool IsBytes)[] _rows =
    [
        ("messages in", Counter.PublishReceived, false),
        ("messages out", Counter.PublishSent, false),
        ("bytes in", Counter.BytesReceived, true),
        ("bytes out", Counter.BytesSent, true),
        ("lost", Counter.PublishDropped, false),
    ];

    /// <summary>How many rows there are.</summary>
    public static int Count => _rows.Length;

    /// <summary>Draws them.</summary>
    public static List<SegmentLine> Draw(Frame frame, int width, int height)
    {
        var lines = new List<SegmentLine>();
        foreach ((string name, int counter, bool isBytes) in _rows)
        {
            Func<double, string> text = isBytes ? Units.Size : Units.Short;
            long total = frame.History.Now.Counters[counter];
            bool isLoss = counter == Counter.PublishDropped && total > 0;
            Style style = isLoss ? Styles.Error : Styles.Data;
            string all = width >= TotalFrom ? $"  {text(total)} in all" : "";
            int used = LabelColumns + RateColumns + (all.Length > 0 ? TotalColumns : 0) + 1;
            int spark = Math.Min(History.Seconds, width - used);
            lines.Add(Cells.Line(
                new Segment(Cells.Fit(name, LabelColumns), Styles.Quiet),
                new Segment(Cells.Fit(
                    text(frame.History.Rate(counter)) + "/s", RateColumns, true), style),
                new Segment(all.Length > 0 ? Cells.Fit(all, TotalColumns) : "", isLoss
                    ? Styles.Error
                    : Styles.Plain),
                new Segment(" " + Sparkline.Draw(frame.History.Rates(counter), spark), style)));
        }

        return Cells.Fit(lines, width, height);
    }
}
