using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Finds what is wrong before minutes of measuring, not after them.</summary>
internal static class BenchChecks
{
    /// <summary>Looks at options that exclude each other.</summary>
    /// <exception cref="BenchException">Two of them do.</exception>
    public static void Options(string own, string? config, int? window, double rate)
    {
        if (config != null && own != BenchOptions.OwnProcess)
        {
            throw new BenchException(
                $"--config is for --own {BenchOptions.OwnProcess} only; leave one of them out");
        }

        if (window != null && rate > 0)
        {
            throw new BenchException(
                "--window and --rate are two ways to send; leave one of them out");
        }
    }

    /// <summary>Looks at the names of brokers, by which results are told apart.</summary>
    /// <exception cref="BenchException">Two have the same, or there is no broker.</exception>
    public static void Names(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            throw new BenchException("there is no broker to measure: name one with --against");
        }

        string? twice = names.GroupBy(name => name).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice != null)
        {
            throw new BenchException($"two brokers are called {SafeText.Quote(twice)}; "
                + "give one of them another name");
        }
    }

    /// <summary>Looks whether files can be written, and leaves them as they are.</summary>
    /// <param name="json">Results, or null.</param>
    /// <param name="svg">A picture, or null.</param>
    /// <param name="markdown">A page, or null.</param>
    /// <exception cref="BenchException">One cannot, or one would be written twice.</exception>
    public static void Files(string? json, string? svg, string? markdown)
    {
        string? picture = string.IsNullOrEmpty(markdown) ? null
            : BenchFiles.PictureOf(markdown);
        string[] paths = [.. new[] { json, svg, markdown, picture }.OfType<string>()];
        foreach (string path in paths)
        {
            BenchFiles.Write(path, Open);
        }

        // The picture of a page is the same as that of --svg.
        if (json != null && (Same(json, svg) || Same(json, markdown) || Same(json, picture))
            || markdown != null && (Same(markdown, svg) || Same(markdown, picture)))
        {
            throw new BenchException("two files have the same name; give one of them another");
        }
    }

    private static bool Same(string path, string? other) =>
        other != null && Path.GetFullPath(path) == Path.GetFullPath(other);

    private static void Open(string path)
    {
        bool isNew = !File.Exists(path);
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write))
        {
            // It can be opened; that is all.
        }

        if (isNew)
        {
            File.Delete(path);
        }
    }
}
