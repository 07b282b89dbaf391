using System.IO;
using System.Linq;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>Nobody opens a broker to a network by mistake.</summary>
[TestClass]
public sealed class OpenListenerTests
{
    private const string Cure = "others can reach {0}, and the broker has no passwords yet. "
        + "If everybody there may connect, say so: \"allow_anonymous true\" in the "
        + "configuration file, or --allow-anonymous";

    [TestMethod]
    [DataRow("listener 1 0.0.0.0", "0.0.0.0:1")]
    [DataRow("bind_address ::", "[::]:1883")]
    [DataRow("listener 1 192.0.2.1", "192.0.2.1:1")]
    public void ListenerBeyondLoopback_WithoutAWord_StopsTheStart(string line, string place)
    {
        using SimulatorProcess simulator = SimulatorProcess.Start([line], "serve");
        Assert.AreEqual(2, simulator.WaitForExit());
        Assert.AreEqual($"{simulator.ConfigFile}:1: {string.Format(Cure, place)}",
            simulator.Errors.Single());
        Assert.IsEmpty(simulator.Output);
    }

    [TestMethod]
    public void BindBeyondLoopback_WithoutAWord_StopsTheStart()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            ["listener 1"], "serve", "--bind", "0.0.0.0");
        Assert.AreEqual(2, simulator.WaitForExit());
        Assert.AreEqual(string.Format(Cure, "0.0.0.0:1"), simulator.Errors.Single());
    }

    [TestMethod]
    public void WordInTheFile_OpensTheListener()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            ["listener 0 0.0.0.0", "allow_anonymous true"], "serve");
        TakesClients(simulator);
    }

    [TestMethod]
    public void OptionOnTheCommandLine_OpensTheListener()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            null, "--port", "0", "--bind", "0.0.0.0", "--allow-anonymous");
        TakesClients(simulator);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("somebody")]
    public void AnonymousNotAllowed_LetsNobodyIn(string userName)
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("allow_anonymous false");
        simulator.WaitForText("nobody can connect: allow_anonymous is false");
        using var client = new RawClient(simulator.Port);
        client.SendHex(userName == null
            ? "10 0d 00 04 'MQTT' 04 02 00 00 00 01 'c'"
            : "10 1d 00 04 'MQTT' 04 c2 00 00 00 01 'c' 00 08 'somebody' 00 04 'word'");
        CollectionAssert.AreEqual((byte[])[0x20, 2, 0, 5], client.ReadPacket());
        Assert.IsNull(client.ReadPacket());
    }

    [TestMethod]
    public void OptionAgainstTheFile_IsAnError()
    {
        using SimulatorProcess simulator = SimulatorProcess.Start(
            ["allow_anonymous false"], "serve", "--allow-anonymous");
        Assert.AreEqual(2, simulator.WaitForExit());
        Assert.AreEqual($"{simulator.ConfigFile}:1: allow_anonymous false contradicts "
            + "--allow-anonymous; remove one of them", simulator.Errors.Single());
    }

    [TestMethod]
    public void Start_SaysWhatRunsAndHowToOpenIt()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve(
            "log_timestamp false", "max_connections 100");
        string[] start = [.. simulator.Output.TakeWhile(l => !l.StartsWith("listening on "))];
        Assert.AreEqual(EdgeBroker.Broker.MqttBroker.Version + " starts", start[0]);
        Assert.AreEqual("configuration file " + simulator.ConfigFile, start[1]);
        StringAssert.Matches(start[2], new("^memory for tables and messages: [0-9]+ MiB at most"));
        Assert.AreEqual("only programs on this computer can connect; to open the broker to your "
            + "network: --bind 0.0.0.0 --allow-anonymous", start[3]);
        Assert.HasCount(4, start);
    }

    private static void TakesClients(SimulatorProcess simulator)
    {
        string line = simulator.WaitForText("listening on 0.0.0.0:");
        int port = int.Parse(line["listening on 0.0.0.0:".Length..]);
        simulator.WaitForText($"everybody who reaches 0.0.0.0:{port} may connect");
        RawClient.Connected(port, 5, "c").Dispose();
    }
}
