using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;

namespace EdgeBroker.Simulator.Lab.Weaving;

/// <summary>Where the basic blocks of a method begin, and which can follow which.</summary>
public sealed class BasicBlocks
{
    /// <param name="body">Compiled code, which is not changed.</param>
    public BasicBlocks(MethodBody body)
    {
        var starts = new HashSet<Instruction> { body.Instructions[0] };
        foreach (Instruction instruction in body.Instructions)
        {
            Instruction[] targets = [.. Targets(instruction)];
            starts.UnionWith(targets);
            if (instruction.Next != null && (targets.Length > 0 || Ends(instruction)))
            {
                starts.Add(instruction.Next);
            }
        }

        starts.UnionWith(body.ExceptionHandlers.Select(h => h.HandlerStart));
        starts.UnionWith(body.ExceptionHandlers.Select(h => h.FilterStart).OfType<Instruction>());
        Starts = [.. body.Instructions.Where(starts.Contains)];
        Followers = [.. Starts.Select(start => Follow(start, starts))];
    }

    /// <summary>The first instruction of each block, in the order of the code.</summary>
    public IReadOnlyList<Instruction> Starts { get; }

    /// <summary>For each block the first instructions of those that can come next.</summary>
    public IReadOnlyList<Instruction[]> Followers { get; }

    private static Instruction[] Follow(Instruction start, HashSet<Instruction> starts)
    {
        Instruction last = start;
        while (last.Next != null && !starts.Contains(last.Next))
        {
            last = last.Next;
        }

        IEnumerable<Instruction> next = Targets(last);
        return last.Next == null || Ends(last)
            ? [.. next.Distinct()]
            : [.. next.Append(last.Next).Distinct()];
    }

    private static IEnumerable<Instruction> Targets(Instruction instruction) =>
        instruction.Operand switch
        {
            Instruction target => [target],
            Instruction[] targets => targets,
            _ => [],
        };

    /// <summary>Whether the next instruction is not reached from this one.</summary>
    private static bool Ends(Instruction instruction) => instruction.OpCode.FlowControl
        is FlowControl.Branch or FlowControl.Return or FlowControl.Throw;
}
