using System;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>
/// The firmware's own loop with the limits of a board, in a network of virtual peers. The loop
/// takes no time; what it shows are waits.
/// </summary>
internal sealed class NetLab
{
    private const int ChoresMs = 50;
    private const int MaxTurns = 10_000;

    private long _nextChoresMs;
    private int _peers;

    /// <summary>A device that serves.</summary>
    public NetLab(string board = "esp32", int nativeKb = 150)
    {
        BoardProfile profile = AllBoards.Find(board);
        var settings = new BrokerSettings { SysIntervalS = 0 };
        Limits = profile.Limits;
        Radio = new Radio { NativeBytes = nativeKb * 1024 };
        Radio.Current = Radio;
        Net = new VirtualStack(Radio, 1) { SocketLimit = profile.Sockets };
        NetStack.Current = Net;
        Broker = new MqttBroker(Limits, settings, new OpenAuthenticator(true), null, 0);
        Loop = new BrokerLoop(Broker, Limits, Where, 1883);
        RunFor(ChoresMs);
    }

    public Radio Radio { get; }

    public Surroundings Where { get; } = new();

    public VirtualStack Net { get; }

    public BrokerLimits Limits { get; }

    public MqttBroker Broker { get; }

    public BrokerLoop Loop { get; }

    /// <summary>Longest time that one turn stood still.</summary>
    public long LongestTurnMs { get; private set; }

    /// <summary>A client that has not connected yet.</summary>
    public NetClient Client(string clientId) => new(Net, clientId, ++_peers);

    /// <summary>A client that is connected.</summary>
    public NetClient Connected(string clientId, byte keepAliveS = 0)
    {
        NetClient client = Client(clientId);
        client.KeepAliveS = keepAliveS;
        client.Connect();
        RunUntil(() => client.IsAccepted, 30_000, clientId + " is accepted");
        return client;
    }

    /// <summary>A client that is connected and subscribed.</summary>
    public NetClient Subscribed(string clientId, string filter, byte keepAliveS = 0)
    {
        NetClient client = Connected(clientId, keepAliveS);
        client.Subscribe(filter);
        RunUntil(() => client.IsSubscribed, 30_000, clientId + " is subscribed");
        return client;
    }

    /// <summary>Lets time pass, with something done in every millisecond.</summary>
    public void RunFor(long ms, Action<long> each = null)
    {
        for (long i = 0; i < ms; i++)
        {
            each?.Invoke(i);
            Step();
        }
    }

    /// <summary>Lets time pass until something holds.</summary>
    public long RunUntil(Func<bool> holds, long patienceMs, string what)
    {
        long start = Net.NowMs;
        while (!holds())
        {
            Assert.IsLessThan(patienceMs, Net.NowMs - start, "in virtual time: " + what);
            Step();
        }

        return Net.NowMs - start;
    }

    /// <summary>A millisecond.</summary>
    public void Step()
    {
        Net.Wait();
        if (Net.NowMs >= _nextChoresMs)
        {
            _nextChoresMs = Net.NowMs + ChoresMs;
            Loop.Listen(Net.NowMs);
        }

        bool isBusy = true;
        for (int i = 0; isBusy; i++)
        {
            Assert.IsLessThan(MaxTurns, i, "the loop spins");
            long now = Net.NowMs;
            isBusy = Loop.Turn(now);
            LongestTurnMs = Math.Max(LongestTurnMs, Net.NowMs - now);
        }
    }
}
