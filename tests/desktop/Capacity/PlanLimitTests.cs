using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Firmware;
using EdgeBroker.Simulator;
using EdgeBroker.Simulator.Capacity;
using EdgeBroker.Simulator.Lab.Run;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Capacity;

/// <summary>
/// Where the firmware, played in the laboratory, begins to refuse a fleet that grows, and where
/// `plan` says so.
/// </summary>
[TestClass]
public sealed class PlanLimitTests
{
    private const int Most = 50_000;
    private const double Minutes = 0.05;

    private static readonly string[] _kinds =
    [
        "clients", "identifier", "identifiers", "connect", "packet", "length", "levels",
        "subscriptions", "one client", "text", "shapes", "retained", "retained bytes",
        "wills", "wills and retained",
    ];

    // The others have the limits of one of these.
    private static readonly string[] _kindsOfBoards =
        ["esp32", "esp32-psram", "esp32-s2", "esp32-c3"];

    public static IEnumerable<object[]> KindsOfBoards =>
        from board in _kindsOfBoards
        from kind in _kinds
        select new object[] { board, kind };

    public static IEnumerable<object[]> OtherBoards =>
        from board in KnownBoards.All.Select(board => board.Name)
        where !_kindsOfBoards.Contains(board)
        from kind in _kinds
        select new object[] { board, kind };

    [TestMethod]
    [DynamicData(nameof(OtherBoards))]
    public void FleetOfTheLargestSize_IsServed_AndOneThatIsLargerIsNot(string name, string kind)
    {
        BoardProfile board = AllBoards.Find(name);
        int sure = Largest(n => Hard(kind, n, board).All(resource => resource.Fits));
        int planned = Largest(n => Hard(kind, n, board).All(resource => !resource.IsTooLittle));
        FleetTrial at = FleetTrial.Play(GrowingFleets.Make(kind, sure, board), board, Minutes);
        FleetTrial above = FleetTrial.Play(
            GrowingFleets.Make(kind, planned + 1, board), board, Minutes);
        Assert.IsTrue(at.IsGood, $"{sure}: {string.Join("; ", at.Wrongs())}");
        Assert.IsFalse(above.IsGood, $"{planned + 1} are served as well");
    }

    [TestMethod]
    [DynamicData(nameof(KindsOfBoards))]
    public void FleetThatGrows_StopsFittingWherePlanSaysSo(string name, string kind)
    {
        BoardProfile board = AllBoards.Find(name);
        var why = new List<string>();
        int played = Largest(n =>
        {
            FleetTrial trial = FleetTrial.Play(
                GrowingFleets.Make(kind, n, board), board, Minutes);
            why = trial.IsGood ? why : [.. trial.Wrongs()];
            return trial.IsGood;
        });
        int sure = Largest(n => Hard(kind, n, board).All(resource => resource.Fits));
        int planned = Largest(n => Hard(kind, n, board).All(resource => !resource.IsTooLittle));
        string beyond = $"beyond it {string.Join("; ", why)}";

        Assert.IsGreaterThan(0, sure);
        if (kind == "shapes")
        {
            // Which others come to the same place of the table depends on a number by chance.
            Assert.IsLessThanOrEqualTo(played, sure, beyond);
            Assert.IsLessThanOrEqualTo(planned, played, beyond);
            return;
        }

        Assert.AreEqual(played, planned, beyond);
        Assert.AreEqual(planned, sure);
    }

    /// <summary>
    /// The frames of a subscriber are lost for nearly as long as lwIP waits, just when everybody
    /// publishes. What waits in lwIP is not in the plan, so it is on the safe side.
    /// </summary>
    [TestMethod]
    [DataRow("esp32-c3", 5, 7)]
    [DataRow("esp32", 5, 7)]
    [DataRow("esp32-psram", 5, 7)]
    [DataRow("esp32-c3", 100, 3)]
    [DataRow("esp32", 100, 3)]
    [DataRow("esp32-psram", 100, 3)]
    public void LostFrames_CostMessages_NotBeforePlanSaysSo(
        string name, int bytes, int most)
    {
        BoardProfile board = AllBoards.Find(name);
        int played = Largest(n =>
        {
            Scenario scenario = FleetScenario.Make(Burst(n, bytes), board, Minutes);
            long atMs = scenario.Events.First(e => e.Do == Deed.Publish).AtMs;
            var lost = new Happening { AtMs = atMs, Do = Deed.Blackout, Client = 0, ForMs = 1400 };
            Outcome outcome = SimulationLabs.Run(scenario with
            {
                Events = [.. scenario.Events.Append(lost).OrderBy(e => (e.AtMs, e != lost))],
            });
            Assert.IsNull(outcome.Checker, outcome.What);
            return outcome.Census.Dropped == 0;
        });
        int planned = Largest(n => BoardFit.Reckon(Burst(n, bytes), board)
            .Where(resource => resource.Name.Contains("queue")).All(resource => resource.Fits));

        Assert.IsLessThanOrEqualTo(played, planned);
        Assert.IsLessThanOrEqualTo(most * planned, played, "the plan is of no use");
    }

    [TestMethod]
    public void ManagedHeap_IsWhatTheFirmwareReckonsAtItsStart()
    {
        foreach (BoardProfile board in KnownBoards.All)
        {
            Assert.AreEqual(
                BootLedger.Lines(board).TotalBytes(), HostLedger.Bytes(board), board.Name);
        }
    }

    private static IEnumerable<Resource> Hard(string kind, int n, BoardProfile board) =>
        BoardFit.Reckon(GrowingFleets.Make(kind, n, board), board)
            .Where(resource => resource.IsHard);

    private static Fleet Burst(int messages, int bytes) => new()
    {
        Groups =
        [
            new() { Name = "reader", Subscribes = ["#"] },
            new()
            {
                Name = "writer",
                Publishes = [.. Enumerable.Range(0, messages)
                    .Select(i => new FleetPublication { Topic = "t" + i, Bytes = bytes })],
            },
        ],
    };

    /// <summary>The largest size that holds, when 1 does and each smaller one does.</summary>
    private static int Largest(Func<int, bool> holds)
    {
        int below = 0;
        int above = 1;
        while (above <= Most && holds(above))
        {
            below = above;
            above *= 2;
        }

        while (above - below > 1)
        {
            int middle = (below + above) / 2;
            (below, above) = holds(middle) ? (middle, above) : (below, middle);
        }

        return below;
    }
}
