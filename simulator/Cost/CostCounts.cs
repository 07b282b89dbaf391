using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Cost;

/// <summary>
/// The counts of all operations as lines of text: what tests/desktop/Cost/counts.txt holds.
/// </summary>
public static class CostCounts
{
    private const string Heading =
        "# dotnet run -c Release --project simulator -- cost --counts > "
        + "tests/desktop/Cost/counts.txt";

    /// <summary>A line for each operation and version; where a run has several messages it is
    /// for all of them.</summary>
    public static IEnumerable<string> Lines(CostLab lab) =>
        new[] { ProtocolVersion.V311, ProtocolVersion.V5 }
            .SelectMany(version => OperationList.All.Select(
                operation => Line(lab.Count(operation.Name, version), version)))
            .Prepend(Heading);

    /// <summary>A line for one operation.</summary>
    public static string Line(OperationCost cost, byte version) =>
        $"{(version == ProtocolVersion.V5 ? "5.0  " : "3.1.1")} {cost.Operation.Name,-13}"
        + $"{cost.Work[WorkKind.Instruction],8} IL {cost.Work.Calls,6} calls "
        + $"{cost.Work[WorkKind.NativeCall],5} native {cost.Allocations,3} new "
        + $"{cost.AllocatedBytes,5} bytes";
}
