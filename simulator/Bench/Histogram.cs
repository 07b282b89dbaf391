using System;
using System.Numerics;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// Counts times so that any percentile can be told, to 1.6 %: 64 steps for each power of two.
/// </summary>
internal sealed class Histogram
{
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[64 * Steps];

    /// <summary>Times counted.</summary>
    public long Count { get; private set; }

    /// <summary>The longest.</summary>
    public long Longest { get; private set; }

    /// <summary>Counts a time.</summary>
    /// <param name="value">0 or more; what is less counts as 0.</param>
    public void Add(long value)
    {
        value = Math.Max(0, value);
        int shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - StepBits);
        _counts[(shift << StepBits) + (int)(value >> shift)]++;
        Count++;
        Longest = Math.Max(Longest, value);
    }

    /// <summary>The time that a part of all did not exceed; 0 when there are none.</summary>
    /// <param name="part">From 0 to 1.</param>
    public long Percentile(double part)
    {
        long wanted = (long)(part * Count);
        for (int i = 0; i < _counts.Length; i++)
        {
            wanted -= _counts[i];
            if (wanted < 0)
            {
                // From the second power on the upper half of the steps is in use.
                int shift = Math.Max(0, (i >> StepBits) - 1);
                return (long)(i - (shift << StepBits)) << shift;
            }
        }

        return Longest;
    }

    /// <summary>Forgets them all.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
        Longest = 0;
    }
}
