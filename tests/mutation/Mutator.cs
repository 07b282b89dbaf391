using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace EdgeBroker.Tests.Mutation;

/// <summary>Finds the places that can be changed in an assembly, and changes one.</summary>
internal static class Mutator
{
    private static readonly string[] _spaces =
        ["EdgeBroker.Broker", "EdgeBroker.Topics", "EdgeBroker.Memory"];

    // Names and figures for people, ranges of start-up, and what is thrown at a host's programmer.
    private static readonly string[] _leftOut =
        ["Misuse", "MemoryLedger", "BrokerLimits", "BrokerSettings", "SysTopics", "Counter"];

    private static readonly Dictionary<Code, OpCode> _negated = new()
    {
        [Code.Brtrue] = OpCodes.Brfalse,
        [Code.Brfalse] = OpCodes.Brtrue,
        [Code.Beq] = OpCodes.Bne_Un,
        [Code.Bne_Un] = OpCodes.Beq,
        [Code.Blt] = OpCodes.Bge,
        [Code.Bge] = OpCodes.Blt,
        [Code.Bgt] = OpCodes.Ble,
        [Code.Ble] = OpCodes.Bgt,
    };

    private static readonly Dictionary<Code, OpCode> _edges = new()
    {
        [Code.Blt] = OpCodes.Ble,
        [Code.Ble] = OpCodes.Blt,
        [Code.Bgt] = OpCodes.Bge,
        [Code.Bge] = OpCodes.Bgt,
    };

    private static readonly Dictionary<Code, OpCode> _operators = new()
    {
        [Code.Add] = OpCodes.Sub,
        [Code.Sub] = OpCodes.Add,
        [Code.Mul] = OpCodes.Add,
        [Code.Div] = OpCodes.Mul,
        [Code.Shl] = OpCodes.Shr,
        [Code.Shr] = OpCodes.Shl,
        [Code.And] = OpCodes.Or,
        [Code.Or] = OpCodes.And,
        [Code.Clt] = OpCodes.Cgt,
        [Code.Cgt] = OpCodes.Clt,
    };

    /// <summary>Every change that can be made.</summary>
    public static List<Mutation> Find(string path)
    {
        using ModuleDefinition module = Read(path);
        List<Mutation> found = [];
        foreach (MethodDefinition method in module.Types
            .Where(t => _spaces.Contains(t.Namespace) && !_leftOut.Contains(t.Name))
            .SelectMany(t => t.Methods).Where(m => m.HasBody && !m.IsConstructor))
        {
            string where = "";
            method.Body.SimplifyMacros();
            for (int i = 0; i < method.Body.Instructions.Count; i++)
            {
                Instruction instruction = method.Body.Instructions[i];
                SequencePoint point = method.DebugInformation.GetSequencePoint(instruction);
                where = point is { IsHidden: false }
                    ? $"{Path.GetFileName(point.Document.Url)}:{point.StartLine}"
                    : where;
                found.AddRange(Kinds(instruction).Select(kind => new Mutation(
                    method.DeclaringType.FullName, method.FullName, i, kind, where)));
            }
        }

        return found;
    }

    /// <summary>Writes the assembly with one change.</summary>
    public static void Write(string path, string target, Mutation mutation)
    {
        using ModuleDefinition module = Read(path);
        MethodDefinition method = module.GetType(mutation.Type).Methods
            .Single(m => m.FullName == mutation.Method);
        method.Body.SimplifyMacros();
        Instruction instruction = method.Body.Instructions[mutation.Index];
        Change(method.Body.GetILProcessor(), instruction, mutation.Kind);
        method.Body.OptimizeMacros();
        module.Write(target);
    }

    private static ModuleDefinition Read(string path) =>
        ModuleDefinition.ReadModule(path, new ReaderParameters { ReadSymbols = true });

    private static IEnumerable<string> Kinds(Instruction instruction)
    {
        Code code = instruction.OpCode.Code;
        if (_negated.ContainsKey(code))
        {
            yield return "negated condition";
        }

        if (_edges.ContainsKey(code))
        {
            yield return "condition off by one";
        }

        if (_operators.TryGetValue(code, out OpCode other))
        {
            yield return $"{other} instead of {instruction.OpCode}";
        }

        if (code == Code.Ceq)
        {
            yield return "negated comparison";
        }

        if (code == Code.Ldc_I4)
        {
            yield return $"{Other((int)instruction.Operand)} instead of {instruction.Operand}";
        }

        if (IsRemovable(instruction))
        {
            string name = instruction.Operand is MemberReference member ? member.Name : "element";
            yield return $"without {instruction.OpCode} {name}";
        }
    }

    // One is zero, for it may stand for true.
    private static int Other(int number) => number == 1 ? 0 : number + 1;

    private static bool IsRemovable(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Call or Code.Callvirt => instruction.Operand is MethodReference method
            && method.ReturnType.FullName == "System.Void",
        Code.Stfld or Code.Stelem_I4 or Code.Stelem_I1 or Code.Stelem_I8 => true,
        _ => false,
    };

    private static void Change(ILProcessor il, Instruction instruction, string kind)
    {
        Code code = instruction.OpCode.Code;
        if (kind == "negated condition")
        {
            instruction.OpCode = _negated[code];
        }
        else if (kind == "condition off by one")
        {
            instruction.OpCode = _edges[code];
        }
        else if (kind == "negated comparison")
        {
            il.InsertAfter(instruction, il.Create(OpCodes.Ceq));
            il.InsertAfter(instruction, il.Create(OpCodes.Ldc_I4, 0));
        }
        else if (kind.StartsWith("without", StringComparison.Ordinal))
        {
            Drop(il, instruction);
        }
        else if (code == Code.Ldc_I4)
        {
            instruction.Operand = Other((int)instruction.Operand);
        }
        else
        {
            instruction.OpCode = _operators[code];
        }
    }

    // What the instruction would have taken from the stack is popped instead.
    private static void Drop(ILProcessor il, Instruction instruction)
    {
        int count = instruction.Operand is MethodReference method
            ? method.Parameters.Count + (method.HasThis ? 1 : 0)
            : instruction.OpCode.Code == Code.Stfld ? 2 : 3;
        if (instruction.Operand is FieldReference or MethodReference && count == 0)
        {
            instruction.OpCode = OpCodes.Nop;
            instruction.Operand = null;
            return;
        }

        for (int i = 1; i < count; i++)
        {
            il.InsertAfter(instruction, il.Create(OpCodes.Pop));
        }

        instruction.OpCode = OpCodes.Pop;
        instruction.Operand = null;
    }
}
