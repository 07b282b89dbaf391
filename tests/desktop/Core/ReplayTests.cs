using System;
using EdgeBroker.Tests.Desktop.Core.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// The core is a machine: the same verbs at the same times give the same bytes, and questions in
/// between change nothing.
/// </summary>
[TestClass]
public sealed class ReplayTests
{
    private const int Seeds = 60;
    private const int Steps = 1000;

    [TestMethod]
    public void Recording_PlayedAgain_GivesTheSameBytesAndCounters() => Check(_ => null);

    [TestMethod]
    public void Recording_WithEveryQuestionInBetween_GivesTheSame() =>
        Check(seed => new Random(seed));

    private static void Check(Func<int, Random> questions)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            DeliveryRun run = new(seed, false, true);
            run.Run(Steps);
            long[] counters = new Player(run.Limits, run.Settings, questions(seed)).Play(run.Verbs);
            CollectionAssert.AreEqual(run.Counters, counters, $"seed {seed}");
        }
    }
}
