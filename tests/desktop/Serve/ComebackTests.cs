using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using EdgeBroker.Codec;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>A full house, frozen clients and floods harm nobody else.</summary>
[TestClass]
[DoNotParallelize] // It measures that clients are served within a second.
public sealed class ComebackTests
{
    private const int FrozenBuffer = 4096;

    /// <summary>
    /// The old connections are half-open: nobody closes them, and the broker has heard nothing.
    /// </summary>
    [TestMethod]
    [DataRow(false, 14, "--board", "esp32")]
    [DataRow(true, 14, "--board", "esp32")]
    [DataRow(false, 14, "--firmware", "--board", "esp32")]
    [DataRow(true, 14, "--firmware", "--board", "esp32")]
    [DataRow(true, 6, "--firmware", "--board", "esp32-c3")]
    public void AllClients_AreBackWithinASecondOfAPowerCut(
        bool areSubscribed, int clients, params string[] arguments)
    {
        using SimulatorProcess simulator = SimulatorProcess.ServeWith(arguments);
        RawClient[] old = Come(simulator.Port, clients);
        if (areSubscribed)
        {
            foreach (RawClient client in old)
            {
                client.Subscribe(ProtocolVersion.V311, "all/#");
            }
        }

        // The rate of CONNECTs that a board takes has recovered by the time power is back.
        Thread.Sleep(1000);
        Stopwatch watch = Stopwatch.StartNew();
        RawClient[] back = Come(simulator.Port, clients);
        Assert.IsLessThan(1000, watch.ElapsedMilliseconds);
        foreach (RawClient client in back)
        {
            client.SendHex("c0 00");
            Assert.AreEqual(0xD0, client.ReadPacket()[0]);
            client.Dispose();
        }

        foreach (RawClient client in old)
        {
            Assert.IsNull(client.ReadPacket());
            client.Dispose();
        }
    }

    [TestMethod]
    public void FifteenClients_AreBackWithinASecondOfAPowerCut()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("max_connections 15");
        RawClient[] old = Come(simulator.Port, 15);
        Stopwatch watch = Stopwatch.StartNew();
        RawClient[] back = Come(simulator.Port, 15);
        Assert.IsLessThan(1000, watch.ElapsedMilliseconds);
        foreach (RawClient client in back.Concat(old))
        {
            client.Dispose();
        }
    }

    [TestMethod]
    [DataRow()]
    [DataRow("--board", "esp32")]
    [DataRow("--firmware", "--board", "esp32")]
    public void FrozenSubscriber_DelaysNoReader(params string[] arguments)
    {
        const int Messages = 5000;
        using SimulatorProcess simulator = SimulatorProcess.ServeWith(arguments);
        using var frozen = new RawClient(simulator.Port, FrozenBuffer);
        frozen.Connect(ProtocolVersion.V311, "frozen");
        frozen.Subscribe(ProtocolVersion.V311, "t");
        using RawClient reader = RawClient.Connected(simulator.Port, ProtocolVersion.V311, "r");
        reader.Subscribe(ProtocolVersion.V311, "t");
        using RawClient publisher = RawClient.Connected(simulator.Port, ProtocolVersion.V311, "p");
        byte[] packet = [0x30, 0x87, 7, 0, 1, (byte)'t', .. new byte[900]];
        long slowest = 0;
        for (int i = 0; i < Messages; i++)
        {
            long start = Stopwatch.GetTimestamp();
            publisher.Send(packet);
            Assert.AreEqual(0x30, reader.ReadPacket()[0]);
            slowest = Math.Max(slowest, Stopwatch.GetTimestamp() - start);
        }

        Assert.IsLessThan(500, Stopwatch.GetElapsedTime(0, slowest).TotalMilliseconds);
        if (arguments is ["--board", _])
        {
            simulator.WaitForText("the queue of client \"frozen\" at ");
        }
    }

    private static RawClient[] Come(int port, int count)
    {
        var clients = new List<RawClient>();
        for (int i = 0; i < count; i++)
        {
            clients.Add(RawClient.Connected(port, ProtocolVersion.V311, "node" + i));
        }

        return [.. clients];
    }
}
