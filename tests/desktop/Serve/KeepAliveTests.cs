using System;
using System.Linq;
using EdgeBroker.Codec;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>Keep Alive and clients that do not read.</summary>
[TestClass]
public sealed class KeepAliveTests
{
    private const int FrozenBuffer = 4096;

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
}
