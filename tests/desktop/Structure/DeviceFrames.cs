using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// The stack frame that a method needs on the device. Frames live on the managed heap there, each
/// in one piece, so a large one is what a full heap refuses first.
/// </summary>
internal static class DeviceFrames
{
    /// <summary>Bytes of the smallest frame, which native methods have too.</summary>
    public const int LeastBytes = BlockBytes * (HeaderBlocks + LeastSlots);

    private const int BlockBytes = 12;
    private const int HeaderBlocks = 7;
    private const int ExtraSlots = 3;
    private const int LeastSlots = 10;
    private const int LibraryBytes = 4 * 216;

    /// <summary>Bytes of a frame: header, locals and evaluation stack in heap blocks.</summary>
    public static int Bytes(MethodDefinition method)
    {
        int slots = method.Body.Variables.Count + Depth(method.Body) + ExtraSlots;
        return BlockBytes * (HeaderBlocks + Math.Max(slots, LeastSlots));
    }

    /// <summary>Those above a bound.</summary>
    public static IEnumerable<string> Above(IEnumerable<TypeDefinition> types, int most) =>
        from method in types.SelectMany(type => type.Methods)
        where method.HasBody && Bytes(method) > most
        orderby -Bytes(method)
        select $"{Bytes(method)} bytes: {Il.Where(method)}";

    /// <summary>
    /// The bytes of the frames that are on the stack at the deepest point below a method, each
    /// virtual call taken to go where it costs most; a call out of the given types counts as
    /// the frames of a library.
    /// </summary>
    /// <exception cref="InvalidOperationException">A method calls itself.</exception>
    public static int Deepest(IEnumerable<TypeDefinition> types, MethodDefinition root)
    {
        // By name, for a method is another object in each module that refers to it.
        ILookup<string, MethodDefinition> targets = types.SelectMany(type => type.Methods)
            .SelectMany(method => Names(method).Select(name => (name, method)))
            .ToLookup(pair => pair.name, pair => pair.method);
        return Deepest(root, targets, [], []);
    }

    private static int Deepest(MethodDefinition method, ILookup<string, MethodDefinition> targets,
        Dictionary<MethodDefinition, int> known, HashSet<MethodDefinition> path)
    {
        if (known.TryGetValue(method, out int bytes))
        {
            return bytes;
        }

        if (!path.Add(method))
        {
            throw new InvalidOperationException(Il.Where(method) + " calls itself");
        }

        int below = 0;
        foreach (MethodReference call in Il.Body(method).Select(i => i.Operand)
            .OfType<MethodReference>())
        {
            below = Math.Max(below, targets[call.FullName]
                .Select(target => Deepest(target, targets, known, path))
                .DefaultIfEmpty(Library(call)).Max());
        }

        path.Remove(method);
        return known[method] = (method.HasBody ? Bytes(method) : 0) + below;
    }

    /// <summary>One frame for what the runtime does itself, else four.</summary>
    private static int Library(MethodReference call) =>
        call.DeclaringType.FullName is "System.Array" or "System.Object" or "System.String"
            or "System.BitConverter" or "System.Threading.Thread" ? LeastBytes : LibraryBytes;

    /// <summary>What a call of a method may name: itself, or what it overrides.</summary>
    private static IEnumerable<string> Names(MethodDefinition method)
    {
        yield return method.FullName;
        for (TypeDefinition type = method.DeclaringType; method.IsVirtual && type != null;
            type = type.BaseType?.Resolve())
        {
            foreach (TypeReference named in type.Interfaces.Select(i => i.InterfaceType)
                .Append(type.BaseType).Where(named => named != null))
            {
                yield return method.FullName.Replace(
                    method.DeclaringType.FullName + "::", named.FullName + "::");
            }
        }
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
