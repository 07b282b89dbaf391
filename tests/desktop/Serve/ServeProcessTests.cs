using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Simulator;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>The command line, as a user meets it.</summary>
[TestClass]
public sealed class ServeProcessTests
{
    [TestMethod]
    public void WrongSettings_AreOneLineEachAndExitCode2()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            ["port 0", "nonsense 1", "max_qos 9"], "serve");
        Assert.AreEqual(2, simulator.WaitForExit());
        string file = simulator.ConfigFile;
        CollectionAssert.AreEqual(
            (string[])[$"{file}:2: unknown keyword \"nonsense\"; "
                + "serve --help-config lists those there are",
                $"{file}:3: max_qos must be 0, 1 or 2, not \"9\""],
            simulator.Errors);
    }

    [TestMethod]
    public void PortWithSeveralListeners_IsRefusedWithTheirLines()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            ["listener 0", "listener 0"], "serve", "--port", "0");
        Assert.AreEqual(2, simulator.WaitForExit());
        string file = simulator.ConfigFile;
        Assert.AreEqual("--port replaces a single listener, but the file names 2 "
            + $"({file}:1, {file}:2); leave the option out", simulator.Errors.Single());
    }

    [TestMethod]
    public void PortInUse_IsOneSentenceAndExitCode1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using SimulatorProcess simulator = SimulatorProcess.Start(
            null, "--port", ((IPEndPoint)taken.LocalEndpoint).Port.ToString());
        Assert.AreEqual(1, simulator.WaitForExit());
        string error = simulator.Errors.Single();
        StringAssert.StartsWith(error,
            $"cannot listen on {taken.LocalEndpoint}: another program uses this port");
        StringAssert.EndsWith(error, "or take another port: --port 0 takes a free one");
        Assert.IsEmpty(simulator.Output);
    }

    [TestMethod]
    [DataRow("--help", "serve")]
    [DataRow("--help", "--config <FILE>")]
    [DataRow("--help-config", "max_retained_bytes")]
    public void Help_NamesWhatThereIs(string option, string name)
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(null, option);
        Assert.AreEqual(0, simulator.WaitForExit());
        StringAssert.Contains(string.Join('\n', simulator.Output), name);
        Assert.IsEmpty(simulator.Errors);
    }

    [TestMethod]
    public void Limits_ListTheBoardsAndTheTablesOfOne()
    {
        using SimulatorProcess all = SimulatorProcess.Start(null, "limits");
        using SimulatorProcess one = SimulatorProcess.Start(null, "limits", "--board", "esp32-c3");
        Assert.AreEqual(0, all.WaitForExit());
        Assert.AreEqual(0, one.WaitForExit());
        foreach (BoardProfile board in KnownBoards.All)
        {
            string row = all.Output.Single(line => line.StartsWith(board.Name + " "));
            StringAssert.EndsWith(row, $" {new MemoryLedger(board.Limits).TotalBytes():N0}");
        }

        BrokerLimits limits = AllBoards.Find("esp32-c3").Limits;
        string total = one.Output.Single(line => line.StartsWith("  total "));
        StringAssert.EndsWith(total, $" {new MemoryLedger(limits).TotalBytes():N0}");
    }

    [TestMethod]
    public void WithoutAVerb_ItServes()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(null, "--port", "0", "--plain");
        string line = simulator.WaitForText("listening on 127.0.0.1:");
        int port = int.Parse(line["listening on 127.0.0.1:".Length..]);
        using RawClient client = RawClient.Connected(port, 4, "anybody");
        client.SendHex("c0 00");
        CollectionAssert.AreEqual((byte[])[0xD0, 0x00], client.ReadPacket());
    }

    [TestMethod]
    public void EachListener_HasItsLineAndTakesClients()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            ["listener 0", "listener 0 localhost", "log_type none"], "serve");
        simulator.WaitForLine(
            _ => simulator.Output.Count(l => l.StartsWith("listening on 127.0.0.1:")) == 2);
        foreach (string line in simulator.Output)
        {
            int port = int.Parse(line["listening on 127.0.0.1:".Length..]);
            RawClient.Connected(port, 5, "c" + port).Dispose();
        }
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void PidFile_HoldsTheProcessIdUntilTheEnd()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using SimulatorProcess simulator = SimulatorProcess.Serve("pid_file " + path);
        Assert.IsGreaterThan(1, int.Parse(File.ReadAllText(path)));
        simulator.Signal("TERM");
        Assert.AreEqual(0, simulator.WaitForExit());
        Assert.IsFalse(File.Exists(path));
    }
}
