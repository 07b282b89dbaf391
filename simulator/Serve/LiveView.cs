using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// Shows a running broker in the terminal, on the terminal's second screen, so that nothing of it
/// stays behind. Also takes the log's lines and shows the last ones.
/// </summary>
public sealed class LiveView : ILogSink
{
    private const int PeriodMs = 500;
    private const int KeptLines = 200;
    private const string Enter = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private const string LeaveSequence = "\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H";
    private const string EndOfLine = "\u001b[0m\u001b[K";
    private const string EndOfScreen = "\u001b[J";

    private readonly Meter _meter;
    private readonly Screen _screen;
    private readonly TextWriter _terminal;
    private readonly Queue<string> _log = [];
    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private bool _hasLeft;

    /// <param name="meter">Where the figures come from.</param>
    /// <param name="screen">Draws them.</param>
    /// <param name="terminal">The terminal.</param>
    public LiveView(Meter meter, Screen screen, TextWriter terminal)
    {
        _meter = meter;
        _screen = screen;
        _terminal = terminal;
        _thread = new Thread(Refresh) { IsBackground = true, Name = "view" };
    }

    /// <summary>Whether stdout is a terminal that understands what the view sends.</summary>
    public static bool IsPossible()
    {
        return !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
    }

    /// <summary>Switches to the second screen and begins to show.</summary>
    public void Start()
    {
        _terminal.Write(Enter);
        _terminal.Flush();
        _thread.Start();
    }

    /// <summary>Gives the terminal back as it was. May be called again.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (!_hasLeft)
            {
                _hasLeft = true;
                _terminal.Write(LeaveSequence);
                _terminal.Flush();
            }
        }
    }

    /// <inheritdoc/>
    public void Add(DateTime at, string line)
    {
        string time = at.ToLocalTime().ToString("HH:mm:ss ", CultureInfo.InvariantCulture);
        lock (_log)
        {
            _log.Enqueue(time + line);
            if (_log.Count > KeptLines)
            {
                _log.Dequeue();
            }
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
    }

    private void Refresh()
    {
        while (true)
        {
            (Figures now, Figures before) = _meter.Sample();
            string picture = Picture(now, before);
            lock (_lock)
            {
                if (_hasLeft)
                {
                    return;
                }

                _terminal.Write(picture);
                _terminal.Flush();
            }

            Thread.Sleep(PeriodMs);
        }
    }

    private string Picture(Figures now, Figures before)
    {
        string[] log;
        lock (_log)
        {
            log = [.. _log];
        }

        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Math.Max(1, Console.WindowWidth);
        int height = Math.Max(1, Console.WindowHeight);
        IReadOnlyList<SegmentLine> lines = _screen.Draw(console, height, now, before, log);
        text.Write(Home);
        for (int i = 0; i < lines.Count; i++)
        {
            console.Write(new SegmentsRow(lines[i]));
            // No line feed behind the last line: it would scroll the first one away.
            text.Write(i + 1 < lines.Count ? EndOfLine + "\r\n" : EndOfLine + EndOfScreen);
        }

        return text.ToString();
    }
}
