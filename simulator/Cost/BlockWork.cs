using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Simulator.Cost;

/// <summary>Reckons from compiled code what one run of a basic block does on the device.</summary>
internal static class BlockWork
{
    /// <summary>The work of a block.</summary>
    /// <param name="first">Its first instruction.</param>
    /// <param name="next">The first instruction of the block behind it, or null.</param>
    public static WorkAmounts Of(Instruction first, Instruction? next)
    {
        var work = new WorkAmounts();
        for (Instruction? at = first; at != next; at = at!.Next)
        {
            Add(at!, work);
        }

        return work;
    }

    private static void Add(Instruction instruction, WorkAmounts work)
    {
        work.Add(WorkKind.Instruction);
        switch (instruction.OpCode.Code)
        {
            case Code.Ldfld or Code.Ldflda or Code.Stfld:
                work.Add(WorkKind.Field);
                break;
            case Code.Ldsfld or Code.Ldsflda or Code.Stsfld:
                work.Add(WorkKind.StaticField);
                break;
            case >= Code.Ldelema and <= Code.Stelem_Any:
                work.Add(WorkKind.Element);
                break;
            case Code.Newarr or Code.Box:
                work.Add(WorkKind.NewArray);
                break;
            case Code.Newobj:
                work.Add(WorkKind.NewObject);
                AddCall((MethodReference)instruction.Operand, false, work);
                break;
            case Code.Call:
                AddCall((MethodReference)instruction.Operand, false, work);
                break;
            case Code.Callvirt:
                AddCall((MethodReference)instruction.Operand, true, work);
                break;
            default:
                break;
        }
    }

    private static void AddCall(MethodReference called, bool looksUp, WorkAmounts work)
    {
        TypeReference type = called.DeclaringType;
        if (!OwnCode.Has(type))
        {
            LibraryCalls.Add(called, work);
            return;
        }

        // A delegate's methods have no bodies; neither have those of an interface.
        MethodDefinition target = called.Resolve();
        work.Add(!looksUp || (!target.IsVirtual && !target.IsRuntime) ? WorkKind.Call
            : target.DeclaringType.IsInterface ? WorkKind.InterfaceCall
            : WorkKind.VirtualCall);
    }
}
