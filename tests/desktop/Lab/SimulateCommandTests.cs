using System.CommandLine;
using EdgeBroker.Simulator;
using EdgeBroker.Simulator.Lab;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>What cannot be played is refused before anything is played.</summary>
[TestClass]
public sealed class SimulateCommandTests
{
    [TestMethod]
    [DataRow("--seed", "-1")]
    [DataRow("--seed", "x")]
    [DataRow("--seeds", "0")]
    [DataRow("--seeds", "x")]
    [DataRow("--jobs", "0")]
    [DataRow("--board", "toaster")]
    public void WhatCannotBe_IsAnErrorOfTheCommandLine(string option, string value) =>
        Assert.IsNotEmpty(Simulate().Parse(["--plan", "calm", option, value]).Errors);

    [TestMethod]
    [DataRow("--plan", "calm", "--seeds", "2147483647")]
    [DataRow("--plan", "calm", "--seed", "2147483647")]
    [DataRow("--plan", "no such plan")]
    public void WhatCannotBePlayed_IsRefused(params string[] line)
    {
        ParseResult parsed = Simulate().Parse(line);
        Assert.IsEmpty(parsed.Errors);
        Assert.AreEqual(ExitCode.Usage, parsed.Invoke());
    }

    private static Command Simulate()
    {
        var simulate = new Command("simulate");
        SimulateCommand.AddTo(simulate);
        return simulate;
    }
}
