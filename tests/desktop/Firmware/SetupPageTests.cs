using System;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The page that takes credentials in the device's own network.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class SetupPageTests
{
    private static readonly HttpClient _browser =
        new() { Timeout = TimeSpan.FromMilliseconds(Device.PatienceMs) };

    [TestMethod]
    public async Task Form_SavesAndTheDeviceJoins()
    {
        using FirmwareHost device = NetworkTests.WithoutCredentials();
        device.Radio.RightPassword = "pass & wörd+1";
        string page = await _browser.GetStringAsync(Address(device));
        StringAssert.Contains(page, "name=\"ssid\"");
        page = await Post(device, "ssid=my+home&password=pass+%26+w%C3%B6rd%2b1");
        StringAssert.Contains(page, "Saved");
        Device.WaitUntil(() => device.Radio.Reboots == 3, "opened, saved, closed");
        Device.WaitUntil(
            () => device.Program.Link()?.State == LinkState.Up, "the joined network");
        Assert.AreEqual("my home", device.Radio.Ssid);
        Assert.AreEqual("pass & wörd+1", device.Radio.Password);
        Assert.AreEqual(1, device.Radio.AccessPointOptions, "Disable");
        Assert.IsNull(device.Program.OwnNetwork());
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        using DeviceClient client = DeviceClient.Connected(device.Port, "c");
        client.Subscribe("$SYS/broker/reboot/reason");
        StringAssert.Contains(client.ReadMessage(), "own network");
    }

    [TestMethod]
    public async Task MistypedPassword_CanBeTypedAgain()
    {
        using FirmwareHost device = NetworkTests.WithoutCredentials();
        StringAssert.Contains(await Post(device, "ssid=home&password=a+wrong+one"), "Saved");
        Device.WaitUntil(() => device.Radio.Attempts >= 2, "attempts with the wrong one");
        Device.WaitUntil(() => device.Program.OwnNetwork()?.Page.Port > 0, "the page once more");
        StringAssert.Contains(
            await _browser.GetStringAsync(Address(device)), "the password is wrong");
        device.Where.OwnNetworkCloseMs = int.MaxValue;

        // It may get in with the new password even before it restarts.
        DeviceProgram before = device.Program;
        StringAssert.Contains(await Post(device, "ssid=home&password=a+right+one"), "Saved");
        Device.WaitUntil(() => device.Program != before
            && device.Program.Link()?.State == LinkState.Up, "the joined network");
        StringAssert.Contains(
            await _browser.GetStringAsync(Address(device)), "Wi-Fi is up, address 127.0.0.1");
        device.Where.OwnNetworkCloseMs = 0;
        Device.WaitUntil(() => device.Radio.AccessPointOptions == 1, "the closed network");
    }

    [TestMethod]
    [DataRow("ssid=&password=12345678")]
    [DataRow("ssid=home&password=short")]
    [DataRow("ssid=home")]
    [DataRow("password=12345678")]
    [DataRow("ssid=12345678901234567890123456789012&password=12345678")]
    [DataRow("ssid=home&password=123456789012345678901234567890123456789012345678901234567890123"
        + "4")]
    [DataRow("ssid=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4"
        + "%C3%A4%C3%A4%C3%A4&password=12345678")]
    [DataRow("xssid=home&xpassword=12345678")]
    [DataRow("ssid=%4&password=12345678%")]
    [DataRow("")]
    public async Task ImpossibleCredentials_AreNotSaved(string form)
    {
        using FirmwareHost device = NetworkTests.WithoutCredentials();
        string page = await Post(device, form);
        bool isOdd = form.StartsWith("ssid=%4");
        StringAssert.Contains(page, isOdd ? "Saved" : "Not saved");
        Assert.AreEqual(isOdd ? "%4" : "", device.Radio.Ssid);
        Assert.AreEqual(1, device.Radio.Reboots, "the one that opened the network");
    }

    [TestMethod]
    public async Task LongestCredentials_AreSaved()
    {
        using FirmwareHost device = NetworkTests.WithoutCredentials();
        string ssid = new('n', 31);
        string password = new('p', 63);
        StringAssert.Contains(await Post(device, $"ssid={ssid}&password={password}"), "Saved");
        Assert.AreEqual(ssid, device.Radio.Ssid);
        Assert.AreEqual(password, device.Radio.Password);
    }

    [TestMethod]
    public async Task AcceptThatHangs_HasItsListenerRebuilt()
    {
        using FirmwareHost device = NetworkTests.WithoutCredentials();
        SetupPage page = device.Program.OwnNetwork().Page;
        int port = page.Port;
        page.AcceptingSinceMs = 1;
        Device.WaitUntil(() => page.Port != port, "the second listener");
        StringAssert.Contains(await _browser.GetStringAsync(Address(device)), "<form");
    }

    [TestMethod]
    public async Task AnythingThatIsSent_LeavesThePageAlive()
    {
        using FirmwareHost device = NetworkTests.WithoutCredentials();
        device.Where.ChoresMs = 1;
        var random = new Random(11);
        byte[] form = Encoding.UTF8.GetBytes("POST / HTTP/1.1\r\nContent-Length: 40\r\n\r\n"
            + "ssid=%C3%A4&password=12345678&restart=1xx");
        for (int i = 0; i < 150; i++)
        {
            byte[] bytes = [.. form];
            for (int change = 0; change < i % 8; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            // The password is too short in all of them, so none of them is right.
            bytes.AsSpan(bytes.Length - 19, 5).Fill((byte)'&');
            using DeviceClient browser = new(device.Program.OwnNetwork().Page.Port);
            // One after the other: the system makes those wait a second that nobody accepts yet.
            browser.SendAndFinish(bytes.AsSpan(0, random.Next(1, bytes.Length + 1)));
        }

        StringAssert.Contains(await _browser.GetStringAsync(Address(device)), "<form");
        Assert.AreEqual(1, device.Radio.Reboots, "the one that opened the network");
    }

    [TestMethod]
    public async Task BrowserThatSaysNothing_IsClosedAndTheNextOneServed()
    {
        const int DeadlineMs = 5000;
        using FirmwareHost device = NetworkTests.WithoutCredentials();
        // A page of our own, whose clock is the number given to Turn.
        var page = new SetupPage(device.Where) { HasForm = true };
        page.Turn(0);
        using DeviceClient silent = new(page.Port);
        page.Turn(1);
        Task<string> next = _browser.GetStringAsync($"http://127.0.0.1:{page.Port}/");
        page.Turn(1 + DeadlineMs);
        Assert.IsTrue(silent.IsOpen, "closed too early");
        page.Turn(2 + DeadlineMs);
        Assert.IsNull(silent.Read(1));
        Device.WaitUntil(() => Turned(page, 3 + DeadlineMs, next), "the answer");
        StringAssert.Contains(await next, "<form");
        page.Stop();
    }

    [TestMethod]
    public void BrowserThatSendsAByteNowAndThen_IsClosedAtItsDeadline()
    {
        const int DeadlineMs = 5000;
        using FirmwareHost device = NetworkTests.WithoutCredentials();
        var page = new SetupPage(device.Where) { HasForm = true };
        page.Turn(0);
        using DeviceClient slow = new(page.Port);
        page.Turn(1);
        slow.Send([(byte)'G']);
        page.Turn(2 + DeadlineMs);
        Assert.IsFalse(slow.IsOpen, "still open");
        page.Stop();
    }

    [TestMethod]
    [DataRow("POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\nssid=home&password=12345678")]
    [DataRow("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\nssid=home")]
    [DataRow("POST / HTTP/1.1\r\nContent-Length: 2147483647\r\n\r\nssid=home")]
    [DataRow("POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n")]
    [DataRow("\r\n\r\n")]
    [DataRow("POST")]
    public void BadRequest_SavesNothing(string request)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(request);
        var parsed = new HttpRequest(bytes, bytes.Length);
        Assert.IsFalse(parsed.IsPost && parsed.IsWhole);
    }

    [TestMethod]
    public void RequestCutAnywhere_IsNotWhole()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("POST / HTTP/1.1\r\nHost: x\r\n"
            + "content-length: 24\r\n\r\nssid=a&password=12345678");
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.IsFalse(new HttpRequest(bytes, length).IsWhole, $"{length} bytes");
        }

        var whole = new HttpRequest(bytes, bytes.Length);
        Assert.IsTrue(whole.IsWhole);
        Assert.AreEqual("a", whole.Field("ssid"));
        Assert.AreEqual("12345678", whole.Field("password"));
        Assert.IsNull(whole.Field("pass"));
    }

    private static bool Turned(SetupPage page, long now, Task next)
    {
        page.Turn(now);
        return next.IsCompleted;
    }

    private static string Address(FirmwareHost device) =>
        $"http://127.0.0.1:{device.Program.OwnNetwork().Page.Port}/";

    private static async Task<string> Post(FirmwareHost device, string form)
    {
        using var content =
            new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage answer = await _browser.PostAsync(Address(device), content);
        return await answer.Content.ReadAsStringAsync();
    }
}
