using System;
using EdgeBroker.Simulator.Cost.Operations;

namespace EdgeBroker.Simulator.Cost;

/// <summary>The door of a CostLab: runs an operation inside.</summary>
public static class CostWorker
{
    /// <summary>Runs after which an operation does the same each time.</summary>
    public const int WarmUp = 200;

    /// <summary>Counts one run of an operation after others like it.</summary>
    /// <param name="operation">A name, see OperationList.</param>
    /// <param name="version">The protocol version, as CONNECT has it.</param>
    /// <param name="warmUp">Runs before the one that is counted.</param>
    /// <param name="blocks">Blocks of the woven code.</param>
    /// <param name="methods">Methods of the woven code.</param>
    /// <returns>See CostMeter.Read.</returns>
    public static long[][] Count(
        string operation, byte version, int warmUp, int blocks, int methods)
    {
        CostMeter.Reset(blocks, methods);
        Operation made = OperationList.Find(operation)!.Make(version);
        for (int i = 0; i < warmUp; i++)
        {
            made.Prepare();
            made.Run();
        }

        made.Prepare();
        CostMeter.IsOn = true;
        made.Run();
        CostMeter.IsOn = false;
        (made as IDisposable)?.Dispose();
        return CostMeter.Read();
    }
}
