using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Record;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>A board's console, and what replay makes of it.</summary>
internal sealed class TraceConsole
{
    private readonly List<string> _lines = [];

    /// <summary>The board writes a line.</summary>
    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }

    /// <summary>Whether a trace is there to its end.</summary>
    public bool HasTrace()
    {
        lock (_lines)
        {
            return _lines.Any(line => line.StartsWith("trace ends", StringComparison.Ordinal));
        }
    }

    /// <summary>What replay prints.</summary>
    public string Text()
    {
        lock (_lines)
        {
            return string.Join('\n', Printed(out _, [.. _lines]));
        }
    }

    /// <summary>What replay prints of some lines.</summary>
    public static string[] Printed(out int gaps, string[] console)
    {
        string text = string.Join('\n', console);
        Assert.IsTrue(TracePrinter.IsIn(new StringReader(text)));
        var to = new StringWriter { NewLine = "\n" };
        var printer = new TracePrinter(to);
        printer.Print(new StringReader(text));
        gaps = printer.Gaps;
        return to.ToString().TrimEnd().Split('\n');
    }
}
