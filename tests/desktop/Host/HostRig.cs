using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>A broker and its host in a thread, over a network that a test chooses.</summary>
internal sealed class HostRig : IDisposable
{
    private const int PatienceMs = 20_000;

    private readonly Network _network;
    private readonly Thread _thread;
    private Exception _failure;

    public HostRig(Network network, BrokerLimits limits = null, IPAddress address = null,
        byte maxQos = 1)
    {
        _network = network;
        limits ??= new BrokerLimits { MaxConnectRate = 0 };

        // On a busy machine a client of a test may get no time for long, and is not to be slow.
        var settings = new BrokerSettings
        {
            SlowGraceMs = 3 * PatienceMs,
            MaxQos = maxQos,
        };
        Broker = new MqttBroker(
            limits, settings, new OpenAuthenticator(true), Events, TcpHost.NowMs());
        Host = new TcpHost(Broker, limits, network)
        {
            HandlesChanged = areThere => Events.Note(areThere ? "handles" : "no handles"),
        };
        Port = Host.Listen(new IPEndPoint(address ?? IPAddress.Loopback, 0)).Port;
        _thread = new Thread(Run) { IsBackground = true, Name = "host under test" };
        _thread.Start();
    }

    public MqttBroker Broker { get; }

    public TcpHost Host { get; }

    public EventWatcher Events { get; } = new();

    public int Port { get; }

    /// <summary>The networks of this computer, by name.</summary>
    public static IEnumerable<object[]> Names()
    {
        if (OperatingSystem.IsLinux())
        {
            yield return [Networks.Epoll];
        }

        yield return [Networks.Portable];
    }

    public RawClient Connect(byte version, string clientId)
    {
        return RawClient.Connected(Port, version, clientId);
    }

    /// <summary>Asks the broker something on the thread of its loop.</summary>
    public T Ask<T>(Func<T> question)
    {
        using var done = new ManualResetEventSlim();
        T answer = default;
        Host.Post(() =>
        {
            answer = question();
            done.Set();
        });
        Assert.IsTrue(done.Wait(PatienceMs), "the loop has ended or hangs: " + _failure);
        return answer;
    }

    /// <summary>Waits for Run to end after Stop.</summary>
    public void WaitForEnd()
    {
        Assert.IsTrue(_thread.Join(PatienceMs), "the loop does not end");
        Assert.IsNull(_failure, _failure?.ToString());
    }

    public void Dispose()
    {
        Host.Stop();
        WaitForEnd();
        Host.Dispose();
        _network.Dispose();
    }

    private void Run()
    {
        try
        {
            Host.Run();
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }
}
