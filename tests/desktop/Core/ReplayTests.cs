using System;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Plans;
using EdgeBroker.Simulator.Lab.Record;
using EdgeBroker.Simulator.Lab.Run;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// The core is a machine: the same verbs at the same times give the same bytes, and questions in
/// between change nothing.
/// </summary>
[TestClass]
public sealed class ReplayTests
{
    private const int Seeds = 40;

    [TestMethod]
    public void Recording_PlayedAgain_GivesTheSameBytesAndCounters() => Check(_ => null);

    [TestMethod]
    public void Recording_WithEveryQuestionInBetween_GivesTheSame() =>
        Check(seed => new CuriousTap(new Random(seed)));

    private static void Check(Func<int, CuriousTap> tapOf)
    {
        string path = Path.GetTempFileName();
        try
        {
            Plan plan = PlanFile.Load("swarm");
            for (int seed = 1; seed <= Seeds; seed++)
            {
                Scenario scenario = ScenarioMaker.Make(plan, seed);

                // A recording does not hold what a board says of itself under $SYS.
                scenario.Settings["SysIntervalS"] *= scenario.Subject == Simulation.Pc ? 1 : 0;
                Outcome outcome = Simulation.Run(
                    scenario with { Events = [.. scenario.Events.Where(e => e.Do != Deed.Reboot)] },
                    path);
                Assert.IsNull(outcome.Checker, $"seed {seed}: {outcome.What}");
                Play(path, tapOf(seed), $"seed {seed}");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Play(string path, CuriousTap tap, string where)
    {
        using FileStream file = File.OpenRead(path);
        var reader = new RecordingReader(file);
        var player = new Player(reader, reader.What, null, tap);
        tap?.Watch(player.Broker, reader.What.Limits);
        ReplayResult result = player.Play();
        Assert.IsNull(result.Difference, where);
        Assert.AreEqual(RecordingEnd.Whole, result.End, where);
    }
}
