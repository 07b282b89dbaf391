using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Net;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>The cost of paused connections, counted in questions to the broker.</summary>
[TestClass]
public sealed class PausedReadingTests
{
    private const int Many = 20_000;

    [TestMethod]
    public void ATurn_AsksSome_ARoundAsksEachOnce()
    {
        int questions = 0;
        var asked = new HashSet<int>();
        var paused = new PausedReading(
            slot =>
            {
                questions++;
                asked.Add(slot);
                return 0;
            },
            _ => Assert.Fail("nobody may go on"));
        AddMany(paused);
        paused.BeginRound();
        while (paused.HasMore)
        {
            int before = questions;
            paused.Ask();
            Assert.IsLessThanOrEqualTo(PausedReading.MostAtOnce, questions - before);
        }

        Assert.AreEqual(Many, questions);
        Assert.HasCount(Many, asked);
    }

    [TestMethod]
    public void Window_LetsEachGoOnOnce_AndForgetsThoseThatAreGone()
    {
        var resumed = new List<int>();
        var paused = new PausedReading(
            slot => slot % 2, connection => resumed.Add(connection.Slot));
        Connection[] all = AddMany(paused);
        all[1].Slot = -1;
        for (int round = 0; round < 2; round++)
        {
            paused.BeginRound();
            while (paused.HasMore)
            {
                paused.Ask();
            }
        }

        resumed.Sort();
        int[] odd = [.. Enumerable.Range(0, Many).Where(slot => slot % 2 == 1 && slot > 1)];
        CollectionAssert.AreEqual(odd, resumed);
        Assert.IsFalse(all[3].IsReadPaused);
        Assert.IsTrue(all[2].IsReadPaused);
        Assert.AreEqual(Many / 2, paused.Count);
    }

    private static Connection[] AddMany(PausedReading paused)
    {
        Connection[] all =
            [.. Enumerable.Range(0, Many).Select(slot => new Connection { Slot = slot })];
        foreach (Connection connection in all)
        {
            paused.Add(connection);
        }

        return all;
    }
}
