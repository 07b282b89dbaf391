using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.View;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>The view's pictures fit their terminal and show what they should.</summary>
[TestClass]
public sealed class PictureTests
{
    public static IEnumerable<object[]> Sizes =>
        from page in "12345"
        from size in (int[][])[[200, 50], [120, 30], [80, 24], [40, 10], [20, 5], [3, 2], [1, 1]]
        select (object[])[page, size[0], size[1]];

    [TestMethod]
    [DynamicData(nameof(Sizes))]
    public void EveryPage_FillsTheTerminalExactly(char page, int width, int height)
    {
        Frame frame = FixedFrame.Make(FixedFrame.After(page));
        IReadOnlyList<SegmentLine> lines = FixedFrame.Draw(frame, width, height);
        Assert.HasCount(height, lines);
        foreach (SegmentLine line in lines)
        {
            Assert.AreEqual(width, line.CellCount());
        }
    }

    [TestMethod]
    [DataRow(200, 50)]
    [DataRow(80, 24)]
    [DataRow(40, 10)]
    public void Keys_AreShownAtTheBottom(int width, int height)
    {
        string bottom = FixedFrame.Text(FixedFrame.Make(), width, height)[^1];
        foreach (string word in (string[])["page", "sort", "pause", "quit"])
        {
            StringAssert.Contains(bottom, word);
        }
    }

    [TestMethod]
    public void WithoutAKeyboard_TheWayOutIsShown()
    {
        string bottom = FixedFrame.Text(FixedFrame.Make(hasKeys: false), 80, 24)[^1];
        StringAssert.StartsWith(bottom, "Ctrl+C quit");
    }

    [TestMethod]
    [DataRow(200, 50, "99,000 of 100,000")]
    [DataRow(80, 24, "99,000/100 k")]
    public void LimitsPage_ShowsEveryLimitAndItsCount(int width, int height, string longest)
    {
        string[] lines =
            FixedFrame.Text(FixedFrame.Make(FixedFrame.After('4')), width, height);
        string all = string.Join('\n', lines);
        for (int counter = Counter.FirstLimit; counter < Counter.Count; counter++)
        {
            StringAssert.Contains(all, Counter.NameOf(counter)["limits/".Length..] + " ");
        }

        foreach (Gauge gauge in FixedFrame.Make().Sample.Gauges)
        {
            StringAssert.Contains(all, gauge.Name + " ");
        }

        StringAssert.Contains(all, longest);
        StringAssert.Contains(all, "4,321");
    }

    [TestMethod]
    [DataRow(200, 50)]
    [DataRow(80, 24)]
    public void Overview_ShowsALittleOfEverything(int width, int height)
    {
        string[] lines = FixedFrame.Text(FixedFrame.Make(), width, height);
        string all = string.Join('\n', lines);
        foreach (string text in (string[])["127.0.0.1:1883", "up 01:02:05", "1,000/s", "2,000/s",
            "longest queue", "client-39", "3.1.1", "5.0", "house/room-39/temperature",
            "21.5 °C", "refused CONNECT"])
        {
            StringAssert.Contains(all, text);
        }

        // The minute before was the same all the time, so its columns are.
        StringAssert.Contains(lines.Single(l => l.Contains("messages in")), "████████");
    }

    [TestMethod]
    public void WideTerminal_HasTablesSideBySide()
    {
        string[] lines = FixedFrame.Text(FixedFrame.Make(), 200, 50);
        Assert.IsTrue(lines.Any(l => l.Contains("client-20") && l.Contains("room-20")));
        Assert.IsTrue(lines.Any(l => l.Contains("messages in") && l.Contains(" of 20,000")));
    }

    [TestMethod]
    public void RefusalsAndFullQueues_AreRed()
    {
        Segment[] pieces = [.. FixedFrame.Draw(FixedFrame.Make(), 80, 24).SelectMany(l => l)];
        foreach (string text in (string[])["refused CONNECT", "client-39", "4,321", "█████"])
        {
            Assert.IsTrue(pieces.Any(p => p.Text.Contains(text)
                && p.Style.Foreground == Color.Red), text);
        }

        Assert.IsFalse(pieces.Any(p => p.Text.Contains("client-38")
            && p.Style.Foreground == Color.Red));
    }

    [TestMethod]
    public void ClientsPage_SortsFiltersAndScrolls()
    {
        Assert.AreEqual("client-39", First('2'), "by rate");
        ViewState byName = FixedFrame.After('2', 's', 's', 's', 's', 's');
        Assert.AreEqual("client-00", First(byName), "by name");
        FixedFrame.Press(byName, System.ConsoleKey.DownArrow);
        Assert.AreEqual("client-01", First(byName), "one down");
        Assert.AreEqual("client-07", First('2', '/', '-', '0', '7'), "filtered");
        Assert.AreEqual("client-05", First('2', '/', '.', '2', '.', '5'), "by address");
    }

    [TestMethod]
    public void ClientWithAFullQueue_ComesFirst()
    {
        Frame frame = FixedFrame.Make(FixedFrame.After('2'));
        frame.Sample.Clients[1] = frame.Sample.Clients[1] with { IsFull = true };
        frame.Sample.Clients[39] = frame.Sample.Clients[39] with { IsFull = false };
        string[] lines = FixedFrame.Text(frame, 80, 24);
        StringAssert.StartsWith(lines[3], "client-01 ");
        StringAssert.StartsWith(lines[4], "client-39 ");
    }

    [TestMethod]
    public void Scrolling_EndsWithTheLastRow()
    {
        var state = FixedFrame.After('2');
        for (int i = 0; i < 100; i++)
        {
            FixedFrame.Press(state, System.ConsoleKey.PageDown);
        }

        string[] lines = FixedFrame.Text(FixedFrame.Make(state), 80, 24);
        // Header, heading, titles; the keys are the last line.
        StringAssert.StartsWith(lines[^2], "client-00");
        StringAssert.StartsWith(lines[1], "── clients 21 to 40 of 40");
    }

    [TestMethod]
    public void LogPage_GoesBackInTimeAndFilters()
    {
        string[] lines = FixedFrame.Text(
            FixedFrame.Make(FixedFrame.After('5', System.ConsoleKey.UpArrow)), 80, 24);
        StringAssert.Contains(lines[^2], "client-59");
        lines = FixedFrame.Text(
            FixedFrame.Make(FixedFrame.After('5', '/', 'r', 'e', 'f', 'u')), 80, 24);
        Assert.AreEqual(1, lines.Count(l => l.Contains("refused")));
        Assert.AreEqual(0, lines.Count(l => l.Contains("connected")));
    }

    [TestMethod]
    public void LongLine_IsFoldedAndNothingOfItIsLost()
    {
        Frame frame = FixedFrame.Make(FixedFrame.After('5'));
        string text = new string('a', 100) + "\u001b[31m" + new string('z', 100);
        frame = frame with { Log = [new LogLine(System.DateTime.UtcNow, text)] };
        string all = string.Concat(FixedFrame.Text(frame, 80, 24).Skip(2).SkipLast(1));
        StringAssert.Contains(all, new string('a', 100) + "?[31m" + new string('z', 100));
    }

    private static string First(params object[] keys)
    {
        return First(FixedFrame.After(keys));
    }

    private static string First(ViewState state)
    {
        return FixedFrame.Text(FixedFrame.Make(state), 80, 24)[3].Split(' ')[0];
    }
}
