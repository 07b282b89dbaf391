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

    /// <summary>A client whose socket takes nothing any more is closed all the same.</summary>
    [TestMethod]
    [DataRow("--board", "esp32")]
    [DataRow("--firmware", "--board", "esp32")]
    public void FrozenSubscriber_WhoseKeepAliveEnds_IsClosed(params string[] arguments)
    {
        using SimulatorProcess simulator = SimulatorProcess.ServeWith(arguments);
        using var frozen = new RawClient(simulator.Port, FrozenBuffer);
        frozen.SendHex("10 13 0004 'MQTT' 04 06 0001 0001 'f' 0001 'w' 0001 'x'");
        Assert.AreEqual(0x20, frozen.ReadPacket()[0]);
        frozen.Subscribe(ProtocolVersion.V311, "t");
        using RawClient watcher = RawClient.Connected(simulator.Port, ProtocolVersion.V311, "w");
        watcher.Subscribe(ProtocolVersion.V311, "w");
        byte[] packet = [0x30, 0x87, 7, 0, 1, (byte)'t', .. new byte[900]];
        for (int i = 0; i < 6000; i++)
        {
            watcher.Send(packet);
        }

        // One and a half seconds of Keep Alive, two for the last packets; then its Will comes.
        CollectionAssert.AreEqual(
            new byte[] { 0x30, 4, 0, 1, (byte)'w', (byte)'x' }, watcher.ReadPacket());
        watcher.Subscribe(ProtocolVersion.V311, "$SYS/broker/clients/connected");
        Assert.AreEqual('1', (char)watcher.ReadPacket()[^1]);
    }

    /// <summary>
    /// While PUBACKs wait that the client does not read, nothing more is read from it; so its
    /// Keep Alive does not run, though it is 1 s and the flood lasts longer.
    /// </summary>
    [TestMethod]
    [DataRow(ProtocolVersion.V311)]
    [DataRow(ProtocolVersion.V5)]
    public void Qos1Flood_WithoutReadingPubacks_IsNotClosedByKeepAlive(byte version)
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve();
        using var client = new RawClient(simulator.Port, FrozenBuffer);
        byte[] properties = version == ProtocolVersion.V5 ? [0] : [];
        ConnectWithKeepAliveOf1S(client, 'f', version, properties);
        byte[] publish = [0, 1, (byte)'t', 0, 7, .. properties];
        byte[] batch = [.. Enumerable.Repeat(
            new[] { (byte)0x32, (byte)publish.Length }.Concat(publish), 1000).SelectMany(b => b)];
        int bytes = client.Fill(batch);
        // Whoever connects now and stays silent is closed when the other's time is long over.
        using var silent = new RawClient(simulator.Port);
        ConnectWithKeepAliveOf1S(silent, 's', version, properties);
        while (silent.ReadPacket() != null)
        {
        }

        int size = batch.Length / 1000;
        int whole = bytes / size;
        Assert.IsGreaterThan(1000, whole, "the broker reads at first");
        for (int i = 0; i < whole; i++)
        {
            byte[] packet = client.ReadPacket();
            Assert.IsNotNull(packet, $"closed after {i} of {whole} PUBACKs");
            Assert.AreEqual(0x40, packet[0], $"after {i} of {whole} PUBACKs");
        }

        // The rest of the packet that was sent in part, and another one.
        client.Send(batch.AsSpan(bytes % size, 2 * size - bytes % size));
        Assert.AreEqual(0x40, client.ReadPacket()[0]);
        Assert.AreEqual(0x40, client.ReadPacket()[0]);
    }

    private static void ConnectWithKeepAliveOf1S(
        RawClient client, char clientId, byte version, byte[] properties)
    {
        byte[] rest = [version, 2, 0, 1, .. properties, 0, 1, (byte)clientId];
        client.Send([0x10, (byte)(6 + rest.Length), 0, 4, .. "MQTT"u8, .. rest]);
        Assert.AreEqual(0x20, client.ReadPacket()[0]);
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
