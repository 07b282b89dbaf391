using System;
using System.Globalization;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>Figures of a BoardFit in words.</summary>
internal static class FitText
{
    private const double Kilo = 1000;
    private const double Many = 100_000;

    /// <summary>How much of a resource is taken, of how much.</summary>
    public static string Figures(Resource resource)
    {
        Func<double, string> text = resource.Limit >= Many ? Thousands : Whole;
        string used = resource.Least < resource.Used
            ? $"{text(resource.Least)} to {text(resource.Used)}"
            : text(resource.Used);
        string unit = resource.Unit == "%" ? " %" : "";
        return $"{used} of {text(resource.Limit)}{unit}";
    }

    /// <summary>The part that is taken.</summary>
    public static string Percent(Resource resource) => double.IsInfinity(resource.Part)
        ? "none"
        : resource.Percent.ToString("N0", CultureInfo.InvariantCulture) + " %";

    /// <summary>How many clients more there is room for.</summary>
    public static string Room(int? more) => more switch
    {
        null => "not one",
        < 0 => $"{-more} too many",
        BoardFit.MostMore => $"{more} or more",
        _ => $"{more} more",
    };

    private static string Whole(double value) =>
        Math.Ceiling(value).ToString("N0", CultureInfo.InvariantCulture);

    private static string Thousands(double value) =>
        (value / Kilo).ToString("N1", CultureInfo.InvariantCulture) + "k";
}
