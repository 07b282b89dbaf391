using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeBroker.Simulator.Conformance;

/// <summary>The sources of this project, as they lie in a folder.</summary>
public sealed class Checkout
{
    private const string Mark = "EdgeBroker.sln";

    private static readonly string[] _folders =
        ["boards", "firmware", "shared", "simulator", "tests"];

    private static readonly string[] _built = ["bin", "obj", "TestResults", "node_modules"];

    private readonly string _root;

    /// <param name="root">The folder that holds the solution.</param>
    public Checkout(string root)
    {
        _root = root;
    }

    /// <summary>Finds the folder that a folder lies in, or is.</summary>
    /// <returns>Null when it lies in none.</returns>
    public static Checkout? Around(string folder)
    {
        for (DirectoryInfo? at = new(folder); at != null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Mark)))
            {
                return new Checkout(at.FullName);
            }
        }

        return null;
    }

    /// <summary>The text of a file.</summary>
    /// <param name="path">The file, relative to the root.</param>
    public string Read(string path) => File.ReadAllText(Path.Combine(_root, path));

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file, relative to the root.</param>
    /// <param name="text">What it will contain.</param>
    public void Write(string path, string text) =>
        File.WriteAllText(Path.Combine(_root, path), text);

    /// <summary>All C# files, with slashes, in the order of their names.</summary>
    public IEnumerable<string> Sources() => _folders
        .Select(folder => Path.Combine(_root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(
            folder, "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(_root, file).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(_built.Contains))
        .Order(StringComparer.Ordinal);
}
