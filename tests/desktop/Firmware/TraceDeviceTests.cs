using System.Text.RegularExpressions;
using EdgeBroker.Boards;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The trace of the whole program, after a fault and before a restart.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class TraceDeviceTests
{
    private const int MostLines = 100;

    // PUBLISH at QoS 2 to "t", which this broker does not take.
    private static readonly byte[] _forbidden = [0x34, 5, 0, 1, (byte)'t', 0, 1];

    [TestMethod]
    public void DeviceThatServes_WritesTheFaultOfAClient()
    {
        using FirmwareHost device = Device.Make();
        var console = new TraceConsole();
        device.Radio.Log = console.Add;
        device.WriteFile(DeviceConfig.FileName, "trace_size 1300\n");
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        using DeviceClient bad = DeviceClient.Connected(device.Port, "bad");
        bad.Subscribe("room/#");
        bad.Send(_forbidden);
        Assert.IsNull(bad.Read(1));
        Device.WaitUntil(() => console.HasTrace(), "the trace");
        string text = console.Text();
        StringAssert.Contains(text, "-> SUBSCRIBE id=1 \"room/#\"/0");
        StringAssert.Contains(text, "-> PUBLISH \"t\" qos=2 id=1");
        StringAssert.Contains(text, "\"bad\" !! closed by the broker: "
            + "the QoS is higher than supported [MQTT-3.2.2-11] (0x9B)");
    }

    [TestMethod]
    public void DeviceThatCrashes_WritesWhatCameBefore()
    {
        using FirmwareHost device = Device.Make();
        var console = new TraceConsole();
        device.Radio.Log = console.Add;
        device.WriteFile(DeviceConfig.FileName, "trace_size 1300\n");
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        using DeviceClient client = DeviceClient.Connected(device.Port, "c");
        NetworkTests.Crash(device);
        Device.WaitUntil(() => console.HasTrace(), "the trace");
        string text = console.Text();
        StringAssert.Contains(text, "-> CONNECT v4 \"c\" keepalive=60 clean");
        StringAssert.Contains(text, "the board: crash: System.NullReferenceException", text);
        Assert.IsFalse(text.Contains("is gone"), "what the crash itself does is of no use");
    }

    [TestMethod]
    public void DeviceThatRestartsItself_WritesWhatCameBefore()
    {
        using FirmwareHost device = Device.Make();
        var console = new TraceConsole();
        device.Radio.Log = console.Add;
        device.WriteFile(DeviceConfig.FileName, "trace_size 1300\n");
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        using DeviceClient client = DeviceClient.Connected(device.Port, "c");
        device.Where.OwnNetworkAfterMs = 1;
        device.Radio.Lose();
        Device.WaitUntil(() => console.HasTrace(), "the trace");
        string text = console.Text();
        StringAssert.Contains(text, "-> CONNECT v4 \"c\" keepalive=60 clean");
        StringAssert.Contains(text, "the board: the own network opens: ");
    }

    [TestMethod]
    public void ProgramThatStandsStill_HasItsTraceWrittenByTheWatchdog()
    {
        using FirmwareHost device = Device.Make();
        var console = new TraceConsole();
        device.Radio.Log = console.Add;
        device.Where.WatchdogMs = 1;
        device.Where.StuckMs = 0;
        Radio.Current = device.Radio;
        TraceDump dump = TraceDump.Make(
            new DeviceConfig(device.Radio.Target) { TraceSize = 1300 }, device.Where);
        var lab = new NetLab();
        lab.Radio.Log = console.Add;
        dump.Attach(lab.Broker);
        lab.Connected("c");
        var watchdog = new Watchdog(device.Where, new RebootNote(device.Where) { Trace = dump });
        watchdog.Start();
        Device.WaitUntil(() => console.HasTrace(), "the trace");
        watchdog.Stop();
        string text = console.Text();
        StringAssert.Contains(text, "-> CONNECT v4 \"c\"");
        StringAssert.Contains(text, "the board: watchdog: the program stood still");
    }

    [TestMethod]
    public void ClientThatIsClosedForNativeMemory_IsAFault()
    {
        var lab = new NetLab("esp32", 60);
        var console = new TraceConsole();
        lab.Radio.Log = console.Add;
        TraceDump dump = TraceDump.Make(
            new DeviceConfig("ESP32_REV3") { TraceSize = 1300 }, lab.Where);
        dump.Attach(lab.Broker);
        lab.Loop.Trace = dump;
        NetClient publisher = lab.Connected("p");
        for (int i = 0; i < 12; i++)
        {
            lab.Subscribed("frozen" + i, "t").Peer.StopReading(0);
        }

        long turn = 0;
        lab.RunUntil(() =>
        {
            NativeHeapTests.Flood(publisher, turn++);
            return lab.Loop.NativeClosed > 1;
        }, 60_000, "clients are closed");
        for (int i = 0; i < MostLines; i++)
        {
            dump.Turn(lab.Net.NowMs);
        }

        string text = console.Text();
        StringAssert.Matches(text, new Regex(
            "\"frozen[0-9]+\" !! closed by the broker: native memory is short .0x00.$"));
        Assert.IsFalse(text.Contains("not whole"), text);
    }

    [TestMethod]
    [DataRow("esp32", 1300)]
    [DataRow("esp32-s2", 750)]
    public void TraceSizeOfTheDocs_FitsTheBoard(string name, int size)
    {
        BoardProfile board = AllBoards.Find(name);
        Assert.IsLessThanOrEqualTo(
            board.FreeBytes() - BootLedger.Lines(board).TotalBytes(),
            TraceDump.BytesFor(size, board.Limits));
        StringAssert.Contains(Repository.Read("docs/hardware.md"), $"room for {size:N0}.");
    }

    [TestMethod]
    public void TraceSize_HasItsLineInTheLedger()
    {
        using FirmwareHost device = Device.Make("esp32-c3");
        Radio.Current = device.Radio;
        DeviceConfig config = DeviceConfig.Load(device.Radio.Target, device.Where);
        Assert.IsNull(TraceDump.Make(config, device.Where), "off unless asked for");
        long left = new BootLedger(config, device.Radio.Target).LeftBytes();
        Assert.IsGreaterThanOrEqualTo(0, left);
        device.WriteFile(DeviceConfig.FileName, "trace_size 8000\n");
        config = DeviceConfig.Load(device.Radio.Target, device.Where);
        var ledger = new BootLedger(config, device.Radio.Target);
        Assert.AreEqual(left - TraceDump.BytesFor(8000, config.Board.Limits), ledger.LeftBytes());
        Assert.AreEqual("trace", ledger.LimitingLine());
        Assert.AreEqual(2208, TraceDump.BytesFor(1500, Esp32.Create().Limits),
            "what it took on the nanoCLR, 32 bit");
        device.WriteFile(DeviceConfig.FileName, "trace_size 8193\n");
        Assert.AreEqual("line 1: trace_size: must be 0 to 8192",
            DeviceConfig.Load(device.Radio.Target, device.Where).Error);
    }
}
