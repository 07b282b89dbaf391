using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>The topics as a table.</summary>
public static class TopicList
{
    private static readonly (string Title, Comparison<TopicRow> Compare)[] _orders =
    [
        ("in/s", (a, b) => b.Rate.CompareTo(a.Rate)),
        ("age", (a, b) => a.AgeMs.CompareTo(b.AgeMs)),
        ("bytes", (a, b) => b.Length.CompareTo(a.Length)),
        ("topic", (a, b) => 0),
    ];

    private static readonly string[] _names = ["rate", "newest", "size", "name"];

    /// <summary>How many orders there are.</summary>
    public static int Orders => _orders.Length;

    /// <summary>What an order goes by.</summary>
    public static string OrderName(int order)
    {
        return _names[order];
    }

    /// <summary>Draws a heading, the titles and the topics from the scroll position on.</summary>
    public static List<SegmentLine> Draw(Frame frame, int width, int height, bool canScroll)
    {
        ViewState state = frame.State;
        Sample sample = frame.Sample;
        List<TopicRow> rows = [.. sample.Topics.Where(row => state.Shows(row.Name))];
        (string title, Comparison<TopicRow> compare) = _orders[state.TopicOrder];
        rows.Sort((a, b) => compare(a, b) is var order && order != 0
            ? order
            : string.CompareOrdinal(a.Name, b.Name));
        int from = Scrolled.From(frame, rows.Count, height - 2, canScroll);
        string remark = Scrolled.Remark(rows.Count, sample.Topics.Count, from, height - 2)
            + " by " + _names[state.TopicOrder]
            + (sample.OtherTopicsRate > 0 ? $", others {Units.Rate(sample.OtherTopicsRate)}/s" : "")
            + (sample.AreTopicsEstimates ? ", estimated" : "");
        return Cells.Fit(
            ColumnTable.Draw(Columns(sample), rows.Skip(from).Take(height), width, title)
                .Prepend(Cells.Heading("topics", remark, width)), width, height);
    }

    private static Column<TopicRow>[] Columns(Sample sample)
    {
        return
        [
            new("topic", 0, 0, false, row => row.Name),
            new("in/s", 7, 0, true, row => Units.Rate(row.Rate), row => Styles.Data),
            new("bytes", 9, 70, true, row => Units.Size(row.Length), row => Styles.Quiet),
            new("age", 6, 56, true, row => Units.Span(TimeSpan.FromMilliseconds(row.AgeMs)),
                row => Styles.Quiet),
            new("last value", 0, 36, false, sample.ValueOf, row => Styles.Good),
        ];
    }
}
