using System;

namespace EdgeBroker.Simulator.Config;

/// <summary>Where the log goes: what the `log_dest` lines name.</summary>
public sealed class LogTargets
{
    /// <summary>The values that `log_dest` takes.</summary>
    public const string Range = "stdout, stderr, file PATH or none";

    private bool _namesStdout;
    private bool _namesStderr;
    private bool _namesNone;

    /// <summary>Whether log lines go to stdout, as they do when nothing is stated.</summary>
    public bool HasStdout => _namesStdout || !(_namesStderr || _namesNone || File != null);

    /// <summary>Whether log lines go to stderr.</summary>
    public bool HasStderr => _namesStderr;

    /// <summary>The file that log lines go to, or null.</summary>
    public string? File { get; private set; }

    /// <summary>Takes the value of a `log_dest` line.</summary>
    /// <returns>Null, or what is wrong with it: the end of a sentence.</returns>
    public string? Add(ServeConfig config, string value)
    {
        string[] words = value.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        string? path = words.Length > 1 ? words[1].Trim() : null;
        bool isNone = words[0] == "none";
        if (words[0] == "file" && path == null)
        {
            return "file needs the path of the file";
        }

        if (words[0] == "file" && File != null)
        {
            return "names a second file; there can be one";
        }

        if (words[0] != "file" && path != null)
        {
            return $"{SafeText.Quote(words[0])} takes no further word";
        }

        bool namesSome = _namesStdout || _namesStderr || File != null;
        switch (words[0])
        {
            case "file":
                File = path;
                break;
            case "stdout":
                _namesStdout = true;
                break;
            case "stderr":
                _namesStderr = true;
                break;
            case "none":
                _namesNone = true;
                break;
            case "syslog" or "topic" or "dlt":
                config.AddNote($"log_dest {words[0]} has no effect: there is no such log yet; "
                    + $"there are {Range}");
                return null;
            default:
                return $"must be {Range}, not {SafeText.Quote(value)}";
        }

        return _namesNone && (namesSome || !isNone)
            ? "none and another log_dest contradict each other; remove one of them"
            : null;
    }
}
