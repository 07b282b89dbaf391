using System;

namespace EdgeBroker.Simulator.Cost;

/// <summary>
/// What code that CostWeaver has gone over counts. One thread at a time; each CostLab has one of
/// its own.
/// </summary>
public static class CostMeter
{
    private static long[] _blocks = [];
    private static long[] _allocations = [];
    private static long[] _bytes = [];

    /// <summary>Whether anything is counted now.</summary>
    public static bool IsOn { get; set; }

    /// <summary>The clock of the woven firmware; asked for each time that it looks.</summary>
    public static Func<long> Clock { get; set; } = () => 0;

    /// <summary>Hears that the woven firmware would sleep, and for how many milliseconds.
    /// </summary>
    public static Action<int> Sleep { get; set; } = _ => { };

    /// <summary>Forgets what was counted.</summary>
    /// <param name="blocks">How many blocks the woven code has.</param>
    /// <param name="methods">How many methods it has.</param>
    public static void Reset(int blocks, int methods)
    {
        _blocks = new long[blocks];
        _allocations = new long[methods];
        _bytes = new long[methods];
    }

    /// <summary>How often each block was run; allocations and their bytes by method.</summary>
    public static long[][] Read() => [_blocks, _allocations, _bytes];

    /// <summary>Woven code calls it at the start of each basic block.</summary>
    public static void Hit(int block)
    {
        if (IsOn)
        {
            _blocks[block]++;
        }
    }

    /// <summary>Woven code calls it with what it has made, or was given newly made.</summary>
    public static void Made(object? made, int method)
    {
        if (IsOn && made != null)
        {
            _allocations[method]++;
            _bytes[method] += made.GetType().FullName == LibraryCalls.Socket
                ? LibraryCalls.SocketBytes
                : DeviceSizes.Of(made);
        }
    }

    /// <summary>Stands for Environment.TickCount64.</summary>
    public static long TickCount64() => Clock();

    /// <summary>Stands for Thread.Sleep.</summary>
    public static void SleepFor(int ms) => Sleep(ms);
}
