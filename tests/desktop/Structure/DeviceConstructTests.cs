using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The code for the device holds nothing that its runtime breaks on.</summary>
[TestClass]
public sealed class DeviceConstructTests
{
    [TestMethod]
    public void DeviceCode_HasNoGenerics() => Check(DeviceConstructs.Generics);

    [TestMethod]
    public void DeviceCode_DeclaresNoStructs() => Check(DeviceConstructs.OwnValueTypes);

    [TestMethod]
    public void DeviceCode_HasNoMultiDimensionalArrays() =>
        Check(DeviceConstructs.MultiDimensionalArrays);

    [TestMethod]
    public void DeviceCode_HasNoPointers() => Check(DeviceConstructs.Pointers);

    [TestMethod]
    public void DeviceCode_HasNoDefaultInterfaceMethods() =>
        Check(DeviceConstructs.InterfaceBodies);

    [TestMethod]
    public void DeviceCode_HasNoBrokenInstructions() => Check(DeviceConstructs.BrokenOpCodes);

    [TestMethod]
    public void DeviceCode_HasNoAsyncMethodsAndIterators() =>
        Check(DeviceConstructs.StateMachines);

    [TestMethod]
    public void DeviceCode_UsesNoTypesThatTheLanguageLosesThere() =>
        Check(DeviceConstructs.AbsentTypes);

    [TestMethod]
    public void DeviceMethods_FitTheMethodHeader() => Check(DeviceConstructs.Oversize);

    private static void Check(Func<IEnumerable<TypeDefinition>, IEnumerable<string>> rule)
    {
        TypeDefinition[] types =
        [
            .. Il.Modules("EdgeBroker.Shared", "EdgeBroker.Boards", "EdgeBroker.Firmware")
                .SelectMany(Il.Types),
        ];
        Assert.IsNotEmpty(types);
        Offenders.AssertNone(rule.Method.Name, rule(types));
    }
}
