using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Sockets;
using EdgeBroker.Tests.Desktop.Firmware;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Heap;

/// <summary>
/// Any allocation may be the one for which there is no memory. Afterwards the board serves, by
/// itself or after a restart whose reason it tells.
/// </summary>
[TestClass]
public sealed class OutOfMemoryTests
{
    private const string Reason = "out of memory";
    private const int FirstOfTheNote = 3;

    private static int _beforeThePage;

    [TestMethod]
    public void BootClientsAndLostWifi_WithoutMemoryAtAnyAllocation()
    {
        int count = Serve(0);
        Assert.IsGreaterThan(200, count, "allocations are not counted");
        Offenders.AssertNone("allocations that harm", Harm(1, count, Serve));
    }

    [TestMethod]
    public void SetupPage_WithoutMemoryAtAnyAllocation()
    {
        int count = SetUp(0);
        int first = _beforeThePage;
        Assert.IsGreaterThan(first, count, "allocations are not counted");
        Offenders.AssertNone("allocations that harm", Harm(first, count, SetUp));
    }

    private static IEnumerable<string> Harm(int first, int last, Func<int, int> scenario)
    {
        for (int failAt = first; failAt <= last; failAt++)
        {
            string harm = null;
            try
            {
                scenario(failAt);
            }
            catch (AssertFailedException e)
            {
                harm = $"allocation {failAt} of {last}: {e.Message}";
            }

            if (harm != null)
            {
                yield return harm;
            }
        }
    }

    /// <summary>Boots, serves, loses its Wi-Fi and serves again.</summary>
    /// <returns>The allocations that were made.</returns>
    private static int Serve(int failAt)
    {
        using var device = new CountedDevice("esp32-c3");
        device.Start(failAt);
        using DeviceClient a = device.Connect("a");
        Try(() => a.Subscribe("$SYS/#"));
        Try(() => a.Publish("t", "payload"));
        using DeviceClient silent = device.Connect("silent");
        device.Host.Radio.Lose();
        Device.WaitUntil(() => !silent.IsOpen, "the loss");
        device.Host.Radio.Restore();
        device.Connect("a").Dispose();
        int count = CountedHeap.Allocations;
        Assert.IsLessThanOrEqualTo(1, device.Reboots, "restarts");
        string reason = device.Read("reboot/reason");
        if (failAt == 0 || failAt >= FirstOfTheNote)
        {
            Assert.AreEqual(device.Reboots > 0 ? Reason : "power on or reset", reason);
        }

        return count;
    }

    /// <summary>A board without credentials gets them on its page.</summary>
    private static int SetUp(int failAt)
    {
        using var device = new CountedDevice("esp32-c3");
        device.Host.Radio.Ssid = "";
        device.Start(failAt);
        Device.WaitUntil(() => PagePort(device) > 0, "the page");
        _beforeThePage = failAt == 0 ? CountedHeap.Allocations : _beforeThePage;
        Device.WaitUntil(() => TryPost(device), "credentials that are taken");
        Device.WaitUntil(() => device.Host.Radio.Ssid == "home", "the restart");
        device.Connect("a").Dispose();
        Assert.IsLessThanOrEqualTo(4, device.Reboots, "restarts");
        return CountedHeap.Allocations;
    }

    private static int PagePort(CountedDevice device)
    {
        int? port = device.Host.Program?.OwnNetwork()?.Page.Port;
        return port ?? 0;
    }

    private static bool TryPost(CountedDevice device)
    {
        int port = PagePort(device);
        if (port == 0)
        {
            return device.Host.Radio.Ssid == "home";
        }

        using var browser = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var form = new StringContent("ssid=home&password=a+right+one");
        try
        {
            using HttpResponseMessage answer =
                browser.PostAsync($"http://127.0.0.1:{port}/", form).GetAwaiter().GetResult();
            return answer.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains("Saved");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false; // It restarts.
        }
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // It restarts.
        }
    }
}
