using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>Makes a list that fails shorter: leaves out pieces, large ones first, as long as what
/// is left fails (delta debugging).</summary>
public static class ListShrinker
{
    private const int MostTries = 2000;

    /// <summary>The shortest list that was found.</summary>
    /// <param name="items">A list that fails.</param>
    /// <param name="fails">Whether a list fails.</param>
    public static List<T> Shrink<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, bool> fails)
    {
        List<T> least = [.. items];
        int tries = MostTries;
        for (int size = Math.Max(1, least.Count / 2); size > 0 && tries > 0;)
        {
            bool isShorter = false;
            for (int at = least.Count - size; at > -size && tries > 0; at -= size)
            {
                int from = Math.Max(0, at);
                List<T> rest = [.. least.Take(from), .. least.Skip(at + size)];
                tries--;
                if (rest.Count < least.Count && fails(rest))
                {
                    least = rest;
                    isShorter = true;
                }
            }

            size = isShorter && size == 1 ? 1 : size / 2;
        }

        return least;
    }
}
