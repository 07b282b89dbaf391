using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// What a test class must keep to so that the device can run it as well. The device has a test
/// framework of its own, with the same names where it has them and without generics: there only
/// type and member names are compared.
/// </summary>
internal static class PortableTestRule
{
    private const string DesktopFramework = "Microsoft.VisualStudio.TestTools.UnitTesting";
    private const string DeviceFramework = "nanoFramework.TestFramework";

    // The desktop's IsTrue and IsFalse take a bool?; any other nullable is still an instantiation.
    private static readonly string[] _framework =
    [
        DesktopFramework, "Nullable`1<System.Boolean>::.ctor", ": no type System.Nullable`1",
    ];

    /// <summary>What the given test classes use that the device has not.</summary>
    public static IEnumerable<string> Check(IEnumerable<TypeDefinition> types, DeviceApi api)
    {
        TypeDefinition[] all = [.. types];
        return api.Check(all)
            .Concat(DeviceConstructs.Generics(all))
            .Concat(DeviceConstructs.OwnValueTypes(all))
            .Concat(DeviceConstructs.MultiDimensionalArrays(all))
            .Concat(DeviceConstructs.Pointers(all))
            .Concat(DeviceConstructs.InterfaceBodies(all))
            .Concat(DeviceConstructs.BrokenOpCodes(all))
            .Concat(DeviceConstructs.StateMachines(all))
            .Concat(DeviceConstructs.Oversize(all))
            .Where(found => !_framework.Any(found.Contains))
            .Concat(all.SelectMany(Il.Uses)
                .Where(use => IsOfFramework(use.Member.DeclaringType))
                .Where(use => !HasTwin(use.Member, api))
                .Select(use => $"{use.Where}: no {DeviceFramework} twin of "
                    + $"{use.Member.DeclaringType.Name}.{use.Member.Name}"));
    }

    private static bool IsOfFramework(TypeReference type) =>
        type != null && Il.Outermost(type).Namespace.StartsWith(
            DesktopFramework, StringComparison.Ordinal);

    private static bool HasTwin(MemberReference member, DeviceApi api) =>
        api.HasNamed($"{DeviceFramework}.{member.DeclaringType.Name}", member.Name);
}
