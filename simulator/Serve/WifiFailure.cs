using System.Globalization;

namespace EdgeBroker.Simulator.Serve;

/// <summary>A Wi-Fi that is lost again and again.</summary>
/// <param name="UpMs">How long it is there each time.</param>
/// <param name="DownMs">How long it is lost each time.</param>
public sealed record WifiFailure(long UpMs, long DownMs)
{
    /// <summary>What --wifi-fail takes.</summary>
    public const string Rule = "takes UP,DOWN in seconds, each from 1 to 86400, such as 30,5";

    /// <summary>Reads UP,DOWN.</summary>
    /// <returns>Null when it is something else.</returns>
    public static WifiFailure? Parse(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2 && Seconds(parts[0]) is long up && Seconds(parts[1]) is long down
            ? new WifiFailure(up * 1000, down * 1000)
            : null;
    }

    /// <summary>Whether it is lost so long after the start.</summary>
    public bool IsLost(long sinceMs)
    {
        return sinceMs % (UpMs + DownMs) >= UpMs;
    }

    private static long? Seconds(string text)
    {
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            && value is >= 1 and <= 86_400 ? value : null;
    }
}
