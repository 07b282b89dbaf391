using System.Linq;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Tests.Desktop.Firmware;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>`serve --firmware` ends where a board would stop, and tells what is played.</summary>
[TestClass]
public sealed class FirmwareServeTests
{
    private static readonly string[] _serve = ["serve", "--firmware", "--board", "esp32"];

    [TestMethod]
    public void BudgetThatDoesNotFit_EndsWithAnError()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            ["max_retained_messages 4000"], [.. _serve, "--port", "0"]);
        Assert.AreEqual(1, simulator.WaitForExit());
        CollectionAssert.AreEqual(new[]
        {
            "the configuration does not fit the board's memory, limited by: retained messages",
        }, simulator.Errors);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void PortInUse_EndsWithAnError(bool isInTheFile)
    {
        using var other = new Socket(
            AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        string port = ((IPEndPoint)other.LocalEndPoint).Port.ToString();
        using SimulatorProcess simulator = isInTheFile
            ? SimulatorProcess.Start(["port " + port], _serve)
            : SimulatorProcess.Start([], [.. _serve, "--port", port]);
        Assert.AreEqual(1, simulator.WaitForExit());
        CollectionAssert.AreEqual(
            new[] { $"cannot listen on 127.0.0.1:{port}: the port is in use" }, simulator.Errors);
    }

    [TestMethod]
    public void ErrorInTheFile_LeavesThePortOfTheCommandLine()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            ["port 1", "max_conections 3"], [.. _serve, "--port", "0"]);
        simulator.WaitForText("max_conections: unknown keyword; the defaults hold");
        string line = simulator.WaitForText("listening on 127.0.0.1:");
        Assert.AreNotEqual("listening on 127.0.0.1:1883", line);
        Assert.IsEmpty(simulator.Errors);
    }

    [TestMethod]
    public void Figures_AreLabelledAsThoseOfStandIns()
    {
        using SimulatorProcess simulator = SimulatorProcess.ServeWith(_serve[1..]);
        StringAssert.Contains(simulator.Output[0], "heap figures are not measured");
        Assert.IsTrue(simulator.Output.Any(
            line => line.StartsWith("  clients it lets stand still ")));
        using DeviceClient client = DeviceClient.Connected(simulator.Port, "c");
        client.Subscribe("$SYS/broker/listener/opened");
        Assert.AreEqual("1", client.ReadMessage());
    }
}
