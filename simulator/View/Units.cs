using System;
using System.Globalization;

namespace EdgeBroker.Simulator.View;

/// <summary>Numbers as people read them.</summary>
public static class Units
{
    private static readonly string[] _sizes = ["B", "KiB", "MiB", "GiB", "TiB"];
    private static readonly string[] _counts = ["", " k", " M", " G"];

    /// <summary>A number in full, with its thousands apart.</summary>
    public static string Count(double number)
    {
        return number.ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>A number in seven columns or less.</summary>
    public static string Short(double number)
    {
        int unit = 0;
        while (number >= (unit == 0 ? 99_999.5 : 999.95) && unit < _counts.Length - 1)
        {
            number /= 1000;
            unit++;
        }

        return number.ToString(unit > 0 && number < 1000 ? "0.#" : "N0",
            CultureInfo.InvariantCulture) + _counts[unit];
    }

    /// <summary>A rate: with a decimal as long as it is small.</summary>
    public static string Rate(double perSecond)
    {
        return perSecond > 0 && perSecond < 9.95
            ? perSecond.ToString("0.0", CultureInfo.InvariantCulture)
            : Short(perSecond);
    }

    /// <summary>A number of bytes in nine columns or less.</summary>
    public static string Size(double bytes)
    {
        int unit = 0;
        while (bytes >= 999.95 && unit < _sizes.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString(unit == 0 ? "N0" : "0.#", CultureInfo.InvariantCulture)
            + " " + _sizes[unit];
    }

    /// <summary>A time span in seven columns or less: "45 s", "12 min", "3.5 h", "12 d".</summary>
    public static string Span(TimeSpan span)
    {
        return span.TotalSeconds < 100 ? $"{Math.Max(0, (int)span.TotalSeconds)} s"
            : span.TotalMinutes < 100 ? $"{(int)span.TotalMinutes} min"
            : span.TotalHours < 100
                ? span.TotalHours.ToString("0.0", CultureInfo.InvariantCulture) + " h"
            : $"{(int)span.TotalDays} d";
    }
}
