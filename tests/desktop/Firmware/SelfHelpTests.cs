using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>What a board does when nobody is there who could press its button.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class SelfHelpTests
{
    private static readonly HttpClient _browser = new();

    [TestMethod]
    public void BootThatRunsOutOfMemory_RebootsAndTheReasonIsKept()
    {
        using FirmwareHost device = Device.Make();
        device.Radio.Faults = 1;
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        Assert.AreEqual(1, device.Radio.Reboots);
        Assert.AreEqual("out of memory", Read(device, "reboot/reason"));
    }

    [TestMethod]
    public void BootThatThrows_RebootsAndTheReasonIsKept()
    {
        using FirmwareHost device = Device.Make();
        device.Radio.Fault = new IOException("flash");
        device.Radio.Faults = 1;
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        StringAssert.StartsWith(Read(device, "reboot/reason"), "crash: System.IO.IOException");
    }

    [TestMethod]
    public async Task ThreeShortStarts_LeadToSafeMode_AndThePageLeadsOut()
    {
        using FirmwareHost device = Device.Make();
        device.WriteFile(DeviceConfig.FileName, "max_connections 3\n");
        device.Radio.Faults = 3;
        device.Start(0);
        Device.WaitUntil(() => device.Port != 0 && Page(device)?.Port > 0, "safe mode");
        Assert.AreEqual(3, device.Radio.Reboots);
        Assert.AreEqual("safe mode, the file is not in use", Read(device, "config/error"));
        string page = await Get(device);
        StringAssert.Contains(page, "safe mode");
        StringAssert.Contains(page, "out of memory");
        Assert.IsFalse(page.Contains("password"), "not in the router's network");
        int before = device.Radio.PinChanges;
        Device.WaitUntil(() => device.Radio.PinChanges >= before + 8, "four flashes");

        DeviceProgram safe = device.Program;
        using var form = new StringContent("restart=1");
        using HttpResponseMessage answer = await _browser.PostAsync(Address(device), form);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(), "restarts");
        Device.WaitUntil(() => device.Program != safe && device.Port != 0, "the file's start");
        Assert.AreEqual("none", Read(device, "config/error"));
        Assert.IsNull(device.Program.OwnNetwork());
    }

    [TestMethod]
    public void SafeMode_StaysClosedToStrangers()
    {
        using FirmwareHost device = Device.Make();
        device.WriteFile(DeviceConfig.FileName, "allow_anonymous false\n");
        device.Radio.Faults = 3;
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        using DeviceClient stranger = new(device.Port);
        Assert.IsFalse(stranger.TryConnect("c"));
    }

    [TestMethod]
    public void StartThatLasts_IsForgotten()
    {
        using FirmwareHost device = Device.Make();
        device.Where.SettledMs = 50;
        device.Radio.Faults = 2;
        device.Start(0);
        Device.WaitUntil(() => device.ReadFile("reboot.txt") == "3", "the third start");
        Device.WaitUntil(() => device.ReadFile("reboot.txt") == null, "five minutes");
        device.Where.SettledMs = int.MaxValue;
        NetworkTests.Crash(device);
        Device.WaitUntil(() => device.ReadFile("reboot.txt") == "1", "a first start again");
        Device.WaitUntil(() => device.Port != 0, "the next start");
        Assert.AreEqual("none", Read(device, "config/error"), "no safe mode");
    }

    [TestMethod]
    public void SafeModeThatDoesNotHelp_WaitsBeforeTheNextTry()
    {
        using FirmwareHost device = Device.Make();
        device.Where.BrakeMs = 1_000_000;
        device.Radio.Faults = 9;
        device.Start(0);
        Device.WaitUntil(() => device.ReadFile("reboot.txt") == "5", "the fifth start");
        device.Stop();
        Assert.AreEqual(4, device.Radio.Reboots);
        Assert.AreEqual(5, device.Radio.Faults, "it went no further");
    }

    [TestMethod]
    public void RouterThatStaysAway_OpensTheOwnNetwork_AndClosesItWhenBack()
    {
        using FirmwareHost device = Device.Serving();
        device.Where.OwnNetworkAfterMs = 200;
        device.Radio.Lose();
        Device.WaitUntil(() => device.Port != 0 && Page(device)?.Port > 0, "the own network");
        Assert.AreEqual(1, device.Radio.Reboots);
        Assert.AreEqual(6, device.Radio.AccessPointOptions, "AutoStart");
        StringAssert.StartsWith(
            Read(device, "reboot/reason"), "the own network opens: no Wi-Fi for minutes: ");
        Device.WaitUntil(() => !device.Radio.IsTrying, "a quiet station");
        device.Radio.Restore();
        Device.WaitUntil(() => device.Radio.Reboots == 2, "the closed network");
        Assert.AreEqual(1, device.Radio.AccessPointOptions, "Disable");
        Device.WaitUntil(
            () => device.Port != 0 && device.Program.Link().State == LinkState.Up, "Wi-Fi");
        Assert.IsNull(device.Program.OwnNetwork());
        StringAssert.Contains(Read(device, "reboot/reason"), "address 127.0.0.1");
    }

    [TestMethod]
    public void ManyAttempts_EndInAReboot()
    {
        using FirmwareHost device = Device.Make();
        device.Where.MostAttempts = 3;
        device.Radio.Password = "a wrong one";
        device.Start(0);
        Device.WaitUntil(() => device.Radio.Reboots >= 1, "the reboot");
        device.Radio.Password = device.Radio.RightPassword;
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        Assert.AreEqual("too many attempts to join Wi-Fi", Read(device, "reboot/reason"));
    }

    [TestMethod]
    public void Board_TellsItsAddressToWhoeverAsks()
    {
        using FirmwareHost device = Device.Serving("max_connections 2\n");
        Device.WaitUntil(() => device.Program.Beacon().Port > 0, "the beacon");
        using var finder = new UdpClient();
        finder.Client.ReceiveTimeout = Device.PatienceMs;
        finder.Connect(IPAddress.Loopback, device.Program.Beacon().Port);
        finder.Send(Encoding.UTF8.GetBytes("something else"));
        finder.Send(new byte[1000]);
        finder.Send(Encoding.UTF8.GetBytes("EdgeBroker?"));
        IPEndPoint from = null;
        Assert.AreEqual(Broker.MqttBroker.Version + " at 127.0.0.1:" + device.Port
            + " on ESP32_REV3 EdgeBroker-34AB\n",
            Encoding.UTF8.GetString(finder.Receive(ref from)));
    }

    [TestMethod]
    public void FullBoard_LeavesTheLastSocketToAClient()
    {
        using FirmwareHost device = Device.Serving("max_connections 2\n");
        Device.WaitUntil(() => device.Program.Beacon().Port > 0, "the beacon");
        using DeviceClient a = DeviceClient.Connected(device.Port, "a");
        DeviceClient b = DeviceClient.Connected(device.Port, "b");
        Device.WaitUntil(() => device.Program.Beacon().Port == 0, "the closed beacon");
        b.Dispose();
        Device.WaitUntil(() => device.Program.Beacon().Port > 0, "the beacon again");
    }

    private static string Read(FirmwareHost device, string figure)
    {
        using DeviceClient client = DeviceClient.Persistent(device.Port, "reader", 60);
        client.Subscribe("$SYS/broker/" + figure);
        return client.ReadMessage();
    }

    private static SetupPage Page(FirmwareHost device) => device.Program.OwnNetwork()?.Page;

    private static string Address(FirmwareHost device) =>
        $"http://127.0.0.1:{Page(device).Port}/";

    private static Task<string> Get(FirmwareHost device) =>
        _browser.GetStringAsync(Address(device));
}
