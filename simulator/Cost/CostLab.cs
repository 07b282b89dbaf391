using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Cost;

/// <summary>
/// A second copy of the simulator whose core and firmware count what they do; here stands what the
/// counts mean.
/// </summary>
public sealed class CostLab : WovenCopy
{
    private static readonly Lazy<(CostWeaver Weaver, Dictionary<string, byte[]> Code)> _woven =
        new(Weave);

    private readonly CostWeaver _weaver = _woven.Value.Weaver;

    /// <summary>A copy; the same code is woven once for all of them.</summary>
    public CostLab()
        : base(_woven.Value.Code)
    {
    }

    /// <summary>All methods that go to a device.</summary>
    public IReadOnlyList<WovenMethod> Methods => _weaver.Methods;

    /// <summary>Counts one operation, once it does the same each time.</summary>
    /// <param name="operation">A name, see OperationList.</param>
    /// <param name="version">The protocol version, as CONNECT has it.</param>
    /// <param name="warmUp">Runs before the one that is counted.</param>
    public OperationCost Count(
        string operation, byte version, int warmUp = CostWorker.WarmUp)
    {
        var counts = (long[][])Call(typeof(CostWorker), nameof(CostWorker.Count), operation,
            version, warmUp, _weaver.Blocks.Count, _weaver.Methods.Count)!;
        return new OperationCost(
            OperationList.Find(operation)!, _weaver, counts[0], counts[1], counts[2]);
    }

    private static (CostWeaver Weaver, Dictionary<string, byte[]> Code) Weave()
    {
        var weaver = new CostWeaver();
        return (weaver, OwnCode.Assemblies.ToDictionary(
            name => name, name => weaver.Weave(PathOf(name))));
    }
}
