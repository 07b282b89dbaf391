using System;
using System.Linq;
using Mono.Cecil;

namespace EdgeBroker.Simulator.Cost;

/// <summary>Tells what the device interprets from what stands in for its runtime here.</summary>
internal static class OwnCode
{
    /// <summary>The assemblies whose code goes to a device.</summary>
    public static readonly string[] Assemblies =
        ["EdgeBroker.Shared", "EdgeBroker.Boards", "EdgeBroker.Firmware.Pc"];

    private const string Own = "EdgeBroker.";
    private const string PcBuild = "EdgeBroker.Firmware.Pc";

    private static readonly string[] _standIns =
        ["EdgeBroker.Firmware.Console", "EdgeBroker.Firmware.Thread"];

    /// <summary>Whether a type is part of what is deployed.</summary>
    public static bool Has(TypeReference type)
    {
        TypeReference outer = type.GetElementType();
        while (outer.DeclaringType != null)
        {
            outer = outer.DeclaringType;
        }

        return outer.Namespace.StartsWith(Own, StringComparison.Ordinal)
            && outer.Namespace != PcBuild && !_standIns.Contains(outer.FullName);
    }
}
