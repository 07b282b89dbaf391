using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.RegularExpressions;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>The documentation says what the table of keywords says.</summary>
[TestClass]
public sealed class DocumentationTests
{
    [TestMethod]
    public void SimulatorDocument_HasARowForEachKeyword()
    {
        AssertRows(5, KeywordHelp.MarkdownRows(Keywords.All));
    }

    [TestMethod]
    public void SimulatorDocument_ComparesEachKeywordWithMosquitto()
    {
        AssertRows(3, KeywordHelp.ComparisonRows());
    }

    [TestMethod]
    public void SimulatorDocument_ListsWhatARunningBrokerTakesOver()
    {
        string list = string.Join(", ", Keywords.All.Where(keyword => keyword.IsTakenOver)
            .Select(keyword => $"`{keyword.Name}`"));
        StringAssert.Contains(Repository.Read("docs/simulator.md"),
            $"These keywords are taken over:\n{list}.\n");
    }

    [TestMethod]
    public void Comparison_HasEachKeywordOfMosquittosManual()
    {
        const string Manual = "/usr/share/man/man5/mosquitto.conf.5.gz";
        if (!File.Exists(Manual))
        {
            Assert.Inconclusive("the manual of mosquitto.conf is not installed");
        }

        using var unpacked = new GZipStream(File.OpenRead(Manual), CompressionMode.Decompress);
        string text = new StreamReader(unpacked).ReadToEnd().Replace("\\&", "");
        // An entry is a paragraph that begins with bold keywords, each with its value.
        string[] names = [.. text.Split(".PP\n").Select(paragraph => paragraph.Split('\n')[0])
            .Where(line => Regex.IsMatch(line, @"^\\fB[a-z][a-z0-9_.*]+\\fR( |$)"))
            .SelectMany(line => Regex.Matches(line, @"\\fB([a-z][a-z0-9_.*]+)\\fR"))
            .Select(match => match.Groups[1].Value)
            .Where(name => name is not "mosquitto" and not "mosquitto.conf")];
        Assert.IsGreaterThan(80, names.Length);
        Offenders.AssertNone("keywords of the manual that the table does not have",
            names.Where(name => Keywords.Mosquittos.All(keyword => keyword.Name != name)
                && AbsentKeywords.Find(name) == null));
    }

    [TestMethod]
    public void Comparison_HasEachKeywordOnce()
    {
        string[] names = [.. Keywords.All.Select(keyword => keyword.Name),
            .. AbsentKeywords.All.SelectMany(absent => absent.Names)];
        Offenders.AssertNone("keywords that stand there twice",
            names.Where(name => names.Count(other => other == name) > 1));
    }

    [TestMethod]
    public void LimitsDocument_NamesEachKeywordThatSetsALimit()
    {
        string document = Repository.Read("docs/limits.md");
        string[] limits = [.. Keywords.All.Select(k => k.Name).Where(IsLimit)];
        Assert.IsNotEmpty(limits);
        Offenders.AssertNone("limits that docs/limits.md does not name",
            limits.Where(name => !document.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Readme_ShowsTheSampleThatIsCompiled()
    {
        string readme = Repository.Read("README.md");
        string block = readme[(readme.IndexOf("```csharp\n", StringComparison.Ordinal) + 10)..];
        block = block[..block.IndexOf("```", StringComparison.Ordinal)];
        string[] sample = [.. Repository.Read("samples/embed/DotNetHost.cs").Split('\n')
            .Select(line => line.Trim())];
        string[] shown = [.. block.Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && line != "...")];
        Assert.IsGreaterThan(20, shown.Length);
        Offenders.AssertNone("lines that the sample does not have",
            shown.Where(line => !sample.Contains(line)));
    }

    /// <summary>Compares the rows of the tables that have so many columns.</summary>
    private static void AssertRows(int columns, IEnumerable<string> expected)
    {
        HashSet<string> lines =
        [
            .. Repository.Read("docs/simulator.md").Split('\n')
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Where(line => !line.StartsWith("| `--", StringComparison.Ordinal))
                .Where(line => line.Count(letter => letter == '|') == columns + 1),
        ];
        string[] rows = [.. expected];
        Offenders.AssertNone("rows that docs/simulator.md does not have",
            rows.Where(row => !lines.Contains(row)));
        Assert.HasCount(rows.Length, lines, "rows of keywords that there are not");
    }

    private static bool IsLimit(string name)
    {
        return name is not "max_qos" and not "max_keepalive"
            && (name.StartsWith("max_", StringComparison.Ordinal) || name == "memory_limit"
                || name.EndsWith("_timeout", StringComparison.Ordinal)
                || name.StartsWith("queue_full", StringComparison.Ordinal));
    }
}
