using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Cost;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Cost;

/// <summary>What an operation costs on a device does not grow unnoticed.</summary>
[TestClass]
public sealed class CostCountTests
{
    private const string CountsFile = "tests/desktop/Cost/counts.txt";

    [TestMethod]
    public void Counts_AreThoseOfTheFile()
    {
        string[] known = Repository.Read(CountsFile)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] counted = [.. CostCounts.Lines(new CostLab())];
        Offenders.AssertNone($"lines of {CountsFile} that changed; if that is meant so, say why in "
            + "the commit, and run: " + counted[0][2..], Changes(known, counted));
    }

    [TestMethod]
    public void NextRun_CountsTheSame()
    {
        var lab = new CostLab();
        foreach (byte version in new[] { ProtocolVersion.V311, ProtocolVersion.V5 })
        {
            foreach (OperationInfo operation in OperationList.All)
            {
                string[] lines =
                [
                    .. new[] { 0, 1 }.Select(more => CostCounts.Line(lab.Count(
                        operation.Name, version, CostWorker.WarmUp + more), version)),
                ];
                Assert.AreEqual(lines[0], lines[1]);
            }
        }
    }

    [TestMethod]
    [DataRow("route-0")]
    [DataRow("route-1")]
    [DataRow("route-15")]
    [DataRow("replay")]
    [DataRow("qos-1")]
    [DataRow("qos-2")]
    [DataRow("resume")]
    [DataRow("connect")]
    [DataRow("loop-publish")]
    [DataRow("loop-flow")]
    [DataRow("loop-idle")]
    public void WhatIsDoneForEachMessageOrTurn_AllocatesNothing(string operation)
    {
        OperationCost cost = new CostLab().Count(operation, ProtocolVersion.V5);
        Assert.AreEqual(0L, cost.Allocations);
        Assert.AreEqual(0L, cost.AllocatedBytes);
    }

    [TestMethod]
    public void Subscribers_CostTheSameEach()
    {
        var lab = new CostLab();
        long[] instructions =
        [
            .. new[] { "route-1", "route-5", "route-15" }.Select(name =>
                lab.Count(name, ProtocolVersion.V311).Work[WorkKind.Instruction]),
        ];
        Assert.AreEqual((instructions[1] - instructions[0]) / 4,
            (instructions[2] - instructions[1]) / 10);
    }

    [TestMethod]
    public void CountedProgram_IsNotInSafeMode() =>
        Assert.DoesNotContain("SetupPage.Turn",
            new CostLab().Count("loop-chores", ProtocolVersion.V311).Methods
                .Select(method => method.Method.Name));

    private static IEnumerable<string> Changes(string[] known, string[] counted) =>
        known.Except(counted).Select(line => "was " + line)
            .Concat(counted.Except(known).Select(line => "is  " + line))
            .OrderBy(line => line[4..], StringComparer.Ordinal);
}
