using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>Ctrl+C, SIGTERM and SIGQUIT end the broker with its clients told.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class StopTests
{
    [TestMethod]
    [DataRow("TERM")]
    [DataRow("QUIT")]
    [DataRow("INT")]
    public void Signal_TellsClientsAndEndsWithTotals(string signal)
    {
        if (signal != "TERM" && IsIgnored(signal == "INT" ? 2 : 3))
        {
            Assert.Inconclusive(signal + " is ignored here, as in background jobs of a script");
        }

        using SimulatorProcess simulator = SimulatorProcess.Serve();
        using RawClient modern = RawClient.Connected(simulator.Port, 5, "modern");
        using RawClient old = RawClient.Connected(simulator.Port, 4, "old");
        simulator.Signal(signal);

        byte[] disconnect = modern.ReadPacket();
        Assert.AreEqual(0xE0, disconnect[0]);
        Assert.AreEqual(0x8B, disconnect[2]);
        Assert.IsNull(modern.ReadPacket());
        Assert.IsNull(old.ReadPacket());
        Assert.AreEqual(0, simulator.WaitForExit());
        StringAssert.Contains(simulator.Output[^1], "connections 2, most clients at once 2");
        Assert.IsEmpty(simulator.Errors);
    }

    [TestMethod]
    public void SecondSignal_EndsAtOnce()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve();
        // It does not close its connection, so the broker waits a moment for it.
        using RawClient client = RawClient.Connected(simulator.Port, 5, "slow");
        simulator.Signal("TERM");
        Assert.AreEqual(0xE0, client.ReadPacket()[0]);
        simulator.Signal("TERM");
        Assert.AreEqual(130, simulator.WaitForExit());
    }

    /// <summary>Ctrl+Z and fg: what clients sent is read before anybody is late.</summary>
    [TestMethod]
    public void StoppedForLongerThanTheKeepAlive_LosesNobody()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve();
        RawClient[] clients = [.. Enumerable.Range(0, 20).Select(_ => KeptAlive(simulator.Port))];
        simulator.Signal("STOP");
        Thread.Sleep(2500); // More than one and a half times its Keep Alive of one second.
        foreach (RawClient client in clients)
        {
            client.SendHex("c0 00");
        }

        simulator.Signal("CONT");
        foreach (RawClient client in clients)
        {
            CollectionAssert.AreEqual((byte[])[0xD0, 0x00], client.ReadPacket());
            client.Dispose();
        }
    }

    private static RawClient KeptAlive(int port)
    {
        var client = new RawClient(port);
        client.SendHex("10 0c 0004 'MQTT' 04 02 0001 0000");
        Assert.AreEqual(0x20, client.ReadPacket()[0]);
        return client;
    }

    /// <summary>A process inherits what its parent ignores, and .NET keeps it so.</summary>
    private static bool IsIgnored(int signal)
    {
        const string Status = "/proc/self/status";
        const string Field = "SigIgn:";
        string line = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(l => l.StartsWith(Field))
            : null;
        return line != null
            && (ulong.Parse(line[Field.Length..], NumberStyles.AllowHexSpecifier
                | NumberStyles.AllowLeadingWhite) & (1ul << (signal - 1))) != 0;
    }
}
