using System.Collections.Generic;
using System.Linq;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// Draws rows in columns whose widths do not depend on what stands in them, so that the picture
/// keeps still while figures change.
/// </summary>
public static class ColumnTable
{
    /// <summary>Draws a heading and rows.</summary>
    /// <param name="columns">The columns, from left to right.</param>
    /// <param name="rows">The rows, each of which takes one line.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="sorted">The title of the column that is sorted by.</param>
    public static IEnumerable<SegmentLine> Draw<T>(
        IReadOnlyList<Column<T>> columns, IEnumerable<T> rows, int width, string sorted)
    {
        List<Column<T>> shown = [.. columns.Where(column => width >= column.From)];
        int left = width - shown.Sum(column => column.Width) - (shown.Count - 1);
        int shares = shown.Count(column => column.Width == 0);
        int share = System.Math.Max(1, left / System.Math.Max(1, shares));

        SegmentLine Line(System.Func<Column<T>, Segment> cell)
        {
            return Cells.Fit(new SegmentLine(shown.SelectMany((column, i) =>
                i == 0 ? [cell(column)] : (Segment[])[new Segment(" "), cell(column)])), width);
        }

        int Width(Column<T> column) => column.Width > 0 ? column.Width : share;

        yield return Line(column => new Segment(
            Cells.Fit(column.Title, Width(column), column.IsRight),
            column.Title == sorted ? Styles.Title : Styles.Quiet));
        foreach (T row in rows)
        {
            yield return Line(column => new Segment(
                Cells.Fit(column.Text(row), Width(column), column.IsRight),
                column.Style?.Invoke(row) ?? Styles.Plain));
        }
    }
}
