using System;
using System.IO;
using Spectre.Console;

namespace EdgeBroker.Simulator.View;

/// <summary>Whether there is a terminal that the view can be shown on.</summary>
public static class TerminalCheck
{
    /// <summary>Looks at stdout and at the environment.</summary>
    public static bool CanShowView()
    {
        return !Console.IsOutputRedirected
            && CanShowView(Environment.GetEnvironmentVariable)
            && AnsiConsole.Profile.Capabilities.Ansi
            && HasSize()
            && IsInForeground();
    }

    /// <summary>Whether the environment has nothing against it.</summary>
    /// <param name="variable">Gives the value of a variable, or null.</param>
    public static bool CanShowView(Func<string, string?> variable)
    {
        string? ci = variable("CI");
        bool isCi = !string.IsNullOrEmpty(ci)
            && !ci.Equals("false", StringComparison.OrdinalIgnoreCase);
        return !isCi && variable("TERM") != "dumb";
    }

    /// <summary>
    /// Whether the terminal listens to this process. One in the background (`serve &amp;`) would be
    /// stopped as soon as it reads a key.
    /// </summary>
    public static bool IsInForeground()
    {
        try
        {
            // Behind the name, which may hold blanks: state, parent, group, session, terminal,
            // and the group in its foreground.
            string[] fields = !OperatingSystem.IsLinux()
                ? []
                : File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ');
            return fields.Length < 6 || fields[2] == fields[5];
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static bool HasSize()
    {
        try
        {
            return Console.WindowWidth > 0 && Console.WindowHeight > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
