using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

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

    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

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
        var root = new XElement(_svg + "svg",
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("font-family", "ui-monospace, Menlo, Consolas, monospace"),
            new XAttribute("font-size", 14),
            new XElement(_svg + "title", title),
            new XElement(_svg + "rect", new XAttribute("width", Number(width)),
                new XAttribute("height", Number(height)), new XAttribute("rx", 8),
                new XAttribute("fill", Paper)));
        for (int row = 0; row < screen.Lines.Count; row++)
        {
            int column = 0;
            foreach (ShownScreen.Piece piece in screen.Lines[row])
            {
                root.Add(Elements(piece, column, row));
                column += piece.Text.Length;
            }
        }

        return new XDocument(root);
    }

    private static IEnumerable<XElement> Elements(ShownScreen.Piece piece, int column, int row)
    {
        string ink = _colours.GetValueOrDefault(piece.Colour, Ink);
        if (piece.IsInverted)
        {
            yield return Box(column, row, piece.Text.Length, 0, 1, ink, 1);
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
                yield return first == '─'
                    ? Box(column + at, row, run, 0.5, 1 / 16.0, ink, 1)
                    : Box(column + at, row, run, 1 - part, part, ink, first == '░' ? 0.25 : 1);
            }
            else if (text.Trim().Length > 0)
            {
                yield return Letters(text, column + at, row, ink, piece.IsBold);
            }

            at += run;
        }
    }

    private static bool IsBlock(char c)
    {
        return c is '░' or '─' || Blocks.Contains(c);
    }

    private static XElement Box(
        int column, int row, int run, double from, double part, string fill, double opacity)
    {
        return new XElement(_svg + "rect",
            new XAttribute("x", Number(Margin + column * CellWidth)),
            new XAttribute("y", Number(Margin + (row + from) * CellHeight)),
            new XAttribute("width", Number(run * CellWidth)),
            new XAttribute("height", Number(part * CellHeight)),
            new XAttribute("fill", fill),
            opacity < 1 ? new XAttribute("opacity", Number(opacity)) : null);
    }

    private static XElement Letters(string text, int column, int row, string fill, bool isBold)
    {
        string letters = text.TrimStart();
        column += text.Length - letters.Length;
        letters = letters.TrimEnd();
        return new XElement(_svg + "text",
            new XAttribute("x", Number(Margin + column * CellWidth)),
            new XAttribute("y", Number(Margin + row * CellHeight + BaseLine)),
            new XAttribute("textLength", Number(letters.Length * CellWidth)),
            new XAttribute("fill", fill),
            new XAttribute(XNamespace.Xml + "space", "preserve"),
            isBold ? new XAttribute("font-weight", "bold") : null,
            letters);
    }

    private static string Number(double value)
    {
        return Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
    }
}
