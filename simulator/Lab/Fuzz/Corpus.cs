using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>The cases worth changing: each has taken an edge more, or more often, than those
/// before.</summary>
public sealed class Corpus
{
    private const int Recent = 32;

    private readonly List<FuzzCase> _cases = [];
    private readonly byte[] _seen = new byte[Coverage.MapSize];

    /// <summary>Cases in it.</summary>
    public int Count => _cases.Count;

    /// <summary>The cases, oldest first.</summary>
    public IReadOnlyList<FuzzCase> Cases => _cases;

    /// <summary>Edges that were taken at all.</summary>
    public int Edges { get; private set; }

    /// <summary>The files of a folder, by name; none when there is no such folder.</summary>
    public static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.fuzz").Order(StringComparer.Ordinal)
        : [];

    /// <summary>Looks at what Coverage holds since its Reset.</summary>
    /// <returns>Whether the case was new and is kept.</returns>
    public bool Keep(FuzzCase played)
    {
        bool isNew = false;
        for (int i = 0; i < Coverage.TouchedCount; i++)
        {
            int edge = Coverage.Touched[i];
            int bucket = BucketOf(Coverage.Map[edge]);
            if ((_seen[edge] & bucket) == 0)
            {
                Edges += _seen[edge] == 0 ? 1 : 0;
                _seen[edge] |= (byte)bucket;
                isNew = true;
            }
        }

        if (isNew)
        {
            _cases.Add(played);
        }

        return isNew;
    }

    /// <summary>A case to go on from: one half are recent ones, and of two the smaller.</summary>
    public FuzzCase Any(Random random)
    {
        int recent = Math.Min(Recent, _cases.Count);
        FuzzCase one = random.Next(2) == 0
            ? _cases[^(1 + random.Next(recent))]
            : _cases[random.Next(_cases.Count)];
        FuzzCase other = _cases[random.Next(_cases.Count)];
        return random.Next(4) == 0 && other.Size < one.Size ? other : one;
    }

    /// <summary>What Coverage holds, a number for each edge and how often it was taken.
    /// </summary>
    public static int[] Features() => [.. Enumerable.Range(0, Coverage.TouchedCount).Select(
        i => (Coverage.Touched[i] << 8) | BucketOf(Coverage.Map[Coverage.Touched[i]]))];

    // As AFL does it: a loop that runs once more is no news, one that runs twice as often is.
    private static int BucketOf(int count) => count switch
    {
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
