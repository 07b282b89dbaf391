using System;
using System.Diagnostics;
using System.Threading;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>A device for tests: times so short that hours of bad Wi-Fi take seconds.</summary>
internal static class Device
{
    public const int PatienceMs = 15_000;

    /// <summary>A device that is switched off.</summary>
    public static FirmwareHost Make(string board = "esp32")
    {
        var device = new FirmwareHost(board);
        device.Where.ChoresMs = 5;
        device.Where.LookMs = 50;
        device.Where.FirstBackoffMs = 20;
        device.Where.LongestBackoffMs = 160;
        device.Where.ConnectTimeoutMs = 500;
        device.Where.ListenRetryMs = 20;
        device.Where.RebootDelayMs = 50;
        device.Where.OwnNetworkCloseMs = 50;
        device.Where.GoodbyeMs = 50;
        return device;
    }

    /// <summary>A device that serves on a free port.</summary>
    public static FirmwareHost Serving(string config = "", string board = "esp32")
    {
        FirmwareHost device = Make(board);
        device.WriteFile("edgebroker.conf", config);
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(PatienceMs), "the device does not listen");
        return device;
    }

    /// <summary>Waits until something holds, and says in how many milliseconds.</summary>
    public static long WaitUntil(Func<bool> holds, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.IsLessThan(PatienceMs, watch.ElapsedMilliseconds, "never came: " + what);
            Thread.Sleep(1);
        }

        return watch.ElapsedMilliseconds;
    }
}
