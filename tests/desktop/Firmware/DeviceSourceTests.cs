using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The firmware's sources fit the device, and so do the stand-ins on the PC.</summary>
[TestClass]
public sealed class DeviceSourceTests
{
    private static readonly TypeDefinition[] _all =
        [.. Il.Types(Il.Modules("EdgeBroker.Firmware.Pc").Single())];

    private static readonly TypeDefinition[] _firmware =
        [.. _all.Where(type => Il.Outermost(type).Namespace == "EdgeBroker.Firmware"
            && !LayerRule.StandIns.Contains(Il.Outermost(type).FullName))];

    private static readonly TypeDefinition[] _standIns =
    [
        .. _all.Where(type => Il.Outermost(type).Namespace is "System.Net.NetworkInformation"
            or "System.Net.Sockets" or "System.Device.Wifi" or "System.Device.Gpio"
            or "nanoFramework.Runtime.Native" or "nanoFramework.Hardware.Esp32"),
    ];

    [TestMethod]
    public void StandIns_HaveNothingThatTheDeviceHasNot()
    {
        Assert.IsGreaterThan(15, _standIns.Length);
        Offenders.AssertNone("not on the device", StandInApi.Check(StandInApi.Load(), _standIns));
    }

    [TestMethod]
    [DataRow("System.Device.Gpio.PinMode::Output : System.Device.Gpio.PinMode = 3 [const]")]
    [DataRow("System.Device.Gpio.GpioPin::Toggle() : System.Void")]
    [DataRow("System.Device.Gpio.GpioPin [class]")]
    [DataRow("System.Net.Sockets.Socket::Accept() : System.Net.Sockets.Socket")]
    [DataRow("nanoFramework.Hardware.Esp32.NativeMemory/MemoryType::Internal :"
        + " nanoFramework.Hardware.Esp32.NativeMemory/MemoryType = 1 [const]")]
    public void StandIn_ThatDriftedIsSeen(string line)
    {
        HashSet<string> device = StandInApi.Load();
        Assert.IsTrue(device.Remove(line), "the list has no such line");
        Offenders.AssertFinds(StandInApi.Check(device, _standIns), line);
    }

    /// <summary>Base types that .NET has between; the device declares the member itself.</summary>
    private static readonly Dictionary<string, string> _basesOfDotNet = new()
    {
        ["ExternalException"] = "holds ErrorCode of SocketException",
    };

    [TestMethod]
    public void Firmware_CallsOnlyWhatTheDeviceHas() => Offenders.AssertNone(
        "not on the device",
        Offenders.Except(DeviceApi.Load().Check(_firmware), _basesOfDotNet));

    [TestMethod]
    public void Firmware_SeesLowerLayersOnly() => Offenders.AssertNone(
        "layers", new LayerRule("EdgeBroker").Check(_firmware));

    [TestMethod]
    public void Firmware_HasNothingThatTheRuntimeBreaksOn()
    {
        Func<IEnumerable<TypeDefinition>, IEnumerable<string>>[] rules =
        [
            DeviceConstructs.Generics, DeviceConstructs.OwnValueTypes,
            DeviceConstructs.MultiDimensionalArrays, DeviceConstructs.Pointers,
            DeviceConstructs.InterfaceBodies, DeviceConstructs.BrokenOpCodes,
            DeviceConstructs.StateMachines, DeviceConstructs.AbsentTypes,
            DeviceConstructs.Oversize,
        ];
        Assert.IsNotEmpty(_firmware);
        Offenders.AssertNone("breaks on the device", rules.SelectMany(rule => rule(_firmware)));
    }

    [TestMethod]
    public void Projitems_ListEveryFileOnce()
    {
        string[] files =
        [
            .. Repository.Files("firmware")
                .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
                .Select(path => path["firmware/".Length..])
                .Where(path => !path.StartsWith("pc/", StringComparison.Ordinal)
                    && !path.StartsWith("Properties/", StringComparison.Ordinal)),
        ];
        Offenders.AssertNone("list", ProjectItems.Check(
            Repository.Read(Path.Combine("firmware", "EdgeBroker.Firmware.projitems")), files));
    }

    [TestMethod]
    public void Sources_HaveNoConditionalCompilation() => Offenders.AssertNone(
        "conditional", Repository.Sources("firmware").SelectMany(SourceStyle.Conditions));

    [TestMethod]
    public void Files_AreShortAndDocumented()
    {
        SourceText[] files = Repository.Sources("firmware");
        Offenders.AssertNone("length", files.SelectMany(SourceStyle.FileLength));
        Offenders.AssertNone("functions", files.SelectMany(SourceStyle.FunctionLength));
        Offenders.AssertNone("without XML comment", SourceStyle.Undocumented(files));
    }
}
