using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// What the core forbids itself: memory is taken at start-up only, bad input is no exception, and
/// no host shows through. Each rule yields its offenders among the given types. Start-up means
/// constructors, methods named Validate, and private methods that nothing else calls.
/// </summary>
internal static class CoreDiscipline
{
    private static readonly string[] _hostNamespaces =
        ["System.Threading", "System.Net", "System.IO"];

    private static readonly string[] _hostTypes =
    [
        "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Environment",
        "System.Random", "System.Console", "System.Guid", "System.Diagnostics.Stopwatch",
        "System.Diagnostics.Debug", "System.Diagnostics.Process",
    ];

    private static readonly string[] _textBuilders =
        ["Concat", "Format", "Join", "Substring", "Replace", "Split"];

    /// <summary>Exceptions thrown after start-up: bad input is answered with a code.</summary>
    public static IEnumerable<string> Throws(IEnumerable<TypeDefinition> types) =>
        AfterStartUp(types, i => i.OpCode == OpCodes.Throw, "throws");

    /// <summary>Objects and arrays made after start-up.</summary>
    public static IEnumerable<string> Allocations(IEnumerable<TypeDefinition> types) =>
        AfterStartUp(types, IsAllocation, "allocates");

    /// <summary>Values boxed, that is copied to the heap.</summary>
    public static IEnumerable<string> Boxing(IEnumerable<TypeDefinition> types) =>
        Instructions(Methods(types), i => i.OpCode == OpCodes.Box, "boxes");

    /// <summary>Strings built after start-up.</summary>
    public static IEnumerable<string> TextBuilding(IEnumerable<TypeDefinition> types) =>
        AfterStartUp(types, IsTextBuilding, "builds a string");

    /// <summary>Loops over collections: an enumerator for each, and interface calls.</summary>
    public static IEnumerable<string> Enumerators(IEnumerable<TypeDefinition> types)
    {
        return Instructions(
            Methods(types), i => Callee(i)?.Name == "GetEnumerator", "enumerates a collection");
    }

    /// <summary>Sockets, files, threads, clocks, random numbers and the console.</summary>
    public static IEnumerable<string> HostTypes(IEnumerable<TypeDefinition> types)
    {
        return types.SelectMany(Il.Uses).SelectMany(use => Il.Parts(use.Member)
            .Where(IsHostType).Select(part => $"{use.Where}: sees {part.FullName}"));
    }

    private static IEnumerable<MethodDefinition> Methods(IEnumerable<TypeDefinition> types) =>
        types.SelectMany(t => t.Methods);

    private static IEnumerable<string> AfterStartUp(
        IEnumerable<TypeDefinition> types, Func<Instruction, bool> holds, string what)
    {
        TypeDefinition[] all = [.. types];
        HashSet<MethodDefinition> startUp = StartUp([.. Methods(all)]);
        return Instructions(Methods(all).Where(m => !startUp.Contains(m)), holds, what);
    }

    private static IEnumerable<string> Instructions(
        IEnumerable<MethodDefinition> methods, Func<Instruction, bool> holds, string what)
    {
        return methods.SelectMany(m => Il.Body(m).Where(holds)
            .Select(i => $"{Il.Where(m, i)}: {what}{Operand(i)}"));
    }

    // Begins with the constructors and adds private helpers until no more turn up. A delegate made
    // of a method counts as a call from where it is made.
    private static HashSet<MethodDefinition> StartUp(MethodDefinition[] methods)
    {
        ILookup<MethodDefinition, MethodDefinition> callers = methods
            .SelectMany(m => Il.Body(m)
                .Select(i => (caller: m, callee: i.Operand as MethodDefinition)))
            .Where(call => call.callee != null && call.callee != call.caller)
            .ToLookup(call => call.callee, call => call.caller);
        HashSet<MethodDefinition> found =
            [.. methods.Where(m => m.IsConstructor || m.Name == "Validate")];
        while (methods.Any(m => m.IsPrivate && callers.Contains(m)
            && callers[m].All(found.Contains) && found.Add(m)))
        {
        }

        return found;
    }

    private static string Operand(Instruction instruction) =>
        instruction.Operand is MemberReference member ? " " + member.FullName : "";

    private static bool IsAllocation(Instruction instruction)
    {
        if (instruction.OpCode == OpCodes.Newobj)
        {
            Instruction next = instruction.Next;
            while (next?.OpCode == OpCodes.Nop)
            {
                next = next.Next;
            }

            return next?.OpCode != OpCodes.Throw;
        }

        return instruction.OpCode == OpCodes.Newarr;
    }

    private static bool IsTextBuilding(Instruction instruction)
    {
        MethodReference callee = Callee(instruction);
        string type = callee?.DeclaringType.FullName;
        return type is "System.Text.StringBuilder"
                or "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler"
            || (type == "System.String" && _textBuilders.Contains(callee.Name));
    }

    private static bool IsHostType(TypeReference type)
    {
        TypeReference outer = Il.Outermost(type);
        return _hostTypes.Contains(outer.FullName)
            || _hostNamespaces.Any(space =>
                outer.Namespace == space || outer.Namespace.StartsWith(space + "."));
    }

    private static MethodReference Callee(Instruction instruction) =>
        instruction.OpCode.FlowControl == FlowControl.Call
            ? instruction.Operand as MethodReference
            : null;
}
