using System;
using System.Linq;

namespace EdgeBroker.Simulator.View;

/// <summary>A row of small columns that shows how a figure went.</summary>
public static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>Draws values, the newest at the right end.</summary>
    /// <param name="values">0 or more each.</param>
    /// <param name="width">Columns; values that do not fit are left out.</param>
    /// <returns>Exactly that many columns.</returns>
    public static string Draw(double[] values, int width)
    {
        if (width <= 0)
        {
            return "";
        }

        double[] shown = values.Length > width ? values[^width..] : values;
        double most = shown.Length > 0 ? shown.Max() : 0;
        // The lowest block is for nothing alone, so that a little can be told from nothing.
        var text = shown.Select(value => value <= 0 ? Blocks[0]
            : Blocks[Math.Clamp((int)Math.Ceiling(value / most * (Blocks.Length - 1)), 1,
                Blocks.Length - 1)]);
        return string.Concat(text).PadLeft(width);
    }
}
