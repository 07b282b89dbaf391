using System;
using System.Globalization;

namespace EdgeBroker.Simulator.Config;

/// <summary>Reads durations as mosquitto.conf has them: a number and a unit, or never.</summary>
internal static class Durations
{
    /// <summary>What is allowed, in words.</summary>
    public const string Range = "a number with h, d, w, m or y (a month is 30 days), or never";

    private const long HourSeconds = 3600;
    private const long DaySeconds = 24 * HourSeconds;

    /// <summary>Reads one.</summary>
    /// <returns>Seconds; 0 for never; null when it is none, or longer than 68 years.</returns>
    public static int? Seconds(string text)
    {
        if (text == "never")
        {
            return 0;
        }

        long unit = text[^1] switch
        {
            'h' => HourSeconds,
            'd' => DaySeconds,
            'w' => 7 * DaySeconds,
            'm' => 30 * DaySeconds,
            'y' => 365 * DaySeconds,
            _ => 0,
        };
        bool isOne = int.TryParse(text.AsSpan(0, text.Length - 1),
            NumberStyles.None, null, out int count);
        long seconds = isOne ? count * unit : 0;
        return seconds is > 0 and <= int.MaxValue ? (int)seconds : null;
    }
}
