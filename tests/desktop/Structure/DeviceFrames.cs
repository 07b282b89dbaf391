using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Cost;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// The stack frames of the device, see DeviceFrame: the largest, and what the deepest calls need.
/// </summary>
internal static class DeviceFrames
{
    private const int LibraryBytes = 4 * 216;

    /// <summary>Those above a bound.</summary>
    public static IEnumerable<string> Above(IEnumerable<TypeDefinition> types, int most) =>
        from method in types.SelectMany(type => type.Methods)
        where method.HasBody && DeviceFrame.Bytes(method) > most
        orderby -DeviceFrame.Bytes(method)
        select $"{DeviceFrame.Bytes(method)} bytes: {Il.Where(method)}";

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
        return known[method] = (method.HasBody ? DeviceFrame.Bytes(method) : 0) + below;
    }

    /// <summary>One frame for what the runtime does itself, else four.</summary>
    private static int Library(MethodReference call) =>
        call.DeclaringType.FullName is "System.Array" or "System.Object" or "System.String"
            or "System.BitConverter" or "System.Threading.Thread"
            ? DeviceFrame.LeastBytes : LibraryBytes;

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
}
