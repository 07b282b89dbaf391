using System;
using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// Whatever comes in, the core accepts it or says protocol error, sends only valid packets, and
/// gives all memory back.
/// </summary>
[TestClass]
public sealed class FuzzTests
{
    private const int PacketsPerSeed = 10_000;

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void RandomAndMutatedPackets_AreSurvived(int seed)
    {
        TestContext.WriteLine($"seed {seed}");
        new FuzzRun(seed).Run(PacketsPerSeed);
    }

    [TestMethod]
    public void TheRuns_MeetEveryLimit()
    {
        long[] sums = new long[Counter.Count];
        for (int seed = 101; seed <= 110; seed++)
        {
            FuzzRun run = new(seed);
            run.Run(2_000);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += run.Counters[i];
            }
        }

        for (int i = 0; i < sums.Length; i++)
        {
            TestContext.WriteLine($"{Counter.NameOf(i)} {sums[i]}");
        }

        for (int i = 0; i < sums.Length; i++)
        {
            Assert.IsGreaterThan(0L, sums[i], Counter.NameOf(i));
        }
    }

    private static System.Collections.Generic.IEnumerable<object[]> Seeds()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            yield return [seed];
        }
    }
}
