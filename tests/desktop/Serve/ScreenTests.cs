using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Serve;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>The live view fits its terminal and shows figures and log as they are.</summary>
[TestClass]
public sealed class ScreenTests
{
    [TestMethod]
    [DataRow(200, 60)]
    [DataRow(80, 24)]
    [DataRow(50, 12)]
    [DataRow(20, 5)]
    [DataRow(1, 1)]
    public void Picture_FitsTheTerminal(int width, int height)
    {
        string[] log = [.. Enumerable.Range(0, 300).Select(i => new string('長', i))];
        IReadOnlyList<SegmentLine> lines = Draw(width, height, Sample(), log);
        Assert.IsLessThanOrEqualTo(height, lines.Count);
        // A character of two columns cannot be cut to fit into one.
        Assert.IsTrue(lines.All(line => line.CellCount() <= (width < 2 ? 2 : width)));
    }

    [TestMethod]
    public void Log_IsShownAsItIsAndItsEndLast()
    {
        string[] log = ["old", "client \"[red]\" and \"[/]\" connected", new string('x', 100)];
        string[] lines = [.. Draw(80, 24, Sample(), log).Select(Text)];
        CollectionAssert.Contains(lines, log[1]);
        Assert.AreEqual(new string('x', 80), lines[^2]);
        Assert.AreEqual(new string('x', 20), lines[^1]);
    }

    [TestMethod]
    public void Figures_AreRatesTotalsAndLimitsByName()
    {
        Figures before = Sample();
        Figures now = before with { AtMs = 4000, Counters = (long[])before.Counters.Clone() };
        now.Counters[Counter.PublishReceived] += 5000;
        now.Counters[Counter.PublishDropped] = 3;
        now.Counters[Counter.LimitQueue] = 3;
        string[] lines = [.. Draw(80, 24, now, [], before).Select(Text)];
        Assert.IsTrue(lines.Any(l => l.Contains("messages in") && l.Contains("2,500/s")
            && l.Contains("total 6,000")));
        Assert.IsTrue(lines.Any(l => l.Contains("limits/queue 3")));
        Assert.IsTrue(lines.Any(l => l.Contains("clients") && l.Contains("most 1,234")));
        Assert.IsTrue(lines.Any(l => l.Contains("memory used") && l.Contains("5.0 MiB")));
        Assert.IsTrue(lines.Any(l => l.Contains("50.0 %")));
    }

    private static Figures Sample()
    {
        var counters = new long[Counter.Count];
        counters[Counter.PublishReceived] = 1000;
        counters[Counter.ClientsMaximum] = 1234;
        return new Figures(2000, counters, 12, 13, 14, 15, 5 << 20, 10 << 20);
    }

    private static IReadOnlyList<SegmentLine> Draw(
        int width, int height, Figures now, string[] log, Figures before = null)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Out = new AnsiConsoleOutput(new StringWriter()),
        });
        console.Profile.Width = width;
        return new Screen("127.0.0.1:1883", 0).Draw(console, height, now, before ?? now, log);
    }

    private static string Text(SegmentLine line)
    {
        return string.Concat(line.Select(segment => segment.Text));
    }
}
