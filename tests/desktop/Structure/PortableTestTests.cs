using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The tests under tests/shared are written once and can run on the device.</summary>
[TestClass]
public sealed class PortableTestTests
{
    [TestMethod]
    public void SharedTests_UseOnlyWhatTheDeviceHas()
    {
        TypeDefinition[] types =
        [
            .. Il.Types(Il.Modules("EdgeBroker.Tests.Desktop").Single())
                .Where(type => Il.IsFrom(type, "tests/shared/")),
        ];
        Assert.IsNotEmpty(types);
        Offenders.AssertNone(
            "not on the device", PortableTestRule.Check(types, DeviceApi.Load()));
    }

    [TestMethod]
    [DataRow("Throws", "twin of Assert.ThrowsExactly")]
    [DataRow("Collects", "twin of Assert.IsEmpty")]
    [DataRow("Counts", "type System.Collections.Generic.List`1")]
    [DataRow("Counts", "instantiates a generic")]
    [DataRow("Maybe", "instantiates a generic: System.Nullable`1<System.Int32>")]
    [DataRow("Adds", "instruction add.ovf")]
    public void ForeignUse_IsSeen(string member, string expected) => Offenders.AssertFinds(
        PortableTestRule.Check(Il.Sample(typeof(Samples.BadPortableTest)), DeviceApi.Load()),
        "BadPortableTest::" + member, expected);

    [TestMethod]
    public void PortableTest_IsAllowed() => Offenders.AssertNone(
        "clean sample", PortableTestRule.Check(
            Il.Sample(typeof(Samples.GoodPortableTest)), DeviceApi.Load()));

    [TestMethod]
    public void Types_AreKnownByTheFolderOfTheirCode()
    {
        TypeDefinition sample = Il.Sample(typeof(Samples.GoodPortableTest))[0];
        Assert.IsTrue(Il.IsFrom(sample, "tests/desktop/Structure/Samples/"));
        Assert.IsFalse(Il.IsFrom(sample, "tests/shared/"));
    }
}
