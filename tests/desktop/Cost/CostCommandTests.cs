using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using EdgeBroker.Boards;
using EdgeBroker.Simulator;
using EdgeBroker.Simulator.Cost;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Cost;

/// <summary>The command line of `cost`, and what stands behind its times.</summary>
[TestClass]
public sealed class CostCommandTests
{
    [TestMethod]
    public void OperationThatIsNotThere_IsRefused()
    {
        ParseResult parsed = Cost().Parse(["--hot", "toast"]);
        Assert.IsEmpty(parsed.Errors);
        Assert.AreEqual(ExitCode.Usage, parsed.Invoke());
    }

    [TestMethod]
    public void VersionThatIsNotSpoken_IsAnErrorOfTheCommandLine() =>
        Assert.IsNotEmpty(Cost().Parse(["--mqtt", "3.1"]).Errors);

    [TestMethod]
    public void BoardsWithTheSlowerClock_AreTheC3AndTheC6()
    {
        BoardProfile[] boards = [.. KnownBoards.All];
        CollectionAssert.AreEqual(new[] { "esp32-c3", "esp32-c6" },
            boards.Where(board => BoardSpeed.Of(board).Megahertz == 160)
                .Select(board => board.Name).ToArray());
        Assert.IsTrue(boards.All(board => BoardSpeed.All.Contains(BoardSpeed.Of(board))));
        Assert.AreEqual(60.0, BoardSpeed.Of(AllBoards.Find("esp32")).Least);
        Assert.AreEqual(270.0, BoardSpeed.Of(AllBoards.Find("esp32-c3")).Most);
    }

    [TestMethod]
    public void Document_NamesEachOperation()
    {
        string document = Repository.Read("docs/cost.md");
        foreach (OperationInfo operation in OperationList.All)
        {
            Assert.Contains($"  {operation.Name} ", document);
        }
    }

    [TestMethod]
    public void Json_HasWhatTheTableHas()
    {
        var lab = new CostLab();
        OperationCost cost = lab.Count("loop-flow", 4);
        BoardProfile board = AllBoards.Find("esp32-c3");
        JsonNode all = JsonNode.Parse(
            CostJson.Text("3.1.1", [cost], "loop-flow", [board], lab.Methods));
        JsonNode flow = all["operations"][0];
        double instructions = flow["work"]["instruction"].GetValue<double>();
        double onPc = flow["microsecondsOnPc"].GetValue<double>();

        Assert.AreEqual(cost.Work[WorkKind.Instruction] / 4.0, instructions, "of one message");
        Assert.AreEqual(instructions, flow["methods"].AsArray()
            .Sum(method => method["work"]["instruction"].GetValue<double>()), 0.001);
        Assert.AreEqual(90 * onPc,
            flow["boards"][board.Name]["leastMicroseconds"].GetValue<double>(), 0.001);
        Assert.AreEqual(lab.Methods.Max(method => method.FrameBytes),
            all["largestFrames"][0]["bytes"].GetValue<int>());
    }

    // A loop's turn, an element of a static array, `this.field++`, an instance call of one
    // argument: what was measured comes out again.
    [TestMethod]
    [DataRow(22, 7, 0, 0, 0)]
    [DataRow(12, 3, 0, 1, 0)]
    [DataRow(30, 6, 2, 0, 0)]
    [DataRow(40.5, 4, 0, 0, 1)]
    public void Times_GiveBackWhatWasMeasured(
        double ns, int instructions, int fields, int elements, int calls)
    {
        var work = new WorkAmounts();
        work.Add(WorkKind.Instruction, instructions);
        work.Add(WorkKind.Field, fields);
        work.Add(WorkKind.Element, elements);
        work.Add(WorkKind.Call, calls);
        Assert.AreEqual(ns, work.Nanoseconds, 0.001);
    }

    private static Command Cost()
    {
        var cost = new Command("cost");
        CostCommand.AddTo(cost);
        return cost;
    }
}
