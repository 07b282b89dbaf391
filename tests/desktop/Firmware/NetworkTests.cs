using System.Reflection;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The states of the network and what leads from one to another.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class NetworkTests
{
    [TestMethod]
    public void RightCredentials_LeadToServing()
    {
        using FirmwareHost device = Device.Serving();
        Assert.AreEqual(LinkState.Up, device.Program.Link().State);
        Assert.AreEqual(0, device.Radio.Attempts, "the runtime joins by itself");
    }

    [TestMethod]
    public void WrongPassword_BacksOffLongerAndLonger()
    {
        using FirmwareHost device = Device.Make();
        device.Radio.Password = "a wrong one";
        device.Start(0);
        Device.WaitUntil(() => device.Radio.Attempts >= 7, "seven attempts");
        long time = Device.WaitUntil(() => device.Radio.Attempts >= 9, "two more");
        Assert.AreEqual(0, device.Port);
        // By now every pause has its full length of 160 ms.
        Assert.IsGreaterThan(250, time);
        Assert.IsGreaterThanOrEqualTo(7L, device.Program.Figures().WifiFailures);
    }

    [TestMethod]
    public void AttemptThatHangs_DoesNotHoldTheLoop()
    {
        using FirmwareHost device = Device.Make();
        device.Radio.DoesHang = true;
        device.Start(0);
        Device.WaitUntil(() => device.Program?.Figures()?.WifiFailures == 1, "the time-out");
        Assert.AreEqual(1, device.Radio.Attempts, "no second attempt while one goes on");
        device.Radio.DoesHang = false;
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
    }

    [TestMethod]
    public void LostLink_ClosesEverySocketAndListensAgainOnTheSamePort()
    {
        using FirmwareHost device = Device.Serving();
        int port = device.Port;
        using DeviceClient client = DeviceClient.Connected(port, "c");
        device.Radio.Lose();
        Assert.IsNull(client.Read(1));
        Device.WaitUntil(() => device.Port == 0, "the closed listener");
        Assert.AreEqual(0, device.Program.Broker().OpenConnections);
        Assert.AreEqual(1, device.Program.Link().Losses);
        device.Radio.Restore();
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        Assert.AreEqual(port, device.Port);
        using DeviceClient again = DeviceClient.Connected(port, "c");
        Assert.AreEqual(2, device.Program.Loop().Listens);
    }

    [TestMethod]
    public void LinkThatIsBackAtOnce_ClosesTheOldSocketsToo()
    {
        using FirmwareHost device = Device.Serving();
        using DeviceClient client = DeviceClient.Connected(device.Port, "c");
        device.Radio.Lose();
        device.Radio.Restore();
        Assert.IsNull(client.Read(1));
        using DeviceClient again = DeviceClient.Persistent(device.Program.Loop().Port, "c", 60);
        Assert.AreEqual(1, device.Program.Broker().OpenConnections);
    }

    [TestMethod]
    public void LinkThatTheRuntimeDoesNotBringBack_IsBroughtBackByTheFirmware()
    {
        using FirmwareHost device = Device.Serving();
        device.Radio.DoesRejoin = false;
        device.Radio.Lose();
        Device.WaitUntil(() => device.Radio.Attempts >= 3, "attempts while out of reach");
        device.Radio.Restore();
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
    }

    [TestMethod]
    public void AnotherAddress_ClosesTheSocketsOfTheOldOne()
    {
        using FirmwareHost device = Device.Serving();
        using DeviceClient client = DeviceClient.Connected(device.Port, "c");
        device.Radio.GivenAddress = "127.0.0.2";
        Assert.IsNull(client.Read(1));
        Device.WaitUntil(() => device.Program.Link().State == LinkState.Up, "the new address");
    }

    [TestMethod]
    public void NoCredentials_OpenTheOwnNetworkAfterOneReboot()
    {
        using FirmwareHost device = WithoutCredentials();
        Assert.AreEqual(1, device.Radio.Reboots);
        Assert.AreEqual(AccessPoint.MaxStations, device.Radio.AccessPointStations);
        Assert.AreEqual(6, device.Radio.AccessPointOptions, "AutoStart");
        Assert.AreEqual("EdgeBroker-34AB", device.Radio.AccessPointSsid);
        Assert.AreEqual("192.168.4.1", device.Radio.AccessPointAddress);
        Assert.AreEqual(0, device.Radio.Attempts);
        using DeviceClient client = DeviceClient.Connected(device.Port, "also served here");
    }

    [TestMethod]
    public void OwnNetwork_KeepsANameAndPasswordThatItWasGiven()
    {
        using FirmwareHost device = WithoutCredentials(radio =>
        {
            radio.AccessPointSsid = "workshop";
            radio.AccessPointPassword = "not for everybody";
        });
        Assert.AreEqual("workshop", device.Radio.AccessPointSsid);
        Assert.AreEqual("not for everybody", device.Radio.AccessPointPassword);
    }

    [TestMethod]
    public void CredentialsThatCameByCable_CloseTheOwnNetwork()
    {
        using FirmwareHost device = Device.Make();
        device.Radio.AccessPointOptions = 6; // AutoStart, which includes Enable.
        device.Start(0);
        Device.WaitUntil(() => device.Radio.Reboots == 1, "the reboot");
        Assert.AreEqual(1, device.Radio.AccessPointOptions, "Disable");
        // The program of before has a link that is up too, and wants the reboot.
        Device.WaitUntil(
            () => device.Program.Link()?.State == LinkState.Up, "the next start");
        Assert.IsTrue(device.Program.Link().IsUp());
    }

    [TestMethod]
    public void ThousandFailedAttempts_RegisterOneAdapter()
    {
        using FirmwareHost device = Device.Make();
        device.Radio.Password = "a wrong one";
        device.Radio.ConnectMs = 0;
        NetworkLink link = Started(device);
        long now = 0;
        for (int i = 1; i <= 1000; i++)
        {
            now += device.Where.LongestBackoffMs;
            link.Turn(now);
            Device.WaitUntil(() => device.Radio.Attempts == i && Failed(link, now), "failure");
        }

        link.Stop();
        Assert.HasCount(1, device.Radio.Adapters);
    }

    [TestMethod]
    public void ThousandLostLinks_RegisterNoAdapter()
    {
        using FirmwareHost device = Device.Make();
        NetworkLink link = Started(device);
        Device.WaitUntil(() => IsUp(link), "Wi-Fi");
        for (int i = 1; i <= 1000; i++)
        {
            device.Radio.Lose();
            Assert.IsFalse(IsUp(link));
            Assert.AreEqual(i, link.Losses);
            device.Radio.Restore();
            Assert.IsTrue(IsUp(link));
        }

        link.Stop();
        Assert.HasCount(0, device.Radio.Adapters);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void FixedAddressWithoutALink_IsNotUp(bool hasOwnNetwork)
    {
        using FirmwareHost device = Device.Make();
        device.Where.OwnNetworkCloseMs = int.MaxValue;
        device.Radio.HasFixedAddress = true;
        device.Radio.IsInReach = false;
        device.Radio.AccessPointOptions = (byte)(hasOwnNetwork ? 6 : 0);
        device.Start(0);
        Device.WaitUntil(() => device.Radio.Attempts >= 3, "attempts to join");
        Assert.AreEqual(hasOwnNetwork ? 1 : 0, device.Program.Loop().Listens);
        Assert.AreEqual(0, device.Program.Link().Losses);
        device.Radio.Restore();
        Device.WaitUntil(() => device.Program.Link().State == LinkState.Up, "Wi-Fi");
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        int listens = device.Program.Loop().Listens;
        int attempts = device.Radio.Attempts;
        device.Radio.Lose();
        Device.WaitUntil(() => device.Radio.Attempts >= attempts + 3, "attempts to join again");
        Assert.AreEqual(1, device.Program.Link().Losses);
        Assert.AreEqual(listens + (hasOwnNetwork ? 1 : 0), device.Program.Loop().Listens);
        Assert.AreNotEqual(LinkState.Up, device.Program.Link().State);
    }

    [TestMethod]
    public void AcceptThatHangs_HasItsListenerRebuilt()
    {
        using FirmwareHost device = Device.Make();
        device.Where.WatchdogMs = 10;
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        int port = device.Port;
        device.Program.Loop().AcceptingSinceMs = 1;
        Device.WaitUntil(() => device.Program.Loop().Listens == 2, "the second listener");
        using DeviceClient client = DeviceClient.Persistent(port, "c", 60);
        client.Subscribe("t");
    }

    [TestMethod]
    public void LoopThatCrashes_RebootsAndTheReasonIsKept()
    {
        using FirmwareHost device = Device.Serving();
        DeviceProgram crashed = device.Program;
        Crash(device);
        Device.WaitUntil(() => device.Program != crashed && device.Port != 0, "the next start");
        Assert.AreEqual(1, device.Radio.Reboots);
        Assert.IsNull(crashed.Figures(), "they would hold the tables, and the note has no room");
        using DeviceClient client = DeviceClient.Connected(device.Port, "c");
        client.Subscribe("$SYS/broker/reboot/reason");
        StringAssert.StartsWith(client.ReadMessage(), "crash: System.NullReferenceException");
    }

    /// <summary>
    /// No input is known that makes the loop throw, so its insides are broken by force.
    /// </summary>
    internal static void Crash(FirmwareHost device)
    {
        typeof(BrokerLoop).GetField("_sockets", BindingFlags.NonPublic | BindingFlags.Instance)
            .SetValue(device.Program.Loop(), null);
        using DeviceClient last = new(device.Port);
    }

    /// <summary>The network of a device whose time is the caller's.</summary>
    private static NetworkLink Started(FirmwareHost device)
    {
        device.Where.MostAttempts = int.MaxValue;
        device.Where.OwnNetworkAfterMs = int.MaxValue;
        Radio.Current = device.Radio;
        device.Radio.Boot();
        var link = new NetworkLink(device.Where, new DeviceFigures("", null));
        link.Start(0);
        return link;
    }

    private static bool IsUp(NetworkLink link)
    {
        link.Turn(0);
        return link.IsUp();
    }

    private static bool Failed(NetworkLink link, long now)
    {
        link.Turn(now);
        return link.State == LinkState.BackingOff;
    }

    /// <summary>A device that has opened its own network.</summary>
    internal static FirmwareHost WithoutCredentials(System.Action<Radio> prepare = null)
    {
        FirmwareHost device = Device.Make();
        device.Where.WatchdogMs = 10;
        device.Radio.Ssid = "";
        device.Radio.Password = "";
        prepare?.Invoke(device.Radio);
        device.Start(0);
        Device.WaitUntil(() => device.Port != 0 && device.Program.OwnNetwork()?.Page.Port > 0,
            "the own network");
        Assert.AreEqual(LinkState.AccessPoint, device.Program.Link().State);
        return device;
    }
}
