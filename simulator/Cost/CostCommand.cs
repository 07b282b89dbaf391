using System;
using System.CommandLine;

namespace EdgeBroker.Simulator.Cost;

/// <summary>The verb `cost`: what one operation takes on a device.</summary>
public static class CostCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Counts what one message costs on a board: instructions, calls, memory, time.";

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command) => command.SetAction(Run);

    private static int Run(ParseResult options)
    {
        var lab = new CostLab();
        foreach (OperationInfo operation in OperationList.All)
        {
            OperationCost cost = lab.Count(operation.Name, 4);
            Console.Out.WriteLine($"{operation.Name} {cost.Work[WorkKind.Instruction]} "
                + $"{cost.Work.Calls} {cost.Work[WorkKind.NativeCall]} {cost.Allocations} "
                + $"{cost.Work.Nanoseconds:N0}");
        }

        return 0;
    }
}
