using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The project's files as the rules see them, with paths relative to its root.</summary>
internal static class Repository
{
    // What symbols hold instead of the root after a build with deterministic paths.
    private const string DeterministicRoot = "/_/";

    private static readonly string[] _unwatched =
        [".git", ".vs", ".idea", "bin", "obj", "TestResults", "node_modules", "artifacts"];

    private static readonly Dictionary<string, SourceText> _sources = [];

    /// <summary>The root, told by the project file: build output may lie anywhere.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>C# files of the given folders, each read once; absent ones are empty.</summary>
    public static SourceText[] Sources(params string[] folders)
    {
        string[] paths = [.. folders.SelectMany(Files)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))];
        lock (_sources)
        {
            return [.. paths.Select(SourceOf)];
        }
    }

    /// <summary>Every file below a folder, `/`-separated, without build output.</summary>
    public static IEnumerable<string> Files(string folder = "")
    {
        string start = Path.Combine(Root, folder);
        if (!Directory.Exists(start))
        {
            return [];
        }

        return Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories)
            .Select(Relative)
            .Where(path => !path.Split('/').Any(_unwatched.Contains))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>A path relative to the root when it lies below it, else the file's name.</summary>
    public static string Relative(string path)
    {
        if (path.StartsWith(DeterministicRoot, StringComparison.Ordinal))
        {
            return path[DeterministicRoot.Length..];
        }

        string full = Path.GetFullPath(path);
        return full.StartsWith(Root, StringComparison.Ordinal)
            ? full[Root.Length..].Replace('\\', '/')
            : Path.GetFileName(full);
    }

    /// <summary>The text of a file given by its path relative to the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static SourceText SourceOf(string path)
    {
        if (!_sources.TryGetValue(path, out SourceText file))
        {
            file = new SourceText(path, Read(path));
            _sources.Add(path, file);
        }

        return file;
    }

    private static string FindRoot()
    {
        AssemblyMetadataAttribute told = typeof(Repository).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "RepositoryRoot");
        return Path.GetFullPath(told.Value + "/");
    }
}
