using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Firmware;
using EdgeBroker.Simulator.Cost;
using EdgeBroker.Tests.Desktop.Structure;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace EdgeBroker.Tests.Heap;

/// <summary>
/// Makes the firmware, the boards and the core count what they take: each method its stack frame,
/// each `new` and each call that returns a new text or array its result.
/// </summary>
internal static class HeapWeaver
{
    private const string Host = "EdgeBroker.Firmware.Pc";

    /// <summary>The compiled code of an assembly that lies beside the tests, woven.</summary>
    public static Stream Weave(string assembly)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        using ModuleDefinition module = ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, assembly + ".dll"),
            new ReaderParameters { AssemblyResolver = resolver });
        foreach (MethodDefinition method in Il.Types(module).SelectMany(type => type.Methods)
            .Where(method => method.HasBody))
        {
            if (IsHost(method.DeclaringType))
            {
                Redirect(method.Body, module);
            }
            else
            {
                Weave(method, module);
            }
        }

        var woven = new MemoryStream();
        module.Write(woven);
        woven.Position = 0;
        return woven;
    }

    private static bool IsHost(TypeDefinition type)
    {
        string space = Il.Outermost(type).Namespace;
        return space == Host || !space.StartsWith("EdgeBroker", StringComparison.Ordinal);
    }

    /// <summary>The host's boot empties the heap.</summary>
    private static void Redirect(MethodBody body, ModuleDefinition module)
    {
        foreach (Instruction call in body.Instructions
            .Where(i => i.Operand is MethodReference { Name: "Boot", DeclaringType.Name: "Radio" })
            .ToArray())
        {
            body.GetILProcessor().InsertBefore(call, Call(module, nameof(CountedHeap.Forget)));
        }
    }

    private static void Weave(MethodDefinition method, ModuleDefinition module)
    {
        int bytes = DeviceFrame.Bytes(method);
        MethodBody body = method.Body;
        body.SimplifyMacros();
        ILProcessor il = body.GetILProcessor();
        foreach (Instruction instruction in body.Instructions.ToArray())
        {
            Count(method, instruction, il);
        }

        Instruction first = body.Instructions[0];
        Wrap(method, il, module, bytes);
        il.InsertBefore(first, il.Create(OpCodes.Ldc_I4, bytes));
        il.InsertBefore(first, Call(module, nameof(CountedHeap.Enter)));
        body.OptimizeMacros();
    }

    private static void Count(MethodDefinition method, Instruction instruction, ILProcessor il)
    {
        ModuleDefinition module = method.Module;
        if (instruction.Operand is MethodReference { Name: "Run" } run
            && run.DeclaringType.FullName == "nanoFramework.Runtime.Native.GC")
        {
            bool isLedger = method.DeclaringType.Name == nameof(BootLedger);
            instruction.Operand = Call(module, isLedger
                ? nameof(CountedHeap.RunForLedger) : nameof(CountedHeap.Run)).Operand;
            return;
        }

        if (MakesSomething(instruction))
        {
            // In its place, so that jumps to it count too.
            Instruction copy = il.Create(OpCodes.Nop);
            copy.OpCode = instruction.OpCode;
            copy.Operand = instruction.Operand;
            Instruction before = Call(module, nameof(CountedHeap.Before));
            instruction.OpCode = before.OpCode;
            instruction.Operand = before.Operand;
            Instruction[] after = [copy, il.Create(OpCodes.Dup),
                Call(module, nameof(CountedHeap.Made))];
            foreach (Instruction added in after.Reverse())
            {
                il.InsertAfter(instruction, added);
            }
        }
    }

    private static bool MakesSomething(Instruction instruction)
    {
        if (instruction.OpCode.Code is Code.Newarr or Code.Box)
        {
            return true;
        }

        if (instruction.Operand is not MethodReference method
            || instruction.OpCode.Code is not (Code.Newobj or Code.Call or Code.Callvirt))
        {
            return false;
        }

        // Exceptions say what happened: they are not what memory is short for.
        bool isOwn = method.DeclaringType.FullName.StartsWith(
            "EdgeBroker", StringComparison.Ordinal);
        return instruction.OpCode.Code == Code.Newobj
            ? !method.DeclaringType.Name.EndsWith("Exception", StringComparison.Ordinal)
            : !isOwn && (method.ReturnType.IsArray
                || method.ReturnType.MetadataType == MetadataType.String)
                && method.Name != "get_Message";
    }

    /// <summary>Puts all of a method into a try whose finally gives the frame back.</summary>
    private static void Wrap(
        MethodDefinition method, ILProcessor il, ModuleDefinition module, int bytes)
    {
        MethodBody body = method.Body;
        Instruction first = body.Instructions[0];
        bool isVoid = method.ReturnType.MetadataType == MetadataType.Void;
        var result = new VariableDefinition(method.ReturnType);
        Instruction end = isVoid ? il.Create(OpCodes.Ret) : il.Create(OpCodes.Ldloc, result);
        if (!isVoid)
        {
            body.Variables.Add(result);
            body.InitLocals = true;
        }

        foreach (Instruction ret in body.Instructions.Where(i => i.OpCode == OpCodes.Ret)
            .ToArray())
        {
            ret.OpCode = isVoid ? OpCodes.Leave : OpCodes.Stloc;
            ret.Operand = isVoid ? end : result;
            if (!isVoid)
            {
                il.InsertAfter(ret, il.Create(OpCodes.Leave, end));
            }
        }

        Instruction giveBack = il.Create(OpCodes.Ldc_I4, bytes);
        il.Append(giveBack);
        il.Append(Call(module, nameof(CountedHeap.Leave)));
        il.Append(il.Create(OpCodes.Endfinally));
        il.Append(end);
        if (!isVoid)
        {
            il.Append(il.Create(OpCodes.Ret));
        }

        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = first,
            TryEnd = giveBack,
            HandlerStart = giveBack,
            HandlerEnd = end,
        });
    }

    private static Instruction Call(ModuleDefinition module, string name) =>
        Instruction.Create(OpCodes.Call,
            module.ImportReference(typeof(CountedHeap).GetMethod(name)));
}
