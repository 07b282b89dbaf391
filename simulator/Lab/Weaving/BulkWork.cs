using System;

namespace EdgeBroker.Simulator.Lab.Weaving;

/// <summary>
/// Stands in a woven core for the methods of .NET that go through whole arrays: they count a step
/// for each ElementsPerStep elements, and then do the same.
/// </summary>
public static class BulkWork
{
    /// <summary>Elements that count as one basic block: about what a PC copies in its time.
    /// </summary>
    public const int ElementsPerStep = 16;

    /// <summary>Stands for Array.Copy.</summary>
    public static void Copy(Array source, Array target, int length)
    {
        Count(length);
        Array.Copy(source, target, length);
    }

    /// <summary>Stands for Array.Copy.</summary>
    public static void Copy(Array source, int from, Array target, int to, int length)
    {
        Count(length);
        Array.Copy(source, from, target, to, length);
    }

    /// <summary>Stands for Array.Clear.</summary>
    public static void Clear(Array array, int index, int length)
    {
        Count(length);
        Array.Clear(array, index, length);
    }

    /// <summary>Stands for Buffer.BlockCopy.</summary>
    public static void BlockCopy(Array source, int from, Array target, int to, int count)
    {
        Count(count);
        Buffer.BlockCopy(source, from, target, to, count);
    }

    private static void Count(int elements) => Coverage.Add(elements / ElementsPerStep);
}
