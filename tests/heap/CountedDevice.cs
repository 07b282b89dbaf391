using System;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using EdgeBroker.Tests.Desktop.Firmware;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Heap;

/// <summary>
/// A device whose heap is counted. It is the same firmware in a load context of its own, so its
/// types have no names here.
/// </summary>
internal sealed class CountedDevice : IDisposable
{
    private static readonly Lazy<Assembly> _firmware = new(Load);

    /// <summary>The FirmwareHost.</summary>
    public readonly dynamic Host;

    /// <summary>A device that is switched off.</summary>
    public CountedDevice(string board)
    {
        Type type = _firmware.Value.GetType("EdgeBroker.Firmware.Pc.FirmwareHost", true);
        Host = Activator.CreateInstance(type, board);
        Host.Where.ChoresMs = 5;
        Host.Where.LookMs = 50;
        Host.Where.ListenRetryMs = 20;
        Host.Where.RebootDelayMs = 20;
        Host.Where.GoodbyeMs = 20;
        Host.Where.BrakeMs = 1;
        Host.Where.WatchdogMs = 20;
    }

    /// <summary>Restarts so far.</summary>
    public int Reboots => Host.Radio.Reboots;

    /// <summary>Its port, or 0.</summary>
    public int Port => Host.Port;

    /// <summary>Network connections that are open.</summary>
    public int OpenSockets => Host.Program.Loop().OpenSockets();

    /// <summary>Writes the configuration file.</summary>
    public void WriteFile(string text) => Host.WriteFile("edgebroker.conf", text);

    /// <summary>Switches it on with the heap of its profile.</summary>
    public void Start(int failAt = 0) => Start((int)(uint)Host.Radio.HeapBytes, failAt);

    /// <summary>Switches it on with so many bytes free after boot.</summary>
    public void Start(int freeAfterBoot, int failAt)
    {
        CountedHeap.Begin(freeAfterBoot, failAt);
        Host.Start(0);
    }

    /// <summary>A connected client, however often the device restarts meanwhile.</summary>
    public DeviceClient Connect(string clientId)
    {
        DeviceClient client = null;
        Device.WaitUntil(() => (client = TryConnect(clientId)) != null, "a client");
        return client;
    }

    /// <summary>Text of a figure under $SYS/broker/.</summary>
    public string Read(string figure)
    {
        string text = null;
        Device.WaitUntil(() => (text = TryRead(figure)) != null, figure);
        return text;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Host.Dispose();
        CountedHeap.Begin(int.MaxValue);
    }

    private string TryRead(string figure)
    {
        try
        {
            using DeviceClient client = Connect("reader");
            client.Subscribe("$SYS/broker/" + figure);
            return client.ReadMessage();
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return null; // It restarts.
        }
    }

    private DeviceClient TryConnect(string clientId)
    {
        int port = Host.Port;
        if (port == 0)
        {
            Thread.Sleep(1);
            return null;
        }

        DeviceClient client = null;
        try
        {
            client = new DeviceClient(port);
            if (client.TryConnect(clientId))
            {
                return client;
            }
        }
        catch (SocketException)
        {
            // It restarts.
        }

        client?.Dispose();
        return null;
    }

    private static Assembly Load()
    {
        var context = new AssemblyLoadContext("counted");
        context.LoadFromStream(HeapWeaver.Weave("EdgeBroker.Shared"));
        context.LoadFromStream(HeapWeaver.Weave("EdgeBroker.Boards"));
        return context.LoadFromStream(HeapWeaver.Weave("EdgeBroker.Firmware.Pc"));
    }
}
