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
        using var sample = new LineProcess(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "EdgeBroker.Samples.Embed.dll"),
                host, port.ToString(),
            ]);
        using DeviceClient subscriber = DeviceClient.Persistent(port, "s", 60);
        subscriber.Subscribe("t");
        using DeviceClient publisher = DeviceClient.Connected(port, "p");
        publisher.Publish("t", "x");
        Assert.AreEqual("x", subscriber.ReadMessage());
    }

    // The samples do not say which port they have taken, so one is named that was free just now.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
