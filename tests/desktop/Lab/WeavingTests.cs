using System;
using System.Linq;
using EdgeBroker.Simulator.Lab.Fuzz;
using EdgeBroker.Simulator.Lab.Weaving;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>A woven core does what the usual one does, and counts.</summary>
[TestClass]
public sealed class WeavingTests
{
    [TestMethod]
    public void Steps_OfTheSameVerbs_AreTheSame()
    {
        long[] steps = [.. Enumerable.Range(0, 2).Select(_ => StepsOf(new WovenLab()))];
        Assert.IsGreaterThan(1000L, steps[0]);
        Assert.AreEqual(steps[0], steps[1]);
    }

    [TestMethod]
    public void CoreThatIsNotWoven_CountsNothing()
    {
        long before = Coverage.Steps;
        PlaySome();
        Assert.AreEqual(before, Coverage.Steps);
        Assert.AreEqual(0, Coverage.TouchedCount);
    }

    [TestMethod]
    public void Edges_AreManyAndHaveAPlaceEach()
    {
        var weaver = new CoreWeaver();
        weaver.Weave(typeof(EdgeBroker.Broker.MqttBroker).Assembly.Location);
        Assert.IsGreaterThan(3000, weaver.Edges);
    }

    /// <summary>Plays a few random cases; called inside of a woven lab.</summary>
    private static void PlaySome()
    {
        var target = new BrokerTarget();
        var random = new Random(4);
        for (int i = 0; i < 20; i++)
        {
            Assert.IsNull(new CaseRunner(target).Fault(target.NewCase(random)));
        }
    }

    private static long StepsOf(WovenLab lab)
    {
        byte[] file = new BrokerTarget().NewCase(new Random(4)).Write();
        Assert.IsNull(lab.Call(
            typeof(FuzzWorker), nameof(FuzzWorker.Replay), "broker", file));
        return (long)lab.Call(typeof(FuzzWorker), nameof(FuzzWorker.Steps))!;
    }
}
