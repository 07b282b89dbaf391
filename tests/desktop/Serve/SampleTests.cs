using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Tests.Desktop.Firmware;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>The hosts in samples/embed run as they stand there.</summary>
[TestClass]
public sealed class SampleTests
{
    [TestMethod]
    [DataRow("dotnet")]
    [DataRow("nano")]
    public void EmbeddedCore_CarriesAMessage(string host)
    {
        int port = FreePort();
        using LineProcess sample = Start(host, port);
        using DeviceClient subscriber = DeviceClient.Persistent(port, "s", 60);
        subscriber.Subscribe("t");
        using DeviceClient publisher = DeviceClient.Connected(port, "p");
        publisher.Publish("t", "x");
        Assert.AreEqual("x", subscriber.ReadMessage());
    }

    [TestMethod]
    public void PortThatIsTaken_IsSaid()
    {
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();
        using LineProcess sample = Start("dotnet", ((IPEndPoint)other.LocalEndpoint).Port);
        Assert.AreEqual(1, sample.WaitForExit(TimeSpan.FromSeconds(30)));
        StringAssert.StartsWith(string.Join('\n', sample.Errors), "cannot serve on port ");
    }

    private static LineProcess Start(string host, int port)
    {
        return new LineProcess(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "EdgeBroker.Samples.Embed.dll"),
                host, port.ToString(),
            ]);
    }

    // The samples do not say which port they have taken, so one is named that was free just now.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
