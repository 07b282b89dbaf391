using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using MethodBody = Mono.Cecil.Cil.MethodBody;

namespace EdgeBroker.Simulator.Cost;

/// <summary>
/// Rewrites compiled code so that each basic block and each allocation tells CostMeter, and knows
/// what a run of each block does. What is reckoned is the code before it was rewritten.
/// </summary>
public sealed class CostWeaver
{
    private readonly List<WovenMethod> _methods = [];
    private readonly List<WovenBlock> _blocks = [];

    /// <summary>The methods that count, by their numbers.</summary>
    public IReadOnlyList<WovenMethod> Methods => _methods;

    /// <summary>The blocks that count, by their numbers.</summary>
    public IReadOnlyList<WovenBlock> Blocks => _blocks;

    /// <summary>The compiled code of an assembly, woven.</summary>
    /// <param name="path">A file, which stays as it is.</param>
    public byte[] Weave(string path)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        using ModuleDefinition module = ModuleDefinition.ReadModule(
            path, new ReaderParameters { AssemblyResolver = resolver });
        foreach (MethodDefinition method in module.GetTypes().Where(OwnCode.Has)
            .SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            _methods.Add(new WovenMethod(
                $"{method.DeclaringType.Name}.{method.Name}", DeviceFrame.Bytes(method)));
            Weave(method.Body, module);
        }

        var woven = new MemoryStream();
        module.Write(woven);
        return woven.ToArray();
    }

    private void Weave(MethodBody body, ModuleDefinition module)
    {
        IReadOnlyList<Instruction> starts = new BasicBlocks(body).Starts;
        int first = _blocks.Count;
        for (int i = 0; i < starts.Count; i++)
        {
            Instruction? next = i + 1 < starts.Count ? starts[i + 1] : null;
            _blocks.Add(new WovenBlock(_methods.Count - 1, BlockWork.Of(starts[i], next)));
        }

        body.SimplifyMacros();
        ILProcessor il = body.GetILProcessor();
        foreach (Instruction instruction in body.Instructions.ToArray())
        {
            Redirect(instruction, module);
            if (MakesSomething(instruction))
            {
                il.InsertAfter(instruction, Call(module, nameof(CostMeter.Made)));
                il.InsertAfter(instruction, il.Create(OpCodes.Ldc_I4, _methods.Count - 1));
                il.InsertAfter(instruction, il.Create(OpCodes.Dup));
            }
        }

        foreach (Instruction start in starts)
        {
            // In the place of the first instruction, so that jumps to it count too.
            Instruction copy = il.Create(OpCodes.Nop);
            copy.OpCode = start.OpCode;
            copy.Operand = start.Operand;
            start.OpCode = OpCodes.Ldc_I4;
            start.Operand = first++;
            il.InsertAfter(start, copy);
            il.InsertAfter(start, Call(module, nameof(CostMeter.Hit)));
        }

        body.OptimizeMacros();
    }

    private static void Redirect(Instruction instruction, ModuleDefinition module)
    {
        if (instruction.Operand is MethodReference called
            && LibraryCalls.StandIn(called) is string method)
        {
            instruction.Operand = Call(module, method).Operand;
        }
    }

    private static bool MakesSomething(Instruction instruction) =>
        instruction.OpCode.Code is Code.Newarr or Code.Box
        || (instruction.Operand is MethodReference called && instruction.OpCode.Code switch
        {
            Code.Newobj => !LibraryCalls.IsException(called.DeclaringType),
            Code.Call or Code.Callvirt =>
                !OwnCode.Has(called.DeclaringType) && LibraryCalls.IsMaker(called),
            _ => false,
        });

    private static Instruction Call(ModuleDefinition module, string name) =>
        Instruction.Create(OpCodes.Call,
            module.ImportReference(typeof(CostMeter).GetMethod(name)));
}
