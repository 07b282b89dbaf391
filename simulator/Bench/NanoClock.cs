using System.Diagnostics;

namespace EdgeBroker.Simulator.Bench;

/// <summary>A clock that never jumps, in nanoseconds.</summary>
internal static class NanoClock
{
    /// <summary>Nanoseconds of a second.</summary>
    public const long PerSecond = 1_000_000_000;

    private static readonly double _perTick = (double)PerSecond / Stopwatch.Frequency;

    /// <summary>Now.</summary>
    public static long Now() => Stopwatch.Frequency == PerSecond
        ? Stopwatch.GetTimestamp()
        : (long)(Stopwatch.GetTimestamp() * _perTick);
}
