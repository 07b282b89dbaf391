using System.IO;
using EdgeBroker.Codec;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>
/// Publishers at full speed lose nothing to a subscriber that reads, with the default settings.
/// </summary>
[TestClass]
[DoNotParallelize] // It keeps both cores busy; boards wait only so long for who falls behind.
public sealed class FloodTests
{
    private const int Messages = 200_000;
    private const int BoardMessages = 20_000;

    private static SimulatorProcess _simulator;

    [ClassInitialize]
    public static void Start(TestContext context) => _simulator = SimulatorProcess.Serve();

    [ClassCleanup]
    public static void Stop() => _simulator.Dispose();

    [TestMethod]
    [Timeout(60_000)]
    [DataRow(ProtocolVersion.V311, 50, 0)]
    [DataRow(ProtocolVersion.V311, 50, 1)]
    [DataRow(ProtocolVersion.V311, 50, 16)]
    [DataRow(ProtocolVersion.V311, 50, 100)]
    [DataRow(ProtocolVersion.V311, 50, 1000)]
    [DataRow(ProtocolVersion.V311, 200, 0)]
    [DataRow(ProtocolVersion.V311, 200, 1)]
    [DataRow(ProtocolVersion.V311, 200, 16)]
    [DataRow(ProtocolVersion.V311, 200, 100)]
    [DataRow(ProtocolVersion.V311, 200, 1000)]
    [DataRow(ProtocolVersion.V5, 50, 0)]
    [DataRow(ProtocolVersion.V5, 50, 1)]
    [DataRow(ProtocolVersion.V5, 50, 16)]
    [DataRow(ProtocolVersion.V5, 50, 100)]
    [DataRow(ProtocolVersion.V5, 50, 1000)]
    [DataRow(ProtocolVersion.V5, 200, 0)]
    [DataRow(ProtocolVersion.V5, 200, 1)]
    [DataRow(ProtocolVersion.V5, 200, 16)]
    [DataRow(ProtocolVersion.V5, 200, 100)]
    [DataRow(ProtocolVersion.V5, 200, 1000)]
    public void Serve_DefaultSettings_AllArriveInOrder(byte version, int publishers, int payload)
    {
        Flood.AssertAllArrive(_simulator.Port, version, publishers, Messages, payload);
    }

    /// <summary>The core as `serve` makes it for a board: small queues, the PC's sockets.</summary>
    [TestMethod]
    [Timeout(60_000)]
    [DataRow(ProtocolVersion.V311, 16)]
    [DataRow(ProtocolVersion.V311, 1000)]
    [DataRow(ProtocolVersion.V5, 200)]
    [DataRow(ProtocolVersion.V5, 1000)]
    public void Serve_LimitsOfABoard_AllArriveInOrder(byte version, int payload)
    {
        using SimulatorProcess simulator = SimulatorProcess.ServeWith("--board", "esp32");
        Flood.AssertAllArrive(simulator.Port, version, 10, Messages, payload);
    }

    [TestMethod]
    [Timeout(60_000)]
    [DataRow(ProtocolVersion.V311, 0)]
    [DataRow(ProtocolVersion.V311, 1)]
    [DataRow(ProtocolVersion.V311, 16)]
    [DataRow(ProtocolVersion.V311, 100)]
    [DataRow(ProtocolVersion.V311, 500)]
    [DataRow(ProtocolVersion.V5, 0)]
    [DataRow(ProtocolVersion.V5, 1)]
    [DataRow(ProtocolVersion.V5, 16)]
    [DataRow(ProtocolVersion.V5, 100)]
    [DataRow(ProtocolVersion.V5, 500)]
    public void Firmware_Esp32C3_AllArriveInOrder(byte version, int payload)
    {
        using SimulatorProcess simulator =
            ServeBoard("esp32-c3");
        Flood.AssertAllArrive(simulator.Port, version, 4, BoardMessages, payload);
    }

    /// <summary>More unfinished packets than a board has memory for: all get their turns.</summary>
    [TestMethod]
    [Timeout(60_000)]
    [DataRow(ProtocolVersion.V311)]
    [DataRow(ProtocolVersion.V5)]
    public void Firmware_Esp32_ManyLargePackets_AllArriveInOrder(byte version)
    {
        using SimulatorProcess simulator =
            ServeBoard("esp32");
        Flood.AssertAllArrive(simulator.Port, version, 13, 5 * BoardMessages, 1000);
    }

    // A machine that runs many tests at once may stop the reader for longer than a board waits.
    private static SimulatorProcess ServeBoard(string board)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(file, "slow_grace 8000\n");
        return SimulatorProcess.ServeWith("--firmware", "--board", board, "--config", file);
    }
}
