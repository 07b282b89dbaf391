using EdgeBroker.Simulator.Cost;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Cost;

/// <summary>
/// Times that are reckoned are those of the device's interpreter: operations as they were counted
/// when they were measured on it (32-bit nanoCLR 1.17 on a PC, 22 November 2026, docs/cost.md).
/// </summary>
[TestClass]
public sealed class InterpreterTimesTests
{
    private const double MostFactor = 1.5;

    // What the interpreter's own machine instructions were for each nanosecond that is reckoned.
    private const double MachineInstructions = 14.7;

    /// <summary>Nanoseconds are of work that is repeated at once; the rest was not timed.</summary>
    [TestMethod]
    [DataRow("validate", 436, 0, 17, 0, 0, 21_319, 1980)]
    [DataRow("match", 1393, 47, 78, 8, 0, 72_595, 6560)]
    [DataRow("route-0", 374, 49, 24, 5, 3, 31_400, 2720)]
    [DataRow("route-1", 1053, 154, 77, 15, 5, 80_854, 6980)]
    [DataRow("route-5", 2877, 390, 253, 27, 9, 206_686, 18_900)]
    [DataRow("route-15", 7437, 980, 693, 57, 19, 521_560, 45_100)]
    [DataRow("route-new", 3394, 283, 193, 38, 10, 212_095, null)]
    [DataRow("replay", 6899, 594, 388, 131, 2, 422_635, null)]
    [DataRow("connect", 6346, 864, 357, 211, 6, 467_103, null)]
    [DataRow("ping", 1128, 182, 76, 35, 0, 89_020, 7260)]
    [DataRow("tick", 7447, 1656, 375, 146, 0, 574_185, 46_700)]
    public void Work_TakesTheMachineInstructionsAndTheTimeThatWereMeasured(string operation,
        int instructions, int fields, int elements, int calls, int natives, int counted,
        int? nanoseconds)
    {
        double reckoned = Of(instructions, fields, elements, calls, natives).Nanoseconds;
        Assert.AreEqual(1, reckoned * MachineInstructions / counted, 0.07, operation);
        if (nanoseconds is { } measured)
        {
            Assert.IsLessThan(MostFactor, measured / reckoned, operation);
            Assert.IsLessThan(MostFactor, reckoned / measured, operation);
        }
    }

    private static WorkAmounts Of(
        int instructions, int fields, int elements, int calls, int natives)
    {
        var work = new WorkAmounts();
        work.Add(WorkKind.Instruction, instructions);
        work.Add(WorkKind.Field, fields);
        work.Add(WorkKind.Element, elements);
        work.Add(WorkKind.Call, calls);
        work.Add(WorkKind.NativeCall, natives);
        return work;
    }
}
