using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// What the device's runtime or its metadata processor breaks on, silently ignores or does not
/// know. Each rule yields its offenders among the given types.
/// </summary>
internal static class DeviceConstructs
{
    /// <summary>Arguments, locals and stack slots that one method may have, each.</summary>
    public const int MaxMethodSlots = 255;

    private static readonly HashSet<OpCode> _brokenOpCodes =
    [
        OpCodes.Localloc, OpCodes.Volatile, OpCodes.Calli, OpCodes.Jmp, OpCodes.Cpblk,
        OpCodes.Initblk, OpCodes.Mkrefany, OpCodes.Refanytype, OpCodes.Refanyval, OpCodes.Tail,
        OpCodes.Arglist,
    ];

    private static readonly string[] _absentTypes =
    [
        "System.Decimal", "System.Span`1", "System.ReadOnlySpan`1", "System.Memory`1",
        "System.Nullable`1", "System.ThreadStaticAttribute",
    ];

    private static readonly string[] _stateMachines =
    [
        "System.Runtime.CompilerServices.IAsyncStateMachine",
        "System.Collections.IEnumerator",
        "System.Collections.Generic.IEnumerator`1",
        "System.Collections.Generic.IAsyncEnumerator`1",
    ];

    /// <summary>Generic types, methods and instantiations: they hang or crash.</summary>
    public static IEnumerable<string> Generics(IEnumerable<TypeDefinition> types)
    {
        TypeDefinition[] all = [.. types];
        return all.Where(t => t.HasGenericParameters).Select(t => $"{t.FullName}: generic type")
            .Concat(all.SelectMany(t => t.Methods).Where(m => m.HasGenericParameters)
                .Select(m => $"{Il.Where(m)}: generic method"))
            .Concat(Uses(all, IsGenericInstance, "instantiates a generic"));
    }

    /// <summary>Structs of our own: their locals live on the heap.</summary>
    public static IEnumerable<string> OwnValueTypes(IEnumerable<TypeDefinition> types)
    {
        return types.Where(t => t.IsValueType && !t.IsEnum && !Il.IsCompilerData(t))
            .Select(t => $"{t.FullName}: value type");
    }

    /// <summary>Arrays of more than one dimension; arrays of arrays are fine.</summary>
    public static IEnumerable<string> MultiDimensionalArrays(IEnumerable<TypeDefinition> types) =>
        Uses(types, IsMultiDimensional, "array of several dimensions");

    /// <summary>Pointers, function pointers and pinned locals.</summary>
    public static IEnumerable<string> Pointers(IEnumerable<TypeDefinition> types)
    {
        TypeDefinition[] all = [.. types];
        return Uses(all, IsPointer, "pointer")
            .Concat(all.SelectMany(t => t.Methods).Where(IsPinning)
                .Select(m => $"{Il.Where(m)}: pinned local"));
    }

    /// <summary>Interface members with a body.</summary>
    public static IEnumerable<string> InterfaceBodies(IEnumerable<TypeDefinition> types)
    {
        return types.Where(t => t.IsInterface).SelectMany(t => t.Methods).Where(m => m.HasBody)
            .Select(m => $"{Il.Where(m)}: interface member with a body");
    }

    /// <summary>Instructions that the runtime lacks or, with checked arithmetic, ignores.</summary>
    public static IEnumerable<string> BrokenOpCodes(IEnumerable<TypeDefinition> types)
    {
        return types.SelectMany(t => t.Methods)
            .SelectMany(m => Il.Body(m).Where(i => IsBroken(i.OpCode))
                .Select(i => $"{Il.Where(m, i)}: instruction {i.OpCode.Name}"));
    }

    /// <summary>State machines that the compiler writes for async methods and iterators.</summary>
    public static IEnumerable<string> StateMachines(IEnumerable<TypeDefinition> types)
    {
        return types
            .Where(t => t.Name.StartsWith('<') && t.Interfaces.Any(i =>
                _stateMachines.Contains(i.InterfaceType.GetElementType().FullName)))
            .Select(t => $"{t.FullName}: async method or iterator");
    }

    /// <summary>Types of the language itself that the device does not know.</summary>
    public static IEnumerable<string> AbsentTypes(IEnumerable<TypeDefinition> types)
    {
        return types.SelectMany(Il.Uses).SelectMany(use => Il.Parts(use.Member)
            .Where(part => _absentTypes.Contains(part.FullName))
            .Select(part => $"{use.Where}: {part.FullName}"));
    }

    /// <summary>Methods beyond what the device's method header can say.</summary>
    public static IEnumerable<string> Oversize(IEnumerable<TypeDefinition> types)
    {
        foreach (MethodDefinition method in types.SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            int arguments = method.Parameters.Count + (method.HasThis ? 1 : 0);
            int locals = method.Body.Variables.Count;
            int stack = method.Body.MaxStackSize;
            if (Math.Max(arguments, Math.Max(locals, stack)) > MaxMethodSlots)
            {
                yield return $"{Il.Where(method)}: {arguments} arguments, {locals} locals, "
                    + $"{stack} stack slots, not {MaxMethodSlots}";
            }
        }
    }

    private static IEnumerable<string> Uses(
        IEnumerable<TypeDefinition> types, Func<MemberReference, bool> holds, string what)
    {
        return types.SelectMany(Il.Uses).Where(use => Shapes(use.Member).Any(holds))
            .Select(use => $"{use.Where}: {what}: {use.Member.FullName}");
    }

    // A reference with the types in its signature, each as it stands: with its brackets and stars.
    private static IEnumerable<MemberReference> Shapes(MemberReference member)
    {
        IEnumerable<MemberReference> inner = member switch
        {
            GenericInstanceType type => type.GenericArguments,
            TypeSpecification type => [type.ElementType],
            MethodReference method => method.Parameters.Select(p => p.ParameterType)
                .Append(method.ReturnType).Append(method.DeclaringType),
            FieldReference field => [field.FieldType, field.DeclaringType],
            _ => [],
        };
        return inner.SelectMany(Shapes).Prepend(member);
    }

    private static bool IsGenericInstance(MemberReference member) =>
        member is GenericInstanceType or GenericInstanceMethod;

    private static bool IsMultiDimensional(MemberReference member) =>
        member is ArrayType { Rank: > 1 };

    private static bool IsPointer(MemberReference member) =>
        member is PointerType or FunctionPointerType;

    private static bool IsPinning(MethodDefinition method) =>
        method.HasBody && method.Body.Variables.Any(v => v.IsPinned);

    private static bool IsBroken(OpCode code) =>
        _brokenOpCodes.Contains(code) || code.Name.Contains(".ovf");
}
