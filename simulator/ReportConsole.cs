using System;
using Spectre.Console;

namespace EdgeBroker.Simulator;

/// <summary>Where tables are shown: coloured on a terminal, plain in files and pipes.</summary>
internal static class ReportConsole
{
    /// <summary>Stdout.</summary>
    /// <param name="leastWidth">Columns that a table needs, however narrow the terminal is.</param>
    public static IAnsiConsole Create(int leastWidth)
    {
        bool isPlain = Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = Math.Max(leastWidth, console.Profile.Width);
        return console;
    }
}
