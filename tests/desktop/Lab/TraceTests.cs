using System;
using EdgeBroker.Simulator;
using EdgeBroker.Simulator.Lab.Plans;
using EdgeBroker.Simulator.Lab.Run;
using EdgeBroker.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>The same seeds give the same trace in another process: nothing of this one, like its
/// secret hash codes, gets into a run.</summary>
[TestClass]
public sealed class TraceTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [TestMethod]
    [DataRow("calm")]
    [DataRow("flaky")]
    [DataRow("hostile")]
    [DataRow("swarm")]
    public void SameSeeds_GiveTheSameTrace_InAnotherProcess(string name)
    {
        var here = new SeedRunner(PlanFile.Load(name), null, 1, 6);
        here.Run(1, _ => { });
        using var there = new LineProcess("dotnet",
            [typeof(Program).Assembly.Location, "simulate", "--plan", name, "--seed", "1",
                "--seeds", "6"]);
        Assert.AreEqual(0, there.WaitForExit(_patience), there.Transcript);
        StringAssert.Contains(there.Transcript, $"trace {here.Trace:x16}");
    }
}
