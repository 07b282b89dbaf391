using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Plans;
using EdgeBroker.Simulator.Lab.Run;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>Scenarios that failed once are played again; each file says what was wrong.</summary>
[TestClass]
public sealed class ScenarioCorpusTests
{
    private static readonly string _folder =
        Path.Combine(Repository.Root, "tests", "corpus", "scenarios");

    public static IEnumerable<object[]> Names() =>
        Directory.GetFiles(_folder).Select(f => new object[] { Path.GetFileName(f) });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ScenarioThatFailedOnce_NothingIsWrong(string name)
    {
        Plan plan = PlanFile.Load(Path.Combine(_folder, name));
        Outcome outcome = SimulationLabs.Run(ScenarioMaker.Make(plan, 1));
        Assert.IsNull(outcome.Checker, $"{plan.About}: {outcome.Checker}: {outcome.What}");
    }
}
