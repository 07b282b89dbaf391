using System;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The clients that most users try first, served by the firmware's own loop.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class MosquittoTests
{
    [TestMethod]
    [DataRow("311")]
    [DataRow("5")]
    public void MosquittoClients_PublishSubscribeAndRetain(string version)
    {
        using FirmwareHost device = Device.Serving();
        using LineProcess subscriber = Run(
            "mosquitto_sub", device.Port, version, "-t", "room/#", "-C", "2", "-v");
        Device.WaitUntil(
            () => device.Program.Broker().SysValue(SysTopics.Subscriptions) == 1, "SUBSCRIBE");
        using LineProcess one = Run(
            "mosquitto_pub", device.Port, version, "-t", "room/1", "-m", "one");
        Assert.AreEqual("", Output(one));
        using LineProcess two = Run("mosquitto_pub", device.Port, version,
            "-t", "room/2", "-m", "two", "-r", "-q", "1");
        Assert.AreEqual("", Output(two));
        Assert.AreEqual("room/1 one\nroom/2 two", Output(subscriber));
        using LineProcess late = Run(
            "mosquitto_sub", device.Port, version, "-t", "room/#", "-C", "1", "-v");
        Assert.AreEqual("room/2 two", Output(late));
    }

    private static string Output(LineProcess process)
    {
        int exitCode = process.WaitForExit(TimeSpan.FromMilliseconds(Device.PatienceMs));
        Assert.AreEqual(0, exitCode, process.Transcript);
        return string.Join('\n', process.Output);
    }

    private static LineProcess Run(string program, int port, string version, params string[] rest)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            const string Need = "needs mosquitto_sub: apt-get install mosquitto-clients";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(Need);
            }

            Assert.Inconclusive(Need);
        }

        return new LineProcess(
            program, ["-h", "127.0.0.1", "-p", port.ToString(), "-V", version, .. rest]);
    }
}
