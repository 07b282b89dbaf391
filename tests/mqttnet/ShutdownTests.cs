using System;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MQTTnet;
using MQTTnet.Formatter;

namespace EdgeBroker.Tests.MqttNet;

[TestClass]
public sealed class ShutdownTests
{
    [TestMethod]
    public async Task Sigterm_ClientsAreTold0x8BAndTheProcessEndsCleanly()
    {
        if (TestBroker.IsExternal || OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Needs a simulator of its own and SIGTERM.");
        }

        using SimulatorProcess broker = SimulatorProcess.ServeWith();
        using TestClient newer = await TestClient.ConnectAsync(
            "127.0.0.1", broker.Port, MqttProtocolVersion.V500);
        using TestClient older = await TestClient.ConnectAsync(
            "127.0.0.1", broker.Port, MqttProtocolVersion.V311);

        broker.Signal("TERM");
        int exitCode = broker.WaitForExit();
        MqttClientDisconnectedEventArgs ended = await newer.WhenDisconnectedAsync();
        await older.WhenDisconnectedAsync();

        Assert.AreEqual(0, exitCode, broker.Transcript);
        Assert.AreEqual(MqttClientDisconnectReason.ServerShuttingDown, ended.Reason);
        Assert.AreEqual(0x8B, (int)ended.Reason);
    }
}
