using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using EdgeBroker.Simulator.Bench;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Spectre.Console;

namespace EdgeBroker.Tests.Desktop.Bench;

/// <summary>What was measured is put together and written as it is.</summary>
[TestClass]
public sealed class ReportTests
{
    private static readonly BenchResult[] _results =
    [
        Result("fanin", "ours", 100, true) with { Lost = 1, Gone = 5 },
        Result("fanin", "<b>[theirs]", 25, true),
        Result("fanin", "ours", 300, true) with { Lost = 2, Disorder = 4 },
        Result("fanin", "<b>[theirs]", 75, true),
        Result("pingpong", "ours", 20, false),
        Result("pingpong", "<b>[theirs]", 10, false),
    ];

    [TestMethod]
    public void Rows_HaveMediansSumsAndHowFarAheadOfTheFirst()
    {
        IReadOnlyList<Row> rows = Row.Of(_results);
        Assert.HasCount(4, rows);
        Row ours = rows[0];
        Assert.AreEqual(200, ours.Value);
        Assert.AreEqual(100, ours.Least);
        Assert.AreEqual(300, ours.Most);
        Assert.AreEqual(3, ours.Lost);
        Assert.AreEqual(4, ours.Disorder);
        Assert.AreEqual(5, ours.Gone);
        Assert.AreEqual(1, ours.Ahead);
        Assert.AreEqual(0.25, rows[1].Ahead);
        Assert.AreEqual(2, rows[3].Ahead, "half the time is twice as good");
        Assert.AreEqual(1.5, ours.LatencyUs("p50"));
        Assert.IsNull(ours.LatencyUs("p99"));
        Assert.IsNull(ours.CpuUs);
    }

    [TestMethod]
    public void Median_OfOddAndEvenCounts()
    {
        Assert.AreEqual(2, Row.Median([3, 1, 2]));
        Assert.AreEqual(2.5, Row.Median([4, 1, 2, 3]));
    }

    [TestMethod]
    public void Files_HoldAllOfIt()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var files = new BenchFiles(Machine.This(), "bench", _results, ["idle: none"]);
            string page = Path.Combine(folder, "b.md");
            files.WriteMarkdown(page);
            files.WriteJson(Path.Combine(folder, "b.json"));
            string text = File.ReadAllText(page);
            StringAssert.Contains(text, "| fanin, 64 bytes: messages/s | 200.0 (100.0 to 300.0) "
                + "| 50.0 (25.0 to 75.0) |");
            StringAssert.Contains(text, "not measured: idle: none");
            XElement picture = XDocument.Load(Path.Combine(folder, "b.svg")).Root;
            Assert.AreEqual(4, picture.Elements().Count(
                e => e.Name.LocalName == "rect" && e.Attribute("x") != null));
            CollectionAssert.Contains(
                picture.Elements().Select(e => e.Value).ToArray(), "<b>[theirs]");
            using JsonDocument json = JsonDocument.Parse(
                File.ReadAllText(Path.Combine(folder, "b.json")));
            Assert.AreEqual(6, json.RootElement.GetProperty("results").GetArrayLength());
            Assert.AreEqual(1.5, json.RootElement.GetProperty("results")[0]
                .GetProperty("latencyUs").GetProperty("p50").GetDouble());
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public void Table_FitsATerminal()
    {
        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 80;
        BenchTable.Show(console, Row.Of(_results));
        string[] lines = text.ToString().Split('\n');
        Assert.IsTrue(lines.All(line => line.TrimEnd().Length <= 80), text.ToString());
        Assert.IsTrue(lines.Any(line => line.Contains("median") && line.Contains("order")),
            text.ToString());
        Assert.IsTrue(lines.Any(line => line.Contains("ours") && line.Contains("200")),
            text.ToString());
    }

    private static BenchResult Result(
        string scenario, string broker, double value, bool isMoreBetter) => new()
        {
            Scenario = scenario,
            Broker = broker,
            Payload = 64,
            Value = value,
            Unit = isMoreBetter ? "messages/s" : "us",
            IsMoreBetter = isMoreBetter,
            LatencyUs = new Dictionary<string, double> { ["p50"] = 1.5 },
        };
}
