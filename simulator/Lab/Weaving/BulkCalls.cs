using System;
using System.Linq;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using MethodBody = Mono.Cecil.Cil.MethodBody;

namespace EdgeBroker.Simulator.Lab.Weaving;

/// <summary>Has compiled code call BulkWork instead of the methods that it stands for.</summary>
internal static class BulkCalls
{
    private static readonly string[] _bulkTypes =
    [
        "System.Array", "System.Buffer", "System.MemoryExtensions", "System.Span`1",
        "System.ReadOnlySpan`1", "System.Runtime.CompilerServices.Unsafe",
    ];

    /// <summary>Changes all calls of a method.</summary>
    /// <exception cref="InvalidOperationException">It calls one that nothing counts.</exception>
    public static void Redirect(MethodBody body)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is MethodReference called
                && _bulkTypes.Contains(called.DeclaringType.GetElementType().FullName)
                && !called.Name.StartsWith("get_", StringComparison.Ordinal))
            {
                instruction.Operand = body.Method.Module.ImportReference(StandIn(called));
            }
        }
    }

    private static MethodInfo StandIn(MethodReference called) =>
        typeof(BulkWork).GetMethods().FirstOrDefault(method => method.Name == called.Name
            && method.GetParameters().Select(p => p.ParameterType.FullName)
                .SequenceEqual(called.Parameters.Select(p => p.ParameterType.FullName)))
        ?? throw new InvalidOperationException(
            $"the work of {called.FullName} is not counted: give BulkWork a method for it");
}
