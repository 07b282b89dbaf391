using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EdgeBroker.Tests.Desktop.Structure;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>docs/mistakes.md is what the program really answers.</summary>
[TestClass]
public sealed class TranscriptTests
{
    private const string Prompt = "$ edgebroker ";

    [TestMethod]
    public void WrongCommandLines_AreAnsweredAsWritten()
    {
        string[] answers = [.. Block("text").Where(line => line.Length > 0)];
        int[] starts = [.. Enumerable.Range(0, answers.Length)
            .Where(i => answers[i].StartsWith(Prompt, StringComparison.Ordinal))];
        Assert.IsGreaterThanOrEqualTo(15, starts.Length);
        var found = new string[starts.Length];
        Parallel.For(0, starts.Length, i => found[i] = Run(answers[starts[i]]));
        Assert.AreEqual(string.Join('\n', answers), string.Join('\n', found));
    }

    [TestMethod]
    public void WrongLines_AreAnsweredAsWritten()
    {
        string[] file = Block("conf");
        Assert.IsGreaterThanOrEqualTo(12, file.Length);
        using SimulatorProcess simulator = SimulatorProcess.Start(file, "serve");
        Assert.AreEqual(2, simulator.WaitForExit());
        Assert.AreEqual(string.Join('\n', Block("answer")), string.Join('\n',
            simulator.Errors.Select(line => line.Replace(simulator.ConfigFile, "my.conf"))));
    }

    [TestMethod]
    public void EveryWrongLine_HasItsAnswer()
    {
        Assert.HasCount(Block("conf").Length, Block("answer"));
    }

    private static string Run(string line)
    {
        string[] arguments = line[Prompt.Length..].Split(' ');
        using SimulatorProcess simulator = SimulatorProcess.Start(null, arguments);
        Assert.AreEqual(2, simulator.WaitForExit(), line);
        Assert.IsEmpty(simulator.Output, line);
        return string.Join('\n', [line, .. simulator.Errors]);
    }

    /// <summary>The lines between a fence with a name and the next fence.</summary>
    private static string[] Block(string name)
    {
        IEnumerable<string> lines = Repository.Read("docs/mistakes.md").Split('\n');
        return [.. lines.SkipWhile(line => line != "```" + name).Skip(1)
            .TakeWhile(line => line != "```")];
    }
}
