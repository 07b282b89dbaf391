using System;
using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Simulator.Cost;

/// <summary>
/// The stack frame that a method needs on the device. Frames live on the managed heap there, each
/// in one piece, so a large one is what a full heap refuses first.
/// </summary>
public static class DeviceFrame
{
    /// <summary>Bytes of the smallest frame, which native methods have too.</summary>
    public const int LeastBytes = BlockBytes * (HeaderBlocks + LeastSlots);

    private const int BlockBytes = 12;
    private const int HeaderBlocks = 7;
    private const int ExtraSlots = 3;
    private const int LeastSlots = 10;

    /// <summary>Bytes of a frame: header, locals and evaluation stack in heap blocks.</summary>
    public static int Bytes(MethodDefinition method)
    {
        int slots = method.Body.Variables.Count + Depth(method.Body) + ExtraSlots;
        return BlockBytes * (HeaderBlocks + Math.Max(slots, LeastSlots));
    }

    /// <summary>
    /// The depth as the metadata processor reckons it: straight on through the instructions. It
    /// starts anew after a short jump and a throw, but not after a return, so that a switch of
    /// returns has a place for each of them.
    /// </summary>
    private static int Depth(MethodBody body)
    {
        var reached = new Dictionary<Instruction, int>();
        int depth = 0;
        int most = 0;
        foreach (Instruction instruction in body.Instructions)
        {
            depth = reached.GetValueOrDefault(instruction, depth);
            if (instruction.OpCode.Code is Code.Throw or Code.Endfinally or Code.Endfilter
                or Code.Leave_S or Code.Br_S or Code.Leave)
            {
                depth = 0;
                continue;
            }

            depth += Calls(instruction) + Pushes(instruction.OpCode) - Pops(instruction.OpCode);
            if (instruction.Operand is Instruction target)
            {
                reached[target] = Math.Max(reached.GetValueOrDefault(target), depth);
            }

            most = Math.Max(most, depth);
        }

        return most;
    }

    private static int Calls(Instruction instruction)
    {
        if (instruction.Operand is not MethodReference method
            || instruction.OpCode.Code is not (Code.Newobj or Code.Call or Code.Callvirt))
        {
            return 0;
        }

        bool isNew = instruction.OpCode.Code == Code.Newobj;
        bool isVoid = method.ReturnType.MetadataType == MetadataType.Void;
        return -method.Parameters.Count - (!isNew && method.HasThis ? 1 : 0)
            + (!isNew && !isVoid ? 1 : 0);
    }

    private static int Pushes(OpCode code) => code.StackBehaviourPush switch
    {
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Push0 or StackBehaviour.Varpush => 0,
        _ => 1,
    };

    private static int Pops(OpCode code) => code.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 or StackBehaviour.Varpop or StackBehaviour.PopAll => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi
            or StackBehaviour.Popref_popi_popi8 or StackBehaviour.Popref_popi_popr4
            or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        _ => 2,
    };
}
