using System;
using System.IO;
using System.Linq;
using System.Text;

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

            return complaint == null ? ReadText(path, out complaint) : null;
        }
        catch (DecoderFallbackException)
        {
            complaint = "is not UTF-8; save it as UTF-8";
            return null;
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            complaint = $"cannot be read: {e.Message}";
            return null;
        }
    }

    private static string? ReadText(string path, out string? complaint)
    {
        // A device has no length, so it is counted while it is read.
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[MaxBytes + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        using var reader = new StreamReader(
            new MemoryStream(bytes, 0, length), new UTF8Encoding(false, true));
        complaint = length > MaxBytes
            ? "is larger than 1 MiB, which no configuration file is; check the path"
            : null;
        string? text = complaint == null ? reader.ReadToEnd() : null;
        if (text?.Contains('\0') == true)
        {
            complaint = "has NUL bytes, which no configuration file has; check the path";
            return null;
        }

        return text;
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
