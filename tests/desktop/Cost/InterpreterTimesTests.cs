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

    [TestMethod]
    [DataRow("validate", 436, 0, 17, 0, 0, 1.98)]
    [DataRow("match", 1393, 47, 78, 8, 0, 6.56)]
    [DataRow("route-0", 374, 49, 24, 5, 3, 2.72)]
    [DataRow("route-1", 1053, 154, 77, 15, 5, 6.98)]
    [DataRow("route-5", 2877, 390, 253, 27, 9, 18.9)]
    [DataRow("route-15", 7437, 980, 693, 57, 19, 45.1)]
    [DataRow("ping", 1128, 182, 76, 35, 0, 7.26)]
    [DataRow("tick", 7447, 1656, 375, 146, 0, 46.7)]
    public void WorkThatIsRepeatedAtOnce_TakesTheTimeThatWasMeasured(string operation,
        int instructions, int fields, int elements, int calls, int natives, double microseconds)
    {
        double reckoned = Of(instructions, fields, elements, calls, natives).Nanoseconds / 1000;
        Assert.IsLessThan(MostFactor, microseconds / reckoned, operation);
        Assert.IsLessThan(MostFactor, reckoned / microseconds, operation);
    }

    [TestMethod]
    [DataRow("validate", 436, 0, 17, 0, 0, 21_319)]
    [DataRow("match", 1393, 47, 78, 8, 0, 72_595)]
    [DataRow("route-0", 374, 49, 24, 5, 3, 31_400)]
    [DataRow("route-1", 1053, 154, 77, 15, 5, 80_854)]
    [DataRow("route-5", 2877, 390, 253, 27, 9, 206_686)]
    [DataRow("route-15", 7437, 980, 693, 57, 19, 521_560)]
    [DataRow("route-new", 3394, 283, 193, 38, 10, 212_095)]
    [DataRow("replay", 6899, 594, 388, 131, 2, 422_635)]
    [DataRow("connect", 6346, 864, 357, 211, 6, 467_103)]
    [DataRow("ping", 1128, 182, 76, 35, 0, 89_020)]
    [DataRow("tick", 7447, 1656, 375, 146, 0, 574_185)]
    public void AnyWork_TakesTheMachineInstructionsThatWereCounted(string operation,
        int instructions, int fields, int elements, int calls, int natives, int counted)
    {
        double reckoned = Of(instructions, fields, elements, calls, natives).Nanoseconds
            * MachineInstructions;
        Assert.AreEqual(1, reckoned / counted, 0.07, operation);
    }

    private static Work Of(int instructions, int fields, int elements, int calls, int natives)
    {
        var work = new Work();
        work.Add(WorkKind.Instruction, instructions);
        work.Add(WorkKind.Field, fields);
        work.Add(WorkKind.Element, elements);
        work.Add(WorkKind.Call, calls);
        work.Add(WorkKind.NativeCall, natives);
        return work;
    }
}
