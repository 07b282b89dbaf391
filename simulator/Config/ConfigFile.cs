using System;
using System.IO;
using System.Linq;

namespace EdgeBroker.Simulator.Config;

/// <summary>Finds and loads configuration files, and says what is wrong with them.</summary>
public static class ConfigFile
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Loads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="complaint">Null, or what is wrong with it.</param>
    /// <returns>Its text, or null.</returns>
    public static string? Read(string path, out string? complaint)
    {
        complaint = null;
        try
        {
            if (Directory.Exists(path))
            {
                complaint = "is a folder; name a file, or use include_dir in a file";
            }
            else if (!File.Exists(path))
            {
                complaint = "there is no such file; check the path";
            }
            else if (new FileInfo(path).Length > MaxBytes)
            {
                complaint = "is larger than 1 MiB, which no configuration file is; check the path";
            }

            return complaint == null ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            complaint = $"cannot be read: {e.Message}";
            return null;
        }
    }

    /// <summary>Finds the files that `include_dir` means, in mosquitto's order.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="mainFile">The file that includes.</param>
    /// <param name="complaint">Null, or what is wrong: the end of a sentence.</param>
    /// <returns>Their paths.</returns>
    public static string[] Included(string directory, string mainFile, out string? complaint)
    {
        complaint = null;
        try
        {
            string[] paths = [.. Directory.GetFiles(directory)
                .Where(path => path.EndsWith(".conf", StringComparison.Ordinal))
                .OrderBy(path => Path.GetFileName(path).ToLowerInvariant(),
                    StringComparer.Ordinal)
                .ThenBy(path => path, StringComparer.Ordinal)];
            string main = Path.GetFullPath(mainFile);
            if (paths.Any(path => Path.GetFullPath(path) == main))
            {
                complaint = $"{directory} holds the main file itself; move one of them";
                return [];
            }

            return paths;
        }
        catch (DirectoryNotFoundException)
        {
            complaint = $"{directory}: there is no such folder; make it or remove the line";
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            complaint = $"{directory} cannot be read: {e.Message}";
        }

        return [];
    }

    /// <summary>Whether an exception says that a file cannot be had.</summary>
    public static bool IsOfFiles(Exception e)
    {
        return e is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException;
    }
}
