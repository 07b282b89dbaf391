using System;
using System.Diagnostics;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>Real clients over real sockets, served by the firmware's own loop.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class DeviceServeTests
{
    [TestMethod]
    public void Message_ReachesItsSubscribers()
    {
        using FirmwareHost device = Device.Serving();
        using DeviceClient a = DeviceClient.Connected(device.Port, "a");
        using DeviceClient b = DeviceClient.Connected(device.Port, "b");
        using DeviceClient publisher = DeviceClient.Connected(device.Port, "p");
        a.Subscribe("room/#");
        b.Subscribe("room/+/light");
        publisher.Publish("room/1/light", "on");
        Assert.AreEqual("on", a.ReadMessage());
        Assert.AreEqual("on", b.ReadMessage());
    }

    [TestMethod]
    public void MessagesOfOnePublisher_KeepTheirOrder()
    {
        const int Count = 5000;
        using FirmwareHost device = Device.Serving();
        using DeviceClient subscriber = DeviceClient.Connected(device.Port, "s");
        using DeviceClient publisher = DeviceClient.Connected(device.Port, "p");
        subscriber.Subscribe("n");
        for (int i = 0; i < Count; i++)
        {
            publisher.Publish("n", i.ToString());
            Assert.AreEqual(i.ToString(), subscriber.ReadMessage());
        }
    }

    [TestMethod]
    public void ClientAboveTheLimit_IsToldSoAndTheOthersStay()
    {
        using FirmwareHost device = Device.Serving("max_connections 2\n");
        using DeviceClient a = DeviceClient.Connected(device.Port, "a");
        using DeviceClient b = DeviceClient.Connected(device.Port, "b");
        using DeviceClient c = new(device.Port);
        c.Send([0x10, 13, 0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, 1, (byte)'c']);
        CollectionAssert.AreEqual(new byte[] { 0x20, 2, 0, 3 }, c.Read(4));
        Assert.IsNull(c.Read(1));
        a.Subscribe("t");
        b.Publish("t", "still here");
        Assert.AreEqual("still here", a.ReadMessage());
    }

    [TestMethod]
    public void RefusedClient_HearsTheReasonBeforeTheEnd()
    {
        using FirmwareHost device = Device.Serving("allow_anonymous false\n");
        using DeviceClient client = new(device.Port);
        // What comes after a refused CONNECT must not turn the answer into a reset.
        client.Send([0x10, 13, 0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, 1, (byte)'x', 0xC0, 0]);
        CollectionAssert.AreEqual(new byte[] { 0x20, 2, 0, 5 }, client.Read(4));
        Assert.IsNull(client.Read(1));
    }

    [TestMethod]
    public void FrozenSubscriber_DelaysNobody()
    {
        const int Count = 20_000;
        using FirmwareHost device = Device.Serving("sys_interval 0\n");
        using DeviceClient frozen = new(device.Port, 2048);
        Assert.IsTrue(frozen.TryConnect("frozen", 0));
        frozen.Subscribe("t");
        using DeviceClient reader = DeviceClient.Connected(device.Port, "r");
        using DeviceClient publisher = DeviceClient.Connected(device.Port, "p");
        reader.Subscribe("t");
        string load = new('x', 80);
        long slowest = 0;
        for (int i = 0; i < Count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            publisher.Publish("t", load);
            Assert.AreEqual(load, reader.ReadMessage());
            slowest = Math.Max(slowest, Stopwatch.GetTimestamp() - start);
        }

        Assert.IsGreaterThan(0L, device.Program.Broker().CounterOf(Counter.PublishDropped),
            "the frozen client was never slow");
        // SendTimeout is a second: a loop that once blocked on the frozen client shows it.
        Assert.IsLessThan(device.Where.SendTimeoutMs, Stopwatch.GetElapsedTime(0, slowest)
            .TotalMilliseconds);
    }

    [TestMethod]
    public void SilentConnection_IsClosedInTime()
    {
        using FirmwareHost device = Device.Serving("connect_timeout 1\n");
        using DeviceClient silent = new(device.Port);
        Assert.IsNull(silent.Read(1));
        Device.WaitUntil(() => device.Program.Loop().OpenSockets() == 0, "the closed socket");
    }

    [TestMethod]
    public void RandomBytes_CloseTheConnectionOnly()
    {
        using FirmwareHost device = Device.Serving();
        using DeviceClient good = DeviceClient.Connected(device.Port, "good");
        good.Subscribe("t");
        var random = new Random(7);
        for (int i = 0; i < 50; i++)
        {
            using DeviceClient bad = new(device.Port);
            var bytes = new byte[random.Next(1, 600)];
            random.NextBytes(bytes);
            // One after the other: the system makes those wait a second that nobody accepts yet.
            bad.SendAndFinish(bytes);
        }

        Device.WaitUntil(() => device.Program.Loop().OpenSockets() == 1, "the closed sockets");
        good.Publish("t", "x");
        Assert.AreEqual("x", good.ReadMessage());
    }

    [TestMethod]
    public void FiguresOfTheDevice_StandUnderSys()
    {
        using FirmwareHost device = Device.Serving("sys_interval 1\n");
        using DeviceClient client = DeviceClient.Connected(device.Port, "c");
        client.Subscribe("$SYS/broker/heap/free");
        Assert.AreEqual(device.Radio.HeapBytes.ToString(), client.ReadMessage());
        client.Subscribe("$SYS/broker/reboot/reason");
        Assert.AreEqual("power on or reset", client.ReadMessage());
        client.Subscribe("$SYS/broker/config/error");
        Assert.AreEqual("none", client.ReadMessage());
        client.Subscribe("$SYS/broker/wifi/drops");
        Assert.AreEqual("0", client.ReadMessage());
        device.Radio.HeapBytes -= 1000;
        Assert.AreEqual(device.Radio.HeapBytes.ToString(), client.ReadMessage(), "the next round");
    }

    [TestMethod]
    public void Stop_ClosesEverySocket()
    {
        FirmwareHost device = Device.Serving();
        DeviceClient[] clients =
            [.. Enumerable.Range(0, 5).Select(i => DeviceClient.Connected(device.Port, "c" + i))];
        device.Stop();
        foreach (DeviceClient client in clients)
        {
            Assert.IsNull(client.Read(1));
            client.Dispose();
        }

        Assert.IsFalse(device.IsRunning);
        device.Dispose();
    }
}
