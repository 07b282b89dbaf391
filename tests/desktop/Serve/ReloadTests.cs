using System.IO;
using System.Linq;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>Signals to a running broker: SIGHUP reads its file again, others end nothing.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class ReloadTests
{
    [TestMethod]
    public void Hangup_TakesOverWhatItCan_AndNamesWhatNeedsARestart()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("max_connections 10");
        using RawClient before = RawClient.Connected(simulator.Port, 5, "before");
        File.WriteAllLines(simulator.ConfigFile,
            ["max_connections 20", "allow_anonymous false", "connection_messages false"]);
        simulator.Signal("HUP");
        simulator.WaitForText("taken over: allow_anonymous false, connection_messages false");
        simulator.WaitForText("needs a restart: max_connections 20");

        using var after = new RawClient(simulator.Port);
        Assert.AreEqual(0x87, after.Connect(5, "after")[3]);
        before.SendHex("c0 00");
        CollectionAssert.AreEqual((byte[])[0xD0, 0x00], before.ReadPacket());

        File.WriteAllLines(simulator.ConfigFile, ["max_connections 20"]);
        simulator.Signal("HUP");
        simulator.WaitForText("taken over: allow_anonymous true (the default), "
            + "connection_messages true (the default)");
        RawClient.Connected(simulator.Port, 5, "later").Dispose();
        simulator.WaitForText("client \"later\" at ");
        Assert.AreEqual(2, simulator.Output.Count(line => line.EndsWith(
            "needs a restart: max_connections 20")), "it still does");
    }

    [TestMethod]
    public void Hangup_TakesOverSettingsOfTheCore()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve();
        File.WriteAllLines(simulator.ConfigFile, ["retain_available false"]);
        simulator.Signal("HUP");
        simulator.WaitForText("taken over: retain_available false");
        using var client = new RawClient(simulator.Port);
        // Retain Available (0x25) 0 stands among the properties of CONNACK.
        StringAssert.Contains(System.Convert.ToHexString(client.Connect(5, "c")), "2500");
    }

    [TestMethod]
    public void Hangup_WithAnError_ChangesNothing()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve();
        File.WriteAllLines(simulator.ConfigFile, ["allow_anonymous false", "nonsense 1"]);
        simulator.Signal("HUP");
        simulator.WaitForText($"{simulator.ConfigFile}:2: unknown keyword \"nonsense\"");
        simulator.WaitForText($"{simulator.ConfigFile} was read again and has errors: "
            + "nothing has changed");
        RawClient.Connected(simulator.Port, 5, "c").Dispose();
    }

    [TestMethod]
    public void Hangup_WithALogFileThatCannotBeOpened_ChangesNothing()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve();
        File.WriteAllLines(simulator.ConfigFile,
            ["log_dest file /nowhere/x.log", "allow_anonymous false"]);
        simulator.Signal("HUP");
        simulator.WaitForText("log_dest file /nowhere/x.log cannot be opened");
        simulator.WaitForText("nothing has changed");
        RawClient.Connected(simulator.Port, 5, "c").Dispose();
    }

    /// <summary>The listeners stay as they are, so the new file has to speak of them.</summary>
    [TestMethod]
    [DataRow("listener 0")]
    [DataRow("")]
    public void Hangup_WithoutAWordOnAnonymous_OpensNoListenerToOthers(string setting)
    {
        using SimulatorProcess open = SimulatorProcess.Start(
            ["listener 0 0.0.0.0", "allow_anonymous false"], "serve", "--plain");
        string line = open.WaitForText("listening on 0.0.0.0:");
        int port = int.Parse(line[(line.LastIndexOf(':') + 1)..]);
        File.WriteAllLines(open.ConfigFile, [setting]);
        open.Signal("HUP");
        open.WaitForText("others can reach 0.0.0.0:0");
        open.WaitForText("nothing has changed");
        using var client = new RawClient(port);
        Assert.AreEqual(0x87, client.Connect(5, "c")[3]);
    }

    [TestMethod]
    public void Hangup_OpensTheLogFileAgain()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using SimulatorProcess simulator = SimulatorProcess.Serve(
                "log_dest stdout", "log_dest file " + path);
            StringAssert.Contains(File.ReadAllText(path), " starts");
            File.Move(path, path + ".1");
            simulator.Signal("HUP");
            simulator.WaitForText("no setting has changed");
            RawClient.Connected(simulator.Port, 5, "rotated").Dispose();
            simulator.WaitForText("client \"rotated\" at ");
            simulator.Signal("TERM");
            Assert.AreEqual(0, simulator.WaitForExit());
            StringAssert.Contains(File.ReadAllText(path), "client \"rotated\" at ");
            Assert.IsFalse(File.ReadAllText(path + ".1").Contains("rotated"));
        }
        finally
        {
            File.Delete(path);
            File.Delete(path + ".1");
        }
    }

    /// <summary>What logrotate does with copytruncate.</summary>
    [TestMethod]
    public void LogFileThatIsEmptied_GoesOnAtItsStart()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using SimulatorProcess simulator = SimulatorProcess.Serve(
                "log_dest stdout", "log_dest file " + path);
            File.WriteAllText(path, "");
            RawClient.Connected(simulator.Port, 5, "after").Dispose();
            simulator.Signal("TERM");
            Assert.AreEqual(0, simulator.WaitForExit());
            string text = File.ReadAllText(path);
            StringAssert.Contains(text, "client \"after\" at ");
            Assert.IsFalse(text.Contains('\0'));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void Hangup_WithoutAFile_SaysSo()
    {
        using SimulatorProcess simulator = SimulatorProcess.ServeWith("--plain");
        simulator.Signal("HUP");
        simulator.WaitForText("SIGHUP: there is no configuration file to read again");
        RawClient.Connected(simulator.Port, 5, "c").Dispose();
    }

    [TestMethod]
    [DataRow("USR1", "SIGUSR1 does nothing here: there is no persistence yet")]
    [DataRow("USR2", "SIGUSR2 does nothing here")]
    public void SignalsOfMosquittosDatabase_EndNothing(string signal, string sentence)
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve();
        simulator.Signal(signal);
        simulator.WaitForText(sentence);
        RawClient.Connected(simulator.Port, 5, "c").Dispose();
    }
}
