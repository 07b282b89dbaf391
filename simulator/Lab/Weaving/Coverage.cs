using System;
using System.Runtime.CompilerServices;

namespace EdgeBroker.Simulator.Lab.Weaving;

/// <summary>
/// What a woven core counts: the basic blocks that were run, which way it came to each, and work in
/// bulk (BulkWork). In a core that is not woven it all stays zero. One thread at a time:
/// whoever needs more threads loads a WovenLab for each.
/// </summary>
public static class Coverage
{
    /// <summary>Places of the map, a power of two: far more than a core has edges.</summary>
    public const int MapSize = 1 << 17;

    /// <summary>Basic blocks run since the start, and bulk work. The same verbs give the same
    /// number.</summary>
    public static long Steps;

    /// <summary>Steps when the broker's last verb began.</summary>
    public static long VerbStart;

    /// <summary>Where Steps may not come to: a loop without end ends here.</summary>
    public static long Limit = long.MaxValue;

    /// <summary>Edges of the control flow in all of the core, told by the weaver.</summary>
    public static int Edges;

    /// <summary>How many places of the map are not zero.</summary>
    public static int TouchedCount;

    /// <summary>How often each edge was taken since Reset, at most 255.</summary>
    public static readonly byte[] Map = new byte[MapSize];

    /// <summary>The places that are not zero, in the order of their first use.</summary>
    public static readonly int[] Touched = new int[MapSize];

    /// <summary>Woven code calls it at the start of each basic block.</summary>
    /// <param name="edge">Stands for the block before and this one.</param>
    /// <exception cref="TimeoutException">Steps has come to Limit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Hit(int edge)
    {
        if (++Steps >= Limit)
        {
            Stop();
        }

        ref byte count = ref Map[edge];
        if (count == 0)
        {
            Touched[TouchedCount++] = edge;
        }

        if (count != byte.MaxValue)
        {
            count++;
        }
    }

    /// <summary>Woven code calls it at the start of each verb of the broker.</summary>
    public static void BeginVerb() => VerbStart = Steps;

    /// <summary>Adds steps for what the core has .NET do.</summary>
    /// <exception cref="TimeoutException">Steps has come to Limit.</exception>
    public static void Add(int steps)
    {
        Steps += steps;
        if (Steps >= Limit)
        {
            Stop();
        }
    }

    /// <summary>Forgets the edges; the steps go on.</summary>
    public static void Reset()
    {
        for (int i = 0; i < TouchedCount; i++)
        {
            Map[Touched[i]] = 0;
        }

        TouchedCount = 0;
    }

    private static void Stop()
    {
        Limit = long.MaxValue;
        throw new TimeoutException("the core does not come to an end");
    }
}
