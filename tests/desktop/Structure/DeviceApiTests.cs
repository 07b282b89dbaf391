using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Shared code calls only what nanoFramework has.</summary>
[TestClass]
public sealed class DeviceApiTests
{
    [TestMethod]
    public void DeviceCode_CallsOnlyWhatTheDeviceHas()
    {
        ModuleDefinition[] modules =
            Il.Modules("EdgeBroker.Shared", "EdgeBroker.Boards", "EdgeBroker.Firmware");
        Assert.IsNotEmpty(modules);
        Offenders.AssertNone(
            "not on the device", DeviceApi.Load().Check(modules.SelectMany(Il.Types)));
    }

    [TestMethod]
    public void NanoSample_CallsOnlyWhatTheDeviceHas() => Offenders.AssertNone(
        "not on the device", DeviceApi.Load().Check(Il.Modules("EdgeBroker.Samples.Embed")
            .SelectMany(Il.Types).Where(t => t.Name == "NanoHost")));

    [TestMethod]
    public void Lists_AreReadWhole() => Assert.IsGreaterThan(2500, DeviceApi.Load().Count);

    [TestMethod]
    [DataRow("Resize", "System.Array::Resize")]
    [DataRow("Join", "System.String::Join(System.String,System.String[])")]
    [DataRow("WaitOne", "System.Threading.WaitHandle::WaitOne(System.Int32) : System.Boolean")]
    [DataRow("TickCount", "System.Environment::get_TickCount() : System.Int32 [static]")]
    [DataRow("Max", "type System.Math")]
    [DataRow("Pulse", "System.Threading.Monitor::Pulse(System.Object) : System.Void [static]")]
    [DataRow("Decimal", "type System.Decimal")]
    [DataRow("List", "type System.Collections.Generic.List`1")]
    [DataRow("Marked", "type System.ThreadStaticAttribute")]
    [DataRow("Parameter", "type System.Net.Http.HttpClient")]
    [DataRow("Field", "System.IntPtr::Zero : System.IntPtr")]
    public void ForeignMember_IsSeen(string member, string expected)
    {
        Offenders.AssertFinds(
            DeviceApi.Load().Check(Il.Sample(typeof(Samples.BadApiCalls))),
            "BadApiCalls::" + member, "no " + expected);
    }

    [TestMethod]
    public void KnownMembers_AreAllowed() => Offenders.AssertNone(
        "clean sample", DeviceApi.Load().Check(Il.Sample(typeof(Samples.GoodConstructs))));

    [TestMethod]
    public void Member_MayStandOnABaseTypeOfTheDevice()
    {
        TypeDefinition[] sample = Il.Sample(typeof(Samples.BaseCalls));
        const string Types = "System.Object [class]\nSystem.Void [struct]\nSystem.Int32 [struct]\n"
            + "System.String [class]\nSystem.Text.StringBuilder [class] : A.B implements A.C\n";
        const string Members = "::get_Length() : System.Int32 [virtual]\n"
            + "System.Object::.ctor() : System.Void\n";
        Offenders.AssertNone("base type", new DeviceApi(
            (Types + "A.B" + Members).Split('\n')).Check(sample));
        Offenders.AssertNone("interface", new DeviceApi(
            (Types + "A.C" + Members).Split('\n')).Check(sample));
        Offenders.AssertFinds(
            new DeviceApi((Types + "A.D" + Members).Split('\n')).Check(sample),
            "no System.Text.StringBuilder::get_Length() : System.Int32");
    }
}
