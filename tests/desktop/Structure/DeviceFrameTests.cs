using System;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware;
using EdgeBroker.Simulator.Cost;
using EdgeBroker.Tests.Desktop.Structure.Samples;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Calls need no more of the device's heap than the ledger keeps for them.</summary>
[TestClass]
public sealed class DeviceFrameTests
{
    /// <summary>PacketWriter.Write, which each message passes, has the largest.</summary>
    private const int MostBytes = 456;

    [TestMethod]
    public void DeviceMethods_NeedSmallFrames() => Offenders.AssertNone(
        $"frames of more than {MostBytes} bytes", DeviceFrames.Above(Types(), MostBytes));

    [TestMethod]
    public void DeepestCalls_FitTheReserve()
    {
        // No board keeps sessions yet, so none gets there.
        Assert.IsFalse(Enumerable.Range(0, AllBoards.Count)
            .Any(i => AllBoards.At(i).Limits.HasSessions()));
        TypeDefinition[] types =
        [
            .. Types().Where(type => type.Name is not (nameof(Outgoing) or nameof(SharedGroups))),
        ];

        // When the ledger looks, three frames of Boot and two of the watchdog are there already.
        int deepest = DeviceFrames.Deepest(types, Method(types, "Serve"))
            + DeviceFrames.Deepest(types, Method(types, "Run", "Watchdog"))
            - 5 * DeviceFrame.LeastBytes;
        Assert.IsGreaterThan(4000, deepest, "the rule does not see the core");
        Assert.IsLessThanOrEqualTo(BootLedger.ReserveBytes, deepest,
            "the reserve of BootLedger has to grow, or the calls become less deep");
    }

    // Seven blocks of 12 bytes are the header; three slots, and ten in all, are the least.
    [TestMethod]
    [DataRow("Least", 17 * 12)]
    [DataRow("TwelveArguments", 17 * 12 + 22 * 12)]
    [DataRow("Nested", 17 * 12 + 22 * 12 + 17 * 12)]
    [DataRow("CallsVirtual", 17 * 12 + 17 * 12 + 22 * 12 + 17 * 12)]
    public void Frames_AreCountedAsTheRuntimeAllocatesThem(string method, int bytes)
    {
        TypeDefinition[] sample = Il.Sample(typeof(Frames));
        Assert.AreEqual(bytes, DeviceFrames.Deepest(sample, Method(sample, method)));
    }

    [TestMethod]
    public void Recursion_IsRefused()
    {
        TypeDefinition[] sample = Il.Sample(typeof(Frames));
        Assert.ThrowsExactly<InvalidOperationException>(
            () => DeviceFrames.Deepest(sample, Method(sample, "Again")));
    }

    private static MethodDefinition Method(
        TypeDefinition[] types, string name, string type = null) =>
        types.Where(t => type == null || t.Name == type).SelectMany(t => t.Methods)
            .Single(method => method.Name == name);

    private static TypeDefinition[] Types()
    {
        TypeDefinition[] types =
        [
            .. Il.Modules("EdgeBroker.Shared", "EdgeBroker.Boards", "EdgeBroker.Firmware.Pc")
                .SelectMany(Il.Types).Where(type => !IsStandIn(Il.Outermost(type).Namespace)),
        ];
        Assert.IsNotEmpty(types);
        return types;
    }

    private static bool IsStandIn(string space) =>
        space == "EdgeBroker.Firmware.Pc"
        || !space.StartsWith("EdgeBroker", StringComparison.Ordinal);
}
