using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Fuzz;
using EdgeBroker.Simulator.Lab.Weaving;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>What fuzzing has found worth keeping is played again, and fuzzing goes on a while.
/// </summary>
[TestClass]
public sealed class FuzzCorpusTests
{
    private const int Runs = 1500;

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("codec")]
    [DataRow("topics")]
    [DataRow("broker")]
    public void CorpusAndMore_TheCoreStandsIt(string target)
    {
        byte[][] start = CorpusPlay.Files(target);
        Assert.IsGreaterThan(20, start.Length, "the corpus lacks");
        var session = new FuzzSession(target, 5, start.Length + Runs, TimeSpan.MaxValue);
        session.Run(start, 1);
        TestContext.WriteLine(session.Summary());
        Assert.IsNull(session.Failure, session.Failure?.What);
        Assert.IsGreaterThanOrEqualTo(start.Length + Runs, session.Runs, "it stopped early");
    }

    [TestMethod]
    public void SameSeed_SameRun()
    {
        FuzzSession[] sessions = [.. Enumerable.Range(0, 2).Select(
            _ => new FuzzSession("broker", 11, 300, TimeSpan.MaxValue))];
        foreach (FuzzSession session in sessions)
        {
            session.Run([], 1);
        }

        Assert.AreEqual(sessions[0].Summary(), sessions[1].Summary());
        Assert.IsNotEmpty(sessions[0].Found);
        CollectionAssert.AreEqual(Names(sessions[0].Found), Names(sessions[1].Found));
    }

    [TestMethod]
    public void Minimized_SmallerWithTheSameCoverage()
    {
        var session = new FuzzSession("codec", 3, 800, TimeSpan.MaxValue);
        session.Run([], 1);
        IReadOnlyList<byte[]> kept = Minimize([.. session.Found]);
        Assert.IsGreaterThan(0, kept.Count);
        Assert.IsLessThan(session.Found.Count, kept.Count);
        var before = new FuzzSession("codec", 3, session.Found.Count, TimeSpan.MaxValue);
        before.Run(session.Found, 1);
        var after = new FuzzSession("codec", 3, kept.Count, TimeSpan.MaxValue);
        after.Run(kept, 1);
        Assert.AreEqual(Edges(before), Edges(after));
    }

    [TestMethod]
    public void CasesOfTheBroker_MeetEveryLimit()
    {
        var play = new CorpusPlay("broker");
        play.Run(200);
        var target = (BrokerTarget)play.Target;
        for (int i = 0; i < Counter.Count; i++)
        {
            TestContext.WriteLine($"{Counter.NameOf(i)} {target.Counters[i]}");
        }

        // The fuzzed broker is a board's: it keeps no sessions.
        Assert.AreEqual("", string.Join(' ', Enumerable.Range(0, Counter.Count)
            .Where(i => i != Counter.LimitSessions && target.Counters[i] == 0)
            .Select(Counter.NameOf)), "never met");
    }

    private static IReadOnlyList<byte[]> Minimize(byte[][] files) =>
        (IReadOnlyList<byte[]>)new WovenLab().Call(
            typeof(FuzzWorker), nameof(FuzzWorker.Minimize), "codec", files);

    private static string Edges(FuzzSession session) => session.Summary().Split(", ")[1];

    private static string[] Names(IEnumerable<byte[]> files) =>
        [.. files.Select(file => FuzzCase.Read(file).FileName())];
}
