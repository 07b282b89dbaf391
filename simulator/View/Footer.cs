using System.Linq;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>The last line: the keys, or the text that is being typed.</summary>
public static class Footer
{
    /// <summary>Draws it.</summary>
    public static SegmentLine Draw(Frame frame, int width)
    {
        ViewState state = frame.State;
        if (state.IsTyping)
        {
            return Cells.Fit(Cells.Line(
                new Segment("filter: ", Styles.Title), new Segment(state.Filter + "▏"),
                new Segment("   Enter keeps it, Esc clears it", Styles.Quiet)), width);
        }

        if (!frame.HasKeys)
        {
            return Cells.Fit(Cells.Line(
                new Segment("Ctrl+C", Styles.Title), new Segment(" quit", Styles.Quiet)), width);
        }

        (string Key, string Does)[] keys = Keys(state, width);
        return Cells.Fit(new SegmentLine(keys.SelectMany(key => (Segment[])
        [
            new Segment(key.Key, Styles.Title),
            new Segment($" {key.Does}{(width < 76 ? " " : "   ")}", Styles.Quiet),
        ])), width);
    }

    private static (string Key, string Does)[] Keys(ViewState state, int width)
    {
        if (width < 76)
        {
            return
            [
                ("Tab", "page"), ("s", "sort"), ("/", "find"), ("spc", "pause"), ("q", "quit"),
                ("↑↓", "scroll"),
            ];
        }

        string filter = state.Filter.Length > 0
            ? "filter: " + Cells.Fit(state.Filter, System.Math.Min(12, state.Filter.Length))
            : "filter";
        return
        [
            ("1-5", "page"), ("s", "sort"), ("/", filter), ("↑↓", "scroll"),
            ("space", state.IsPaused ? "go on" : "pause"), ("q", "quit"),
        ];
    }
}
