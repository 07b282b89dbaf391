using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Firmware;
using EdgeBroker.Tests.Desktop.Firmware;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Heap;

/// <summary>The firmware in the heap of its board.</summary>
[TestClass]
public sealed class CountedHeapTests
{
    [TestMethod]
    [DataRow("esp32")]
    [DataRow("esp32-s2")]
    [DataRow("esp32-c3")]
    [DataRow("esp32-c6")]
    [DataRow("m5stickc")]
    [DataRow("atoms3")]
    public void FullBoard_KeepsItsReserve(string name)
    {
        BoardProfile board = AllBoards.Find(name);
        using var device = new CountedDevice(name);
        device.Start();
        KeepsItsReserve(device, board.Limits.MaxConnections);
    }

    [TestMethod]
    [DataRow("esp32", 10)]
    [DataRow("esp32-s2", 10)]
    [DataRow("esp32-c3", 2)]
    [DataRow("esp32-c6", 10)]
    [DataRow("m5stickc", 10)]
    [DataRow("atoms3", 10)]
    public void FullBoardInItsOwnNetwork_KeepsItsReserve(string name, int clients)
    {
        using var device = new CountedDevice(name);
        device.Host.Radio.Ssid = "";
        device.Start();
        Device.WaitUntil(() => device.Host.Program?.OwnNetwork() != null, "the own network");
        KeepsItsReserve(device, clients);
    }

    private static void KeepsItsReserve(CountedDevice device, int count)
    {
        int reboots = device.Reboots;
        DeviceClient[] clients =
            [.. Enumerable.Range(0, count).Select(i => device.Connect("c" + i))];
        foreach (DeviceClient client in clients)
        {
            client.Subscribe("$SYS/#");
            client.ReadMessage();
        }

        // The deepest calls come on top of what is live; both together are the budget.
        Assert.IsGreaterThanOrEqualTo(
            BootLedger.ReserveBytes,
            CountedHeap.Budget - CountedHeap.FramesAtLedger - CountedHeap.LiveBytes());
        Assert.IsLessThanOrEqualTo(
            BootLedger.ReserveBytes, CountedHeap.MostFrames - CountedHeap.FramesAtLedger);
        Assert.AreEqual(0, CountedHeap.Failures, CountedHeap.LastFailure);
        Assert.AreEqual(reboots, device.Reboots);
        foreach (DeviceClient client in clients)
        {
            client.Dispose();
        }
    }

    [TestMethod]
    [DataRow("\n")]
    [DataRow("#\n")]
    [DataRow("max_qos 1\n")]
    [DataRow("#")]
    public void LongestConfigurationFile_FitsTheSmallestHeap(string part)
    {
        const int MostBytes = 4096;
        using var device = new CountedDevice("esp32-c3");
        device.WriteFile(string.Concat(Enumerable.Repeat(part, MostBytes / part.Length)));
        device.Start();
        device.Connect("first").Dispose();
        Assert.AreEqual(0, CountedHeap.Failures, CountedHeap.LastFailure);
        Assert.AreEqual(0, device.Reboots);
    }

    [TestMethod]
    public void TakeoversGarbageFiguresAndReplays_LeaveTheHeapAsItWas()
    {
        const int Rounds = 8;
        using var device = new CountedDevice("esp32-c3");
        // Some of the garbage is the beginning of a packet: it is closed when its time is up.
        device.WriteFile("max_connect_rate 0\nsys_interval 1\nconnect_timeout 1\n");
        device.Start();
        device.Connect("first").Dispose();
        int before = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // The first round makes what is made once.
            before = round == 1 ? CountedHeap.LiveBytes() : before;
            using (var garbage = new DeviceClient(device.Port))
            {
                garbage.Send([0x10, 0xFF, (byte)round, 0xFF, 0xFF, 0xFF, 0xFF]);
                Assert.IsNull(garbage.Read(1));
            }

            using DeviceClient old = device.Connect("c");
            old.Publish("state/a", new string('x', 64));
            using DeviceClient client = device.Connect("c");
            Assert.IsNull(old.Read(1), "the older one is taken over");
            client.Subscribe("$SYS/#");
            client.ReadMessage();
        }

        Device.WaitUntil(() => device.OpenSockets == 0, "the closed sockets");
        Assert.AreEqual(0, CountedHeap.Failures, CountedHeap.LastFailure);
        Assert.AreEqual(before, CountedHeap.LiveBytes());
    }

    [TestMethod]
    public void SmallerHeapThanTheProfileSays_ServesWithTheSmallestLimits()
    {
        // The same board with a heap in which only the smallest limits fit.
        using var device = new CountedDevice("esp32");
        device.Start(Esp32C3.Create().FreeBytes(), 0);
        Assert.AreEqual("less heap than the profile says: the smallest limits hold",
            device.Read("config/error"));
        Assert.AreEqual(0, CountedHeap.Failures, CountedHeap.LastFailure);
    }
}
