using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// The terminal's second screen, so that nothing of the view stays behind. Only lines that have
/// changed are written. Not thread-safe.
/// </summary>
public sealed class TerminalScreen
{
    // No cursor, and no wrapping: a character that the terminal takes for wider moves no line.
    private const string EnterSequence = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J";
    private const string LeaveSequence = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";
    private const string EndOfLine = "\u001b[0m\u001b[K";

    private readonly TextWriter _terminal;
    private readonly StringWriter _text = new();
    private readonly IAnsiConsole _console;
    private string[] _shown = [];
    private int _width;

    /// <param name="terminal">Takes text and control sequences.</param>
    public TerminalScreen(TextWriter terminal)
    {
        _terminal = terminal;
        // Spectre looks for the number of colours, and for NO_COLOR.
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_text),
        });
    }

    /// <summary>Whether the second screen is on.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Switches to the second screen.</summary>
    public void Enter()
    {
        IsOn = true;
        _shown = [];
        Write(EnterSequence);
    }

    /// <summary>Gives the terminal back as it was. May be repeated.</summary>
    public void Leave()
    {
        if (IsOn)
        {
            IsOn = false;
            Write(LeaveSequence);
        }
    }

    /// <summary>Somebody else may have written there: the next picture is whole.</summary>
    public void Forget()
    {
        _shown = [];
    }

    /// <summary>Shows a picture.</summary>
    /// <param name="lines">As many lines as the terminal has rows.</param>
    /// <param name="width">Columns of the terminal.</param>
    public void Show(IReadOnlyList<SegmentLine> lines, int width)
    {
        bool isResized = width != _width || lines.Count != _shown.Length;
        var next = new string[lines.Count];
        var output = new StringBuilder(isResized ? "\u001b[2J" : "");
        _console.Profile.Width = width;
        _width = width;
        for (int i = 0; i < lines.Count; i++)
        {
            next[i] = Ansi(lines[i]);
            if (isResized || next[i] != _shown[i])
            {
                output.Append($"\u001b[{i + 1};1H").Append(next[i]).Append(EndOfLine);
            }
        }

        _shown = next;
        Write(output.ToString());
    }

    private string Ansi(SegmentLine line)
    {
        _text.GetStringBuilder().Clear();
        _console.Write(new SegmentsRow(line));
        return _text.ToString();
    }

    private void Write(string text)
    {
        try
        {
            _terminal.Write(text);
            _terminal.Flush();
        }
        catch (IOException)
        {
            // The terminal has gone; the broker goes on without.
        }
    }
}
