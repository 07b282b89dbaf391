using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>
/// What a terminal shows after the view has written to it: the second screen, line by line, with
/// colours. It knows the sequences that the view sends and no others.
/// </summary>
internal sealed partial class ShownScreen
{
    private readonly SortedDictionary<int, List<Piece>> _lines = [];

    /// <param name="written">Everything that was written to the terminal.</param>
    public ShownScreen(string written)
    {
        int start = Math.Max(0, written.LastIndexOf("\u001b[2J", StringComparison.Ordinal));
        foreach (Match line in Line().Matches(written[start..]))
        {
            _lines[int.Parse(line.Groups["row"].Value, CultureInfo.InvariantCulture)] =
                [.. Pieces(line.Groups["text"].Value)];
        }
    }

    /// <summary>A part of a line in one colour.</summary>
    /// <param name="Text">Its text.</param>
    /// <param name="Colour">One of the terminal's colours 0 to 15, or -1 for its own.</param>
    /// <param name="IsBold">Whether it is bold.</param>
    /// <param name="IsInverted">Whether letters and background change places.</param>
    public sealed record Piece(string Text, int Colour, bool IsBold, bool IsInverted);

    /// <summary>The lines from the top.</summary>
    public IReadOnlyList<IReadOnlyList<Piece>> Lines => [.. _lines.Values];

    /// <summary>The lines as text, with line feeds between them.</summary>
    public string Text =>
        string.Join('\n', Lines.Select(line => string.Concat(line.Select(piece => piece.Text))));

    [GeneratedRegex(@"\x1b\[(?<row>\d+);1H(?<text>.*?)\x1b\[0m\x1b\[K", RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\x1b\[(?<codes>[\d;]*)m")]
    private static partial Regex Colours();

    private static IEnumerable<Piece> Pieces(string line)
    {
        var style = new Piece("", -1, false, false);
        int at = 0;
        foreach (Match match in Colours().Matches(line))
        {
            if (match.Index > at)
            {
                yield return style with { Text = line[at..match.Index] };
            }

            style = After(style, [.. match.Groups["codes"].Value.Split(';')
                .Select(code => code.Length > 0 ? int.Parse(code) : 0)]);
            at = match.Index + match.Length;
        }

        if (at < line.Length)
        {
            yield return style with { Text = line[at..] };
        }
    }

    private static Piece After(Piece style, int[] codes)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            int code = codes[i];
            style = code switch
            {
                0 => new Piece("", -1, false, false),
                1 => style with { IsBold = true },
                7 => style with { IsInverted = true },
                >= 30 and <= 37 => style with { Colour = code - 30 },
                >= 90 and <= 97 => style with { Colour = code - 90 + 8 },
                38 => style with { Colour = codes[i + 2] },
                _ => style,
            };
            i += code == 38 ? 2 : 0;
        }

        return style;
    }
}
