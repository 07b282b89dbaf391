using System;
using System.Globalization;
using System.IO;

namespace EdgeBroker.Simulator.Serve;

/// <summary>The file that holds the process id while the broker runs.</summary>
public sealed class PidFile : IDisposable
{
    private readonly string? _path;

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where, or null for no file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public PidFile(string? path)
    {
        _path = path;
        if (path != null)
        {
            string id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            File.WriteAllText(path, id + "\n");
        }
    }

    /// <summary>Deletes the file.</summary>
    public void Dispose()
    {
        try
        {
            if (_path != null)
            {
                File.Delete(_path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's business by now; the process ends anyway.
        }
    }
}
