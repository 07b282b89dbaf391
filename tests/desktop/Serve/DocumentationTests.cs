using System;
using System.Collections.Generic;
using System.Linq;
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
        HashSet<string> lines =
        [
            .. Repository.Read("docs/simulator.md").Split('\n')
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Where(line => !line.StartsWith("| `--", StringComparison.Ordinal)),
        ];
        string[] rows = [.. KeywordHelp.MarkdownRows(Keywords.All)];
        Offenders.AssertNone("rows that docs/simulator.md does not have",
            rows.Where(row => !lines.Contains(row)));
        Assert.HasCount(rows.Length, lines, "rows of keywords that there are not");
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

    private static bool IsLimit(string name)
    {
        return name is not "max_qos" and not "max_keepalive"
            && (name.StartsWith("max_", StringComparison.Ordinal) || name == "memory_limit"
                || name.EndsWith("_timeout", StringComparison.Ordinal)
                || name.StartsWith("queue_full", StringComparison.Ordinal));
    }
}
