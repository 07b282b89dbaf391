using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using EdgeBroker.Simulator;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>Draws what a terminal shows as SVG, for the documents.</summary>
internal static class SvgPicture
{
    private const double CellWidth = 8.4;
    private const double CellHeight = 18;
    private const double Margin = 14;
    private const double BaseLine = 13.5;
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Paper = "#0d1117";
    private const string Ink = "#e6edf3";

    private static readonly Dictionary<int, string> _colours = new()
    {
        [-1] = Ink,
        [2] = "#3fb950",
        [8] = "#8b949e",
        [9] = "#f85149",
        [11] = "#e3b341",
        [14] = "#56d4dd",
    };

    /// <summary>Draws a screen.</summary>
    public static XDocument Draw(ShownScreen screen, int columns, string title)
    {
        double width = columns * CellWidth + 2 * Margin;
        double height = screen.Lines.Count * CellHeight + 2 * Margin;
        var svg = new Svg("ui-monospace, Menlo, Consolas, monospace", 14);
        for (int row = 0; row < screen.Lines.Count; row++)
        {
            int column = 0;
            foreach (ShownScreen.Piece piece in screen.Lines[row])
            {
                Add(svg, piece, column, row);
                column += piece.Text.Length;
            }
        }

        return svg.Finish(title, width, height, Paper, 8);
    }

    private static void Add(Svg svg, ShownScreen.Piece piece, int column, int row)
    {
        string ink = _colours.GetValueOrDefault(piece.Colour, Ink);
        if (piece.IsInverted)
        {
            Box(svg, column, row, piece.Text.Length, 0, 1, ink, 1);
            ink = Paper;
        }

        int at = 0;
        while (at < piece.Text.Length)
        {
            char first = piece.Text[at];
            int run = piece.Text[at..].TakeWhile(c => IsBlock(first) ? c == first : !IsBlock(c))
                .Count();
            string text = piece.Text.Substring(at, run);
            if (IsBlock(first))
            {
                // Drawn, for fonts differ in how they join such letters.
                double part = first is '░' or '─' ? 1 : (Blocks.IndexOf(first) + 1) / 8.0;
                (double from, double high) = first == '─' ? (0.5, 1 / 16.0) : (1 - part, part);
                Box(svg, column + at, row, run, from, high, ink, first == '░' ? 0.25 : 1);
            }
            else if (text.Trim().Length > 0)
            {
                Letters(svg, text, column + at, row, ink, piece.IsBold);
            }

            at += run;
        }
    }

    private static bool IsBlock(char c)
    {
        return c is '░' or '─' || Blocks.Contains(c);
    }

    private static void Box(Svg svg, int column, int row, int run, double from, double part,
        string fill, double opacity) => svg.Box(Margin + column * CellWidth,
            Margin + (row + from) * CellHeight, run * CellWidth, part * CellHeight, fill, opacity);

    private static void Letters(
        Svg svg, string text, int column, int row, string fill, bool isBold)
    {
        string letters = text.TrimStart();
        column += text.Length - letters.Length;
        letters = letters.TrimEnd();
        svg.Text(Margin + column * CellWidth, Margin + row * CellHeight + BaseLine, letters, fill,
            isBold, letters.Length * CellWidth);
    }
}
