using System.IO;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>Tables go into files and pipes without the codes that terminals understand.</summary>
[TestClass]
public sealed class ReportConsoleTests
{
    private static readonly string _house =
        Path.Combine(Repository.Root, "samples", "fleets", "house.json");

    [TestMethod]
    [DataRow("bench", "--own", "here", "--scenario", "pingpong", "--seconds", "0.01",
        "--rounds", "1")]
    [DataRow("plan")]
    public void Pipe_GetsPlainText(params string[] line)
    {
        string[] arguments = line[0] == "plan" ? [.. line, _house] : line;
        using SimulatorProcess verb = SimulatorProcess.Start(null, arguments);
        verb.WaitForExit();
        string text = string.Join('\n', verb.Output);
        Assert.IsGreaterThan(100, text.Length, verb.Transcript);
        Assert.IsFalse(text.Contains('\u001b'), text);
    }
}
