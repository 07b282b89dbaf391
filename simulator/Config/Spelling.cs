using System;
using System.Linq;

namespace EdgeBroker.Simulator.Config;

/// <summary>Guesses what a misspelt keyword was meant to be.</summary>
public static class Spelling
{
    /// <summary>The keyword that takes the fewest changes.</summary>
    /// <returns>Null when none is near: more than a third of the letters differ.</returns>
    public static string? Nearest(string word)
    {
        string lower = word.ToLowerInvariant().Replace('-', '_');
        (string name, int distance) = Keywords.All
            .Select(keyword => (keyword.Name, Distance(lower, keyword.Name)))
            .MinBy(candidate => candidate.Item2);
        return distance * 3 <= Math.Max(lower.Length, 3) ? name : null;
    }

    /// <summary>Letters to insert, delete or replace to make one word out of another.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 2 * b.Length + 2)
        {
            return a.Length;
        }

        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[b.Length];
    }
}
