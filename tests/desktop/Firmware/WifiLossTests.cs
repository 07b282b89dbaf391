using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>Wi-Fi that comes and goes, with connections that neither side knows are dead.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class WifiLossTests
{
    private const int Clients = 5;
    private const int Cycles = 100;

    [TestMethod]
    public void WifiLostAndBackAHundredTimes_LeavesNothingBehind()
    {
        using FirmwareHost device = Device.Serving("sys_interval 0\nmax_connect_rate 0\n");
        using AirGap air = new(device.Port);
        var broker = device.Program.Broker();
        var loop = device.Program.Loop();
        DeviceClient[] clients = Connect(air);
        long used = broker.SysValue(SysTopics.MemoryUsed);
        int handles = Handles();
        long longest = 0;
        var graveyard = new List<DeviceClient>();
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            // The clients hear nothing of it: their connections stay open and silent.
            air.Cut();
            device.Radio.DoesRejoin = cycle % 2 == 0;
            device.Radio.Lose();
            if (cycle % 3 == 0)
            {
                Device.WaitUntil(() => broker.OpenConnections == 0, "all closed");
            }

            device.Radio.Restore();
            long back = Stopwatch.GetTimestamp();
            graveyard.AddRange(clients);
            // Until the device has noticed, a client may still reach the old listener.
            int losses = cycle + 1;
            Device.WaitUntil(() => device.Program.Link().Losses == losses, "the noticed loss");
            clients = Connect(air);
            longest = Math.Max(longest, Stopwatch.GetTimestamp() - back);
            Device.WaitUntil(() => broker.OpenConnections == Clients, "no ghosts");
            clients[0].Publish("t/1", "x" + cycle);
            foreach (DeviceClient client in clients)
            {
                Assert.AreEqual("x" + cycle, client.ReadMessage());
            }
        }

        graveyard.ForEach(client => client.Dispose());
        Device.WaitUntil(
            () => broker.SysValue(SysTopics.MemoryUsed) == used, "memory back where it was");
        Assert.AreEqual(Clients, broker.OpenConnections);
        Assert.AreEqual(Clients, broker.ConnectedClients);
        Assert.AreEqual(Clients, loop.OpenSockets());
        Assert.AreEqual(Cycles, device.Program.Link().Losses);
        Assert.AreEqual((long)Cycles, device.Program.Figures().WifiDrops);
        Assert.AreEqual(1 + Cycles, loop.Listens);

        // The documentation promises the pause of the moment plus one attempt; here that is
        // 160 ms + 500 ms, and the clients' own attempts.
        Assert.IsLessThan(3000, Stopwatch.GetElapsedTime(0, longest).TotalMilliseconds);
        foreach (DeviceClient client in clients)
        {
            client.Dispose();
        }

        air.Dispose();
        Device.WaitUntil(() => broker.OpenConnections == 0, "the last ones gone");
        if (handles > 0)
        {
            Device.WaitUntil(() => Handles() <= handles, "as few handles as at the start");
        }
    }

    [TestMethod]
    public void HalfOpenConnections_AreGoneAfterOneAndAHalfKeepAlives()
    {
        using FirmwareHost device = Device.Serving();
        using AirGap air = new(device.Port);
        var broker = device.Program.Broker();
        DeviceClient[] clients = Connect(air, keepAliveS: 1);
        Stopwatch watch = Stopwatch.StartNew();
        air.Cut();
        Device.WaitUntil(() => broker.OpenConnections == 0, "no ghosts");
        Assert.IsInRange(1.0, 2.5, watch.Elapsed.TotalSeconds);
        Assert.AreEqual(0, device.Program.Loop().OpenSockets());
        Assert.AreEqual(0, device.Program.Link().Losses, "the link itself was never lost");
        DeviceClient[] again = Connect(air, keepAliveS: 60);
        Assert.AreEqual(Clients, broker.ConnectedClients);
        foreach (DeviceClient client in clients.Concat(again))
        {
            client.Dispose();
        }
    }

    [TestMethod]
    public void SilentLossThatOnlyTheAddressTells_IsNoticed()
    {
        using FirmwareHost device = Device.Serving();
        using DeviceClient client = DeviceClient.Connected(device.Port, "c");
        device.Radio.GivenAddress = "0.0.0.0";
        Assert.IsNull(client.Read(1));
        Device.WaitUntil(() => device.Port == 0, "the closed listener");
        device.Radio.GivenAddress = "127.0.0.1";
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        Thread.Sleep(2 * device.Where.LookMs);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs), "and it stays");
    }

    private static DeviceClient[] Connect(AirGap air, int keepAliveS = 60)
    {
        DeviceClient[] clients =
        [
            .. Enumerable.Range(0, Clients)
                .Select(i => DeviceClient.Persistent(air.Port, "client" + i, keepAliveS)),
        ];
        foreach (DeviceClient client in clients)
        {
            client.Subscribe("t/#");
        }

        return clients;
    }

    /// <summary>Open handles of this process where the system tells, else 0.</summary>
    private static int Handles()
    {
        const string List = "/proc/self/fd";
        return Directory.Exists(List) ? Directory.GetFiles(List).Length : 0;
    }
}
