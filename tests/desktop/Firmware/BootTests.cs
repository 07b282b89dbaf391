using System.Threading;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>What the device decides before it touches the network.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class BootTests
{
    [TestMethod]
    [DataRow("max_retained_messages 4000", "retained messages")]
    [DataRow("max_subscriptions 2000", "text of filters")]
    [DataRow("memory_limit 500000", "message memory")]
    [DataRow("max_packet_size 60000\nmemory_limit 80000", "message memory")]
    public void BudgetThatDoesNotFit_NamesItsLine(string text, string line)
    {
        using FirmwareHost device = Device.Make();
        device.WriteFile(DeviceConfig.FileName, text);
        Radio.Current = device.Radio;
        DeviceConfig config = DeviceConfig.Load(device.Radio.Target, device.Where);
        Assert.IsNull(config.Error, config.Error);
        var ledger = new BootLedger(config, device.Radio.Target);
        Assert.IsLessThan(0, ledger.LeftBytes());
        Assert.AreEqual(line, ledger.LimitingLine());
    }

    [TestMethod]
    public void BudgetThatDoesNotFit_StopsBeforeWifi()
    {
        using FirmwareHost device = Device.Make();
        device.WriteFile(DeviceConfig.FileName, "max_retained_messages 4000\n");
        device.Start(0);
        // Three short flashes of the boot error pattern are over after 700 ms.
        Device.WaitUntil(() => device.Radio.PinChanges >= 6, "the error pattern");
        Assert.AreEqual(0, device.Radio.Attempts);
        Assert.IsNull(device.Program.Link());
        Assert.IsNull(device.Program.Broker());
        Assert.AreEqual(0, device.Port);
    }

    [TestMethod]
    public void LessFreeHeapThanTheProfileSays_Counts()
    {
        using FirmwareHost device = Device.Make();
        device.Radio.HeapBytes = 20_000;
        device.Start(0);
        Device.WaitUntil(() => device.Radio.PinChanges >= 2, "the error pattern");
        Assert.IsNull(device.Program.Link());
    }

    [TestMethod]
    public void UnknownBoard_GetsTheSmallestLimits()
    {
        BoardProfile unknown = new DeviceConfig("NOBODY_KNOWS").Board;
        BoardProfile smallest = Esp32C3.Create();
        Assert.AreEqual(smallest.Limits.MaxConnections, unknown.Limits.MaxConnections);
        Assert.AreEqual(smallest.Sockets, unknown.Sockets);
        Assert.AreEqual(smallest.HeapBytes, unknown.HeapBytes);
        Assert.AreEqual(new MemoryLedger(smallest.Limits).TotalBytes(),
            new MemoryLedger(unknown.Limits).TotalBytes());
    }

    [TestMethod]
    public void ProfileThatDoesNotFit_GivesWayToTheSmallest()
    {
        using FirmwareHost device = Device.Make();
        device.Radio.HeapBytes = (uint)Esp32C3.Create().FreeBytes();
        device.WriteFile(DeviceConfig.FileName, "allow_anonymous false\n");
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs), "the device does not listen");
        using DeviceClient client = new(device.Port);
        Assert.IsFalse(client.TryConnect("stranger", 60));
        DeviceFigures figures = device.Program.Figures();
        int index = 0;
        while (figures.NameOf(index) != "config/error")
        {
            index++;
        }

        Assert.AreEqual("less heap than the profile says: the smallest limits hold",
            figures.TextOf(index));
    }

    [TestMethod]
    [DataRow("memory_limit 1000000", "message memory")]
    [DataRow("max_queued_bytes 4000000", "message memory")]
    [DataRow("max_retained_bytes 4000000", "message memory")]
    [DataRow("max_packet_size 1000000\nmax_connect_size 1000", "bytes;")]
    public void ArrayThatTheRuntimeCannotHave_IsAnErrorOfTheFile(string text, string what)
    {
        // A block of the runtime's heap counts its units of 12 bytes with 16 bits.
        using FirmwareHost device = Device.Serving(text, "esp32-psram");
        using DeviceClient client = DeviceClient.Connected(device.Port, "c");
        client.Subscribe("$SYS/broker/config/error");
        string error = client.ReadMessage();
        StringAssert.Contains(error, what);
        StringAssert.Contains(error, "786,000 bytes");
    }

    [TestMethod]
    public void BoardWithoutLed_RunsWithoutPin()
    {
        using FirmwareHost device = Device.Serving("", "esp32-s3");
        Assert.AreEqual(-1, device.Radio.OpenedPin);
    }

    [TestMethod]
    [DataRow(LedState.BootError, "1010100000000000")]
    [DataRow(LedState.Connecting, "1010101010101010")]
    [DataRow(LedState.AccessPoint, "1010000000000000")]
    [DataRow(LedState.SafeMode, "1010101000000000")]
    [DataRow(LedState.Serving, "1000000000000000")]
    [DataRow(LedState.Clients, "1111111111111110")]
    public void Led_ShowsItsPattern(LedState state, string pattern)
    {
        using FirmwareHost device = Device.Make();
        Radio.Current = device.Radio;
        var led = new StatusLed(Boards.Esp32.Create());
        Assert.AreEqual(2, device.Radio.OpenedPin);
        led.Show(state);
        for (int step = 0; step < 32; step++)
        {
            led.Turn(step * StatusLed.StepMs);
            Assert.AreEqual(
                pattern[step % 16] == '1', device.Radio.IsPinHigh, $"step {step} of {state}");
        }
    }

    [TestMethod]
    public void InvertedLed_ShinesWhenLow()
    {
        using FirmwareHost device = Device.Make();
        Radio.Current = device.Radio;
        var led = new StatusLed(Boards.M5StickC.Create());
        Assert.IsTrue(device.Radio.IsPinHigh, "it is off at first");
        led.Show(LedState.Clients);
        led.Turn(0);
        Assert.IsFalse(device.Radio.IsPinHigh);
    }

    [TestMethod]
    public void LoopThatStandsStill_RebootsAndTheReasonIsKept()
    {
        using FirmwareHost device = Device.Make();
        device.Where.WatchdogMs = 10;
        device.Where.StuckMs = 100;
        Radio.Current = device.Radio;
        Assert.AreEqual("power on or reset", new RebootNote(device.Where).Last);
        var config = new DeviceConfig("ESP32_REV3");
        var broker = new Broker.MqttBroker(config.Board.Limits, config.Settings,
            new Broker.OpenAuthenticator(true), null, 0);
        var watchdog = new Watchdog(device.Where, new RebootNote(device.Where));
        watchdog.Loop = new BrokerLoop(broker, config.Board.Limits, device.Where, 0);
        watchdog.Start();
        for (int i = 0; i < 30; i++)
        {
            watchdog.Beat();
            Thread.Sleep(10);
        }

        Assert.AreEqual(0, device.Radio.Reboots, "while the loop turned");
        Device.WaitUntil(() => device.Radio.Reboots > 0, "the reboot");
        watchdog.Stop();
        StringAssert.StartsWith(new RebootNote(device.Where).Last, "watchdog: ");
        Assert.AreEqual("power on or reset", new RebootNote(device.Where).Last, "told once");
    }

    [TestMethod]
    [DataRow("esp32", "ESP32_REV3", 10)]
    [DataRow("esp32-s2", "ESP32_S2", 10)]
    [DataRow("esp32-c3", "ESP32_C3", 2)]
    [DataRow("atoms3", "AtomS3", 10)]
    public void SetUpPage_IsPartOfTheLedgerAndOfTheSockets(string board, string target, int clients)
    {
        using FirmwareHost device = Device.Make(board);
        device.Radio.Ssid = "";
        Radio.Current = device.Radio;
        DeviceConfig config = DeviceConfig.Choose(false, target, device.Where);
        var ledger = new BootLedger(config, target);
        Assert.IsTrue(ledger.Fits());
        Assert.IsGreaterThanOrEqualTo(BootLedger.ReserveBytes + BootLedger.PageBytes,
            ledger.FreeBytes - BootLedger.Lines(config.Board).TotalBytes()
                + BootLedger.ReserveBytes);
        Assert.AreEqual(clients, config.Board.Limits.MaxConnections);
        config.Board.Limits.Validate();
    }
}
