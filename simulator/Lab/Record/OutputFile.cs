using System;
using System.IO;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Opens files that hold what clients have sent: nobody else may read them.</summary>
public static class OutputFile
{
    /// <summary>Makes a file, or takes one that is empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">What asks for it.</param>
    /// <param name="failure">Null, or a sentence that says why it cannot be had.</param>
    /// <returns>The file, without a buffer; or null.</returns>
    public static FileStream? Create(string path, string option, out string? failure)
    {
        try
        {
            failure = Directory.Exists(path)
                ? $"{option} {path}: that is a folder; name a file"
                : File.Exists(path) && new FileInfo(path).Length > 0
                    ? $"{option} {path}: the file is there already, and what it holds would be "
                        + "lost; remove it or name another one"
                : null;
            return failure != null ? null : new FileStream(path, Options());
        }
        catch (Exception e) when (ConfigFile.IsOfFiles(e))
        {
            failure = $"{option} {path} cannot be written: {e.Message}";
            return null;
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
