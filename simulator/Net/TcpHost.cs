using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Connects real TCP sockets to a broker core: one loop on one thread, as on the board. Reads
/// what the broker takes, lets it route, then writes for each client as much as its socket takes.
/// </summary>
public sealed class TcpHost : IDisposable
{
    private const int LongestWaitMs = 200;
    private const int MaxLingering = 1024;
    private const int TicksPerTurn = 64;
    private const int EventsPerRetry = 16;

    private readonly MqttBroker _broker;
    private readonly Network _network;
    private readonly Connections _connections;
    private readonly LingeringConnections _lingering;
    private readonly Traffic _traffic;
    private readonly Acceptor _acceptor;
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly HostClock _clock;
    private bool _isStopping;

    /// <param name="broker">The core; touched by the thread of Run only.</param>
    /// <param name="limits">The limits it was made with.</param>
    /// <param name="network">The sockets; whoever made it closes it after the host.</param>
    /// <param name="clock">Milliseconds that pass in any case; null is NowMs.</param>
    public TcpHost(MqttBroker broker, BrokerLimits limits, Network network,
        Func<long>? clock = null)
    {
        _clock = new HostClock(clock ?? NowMs);
        _broker = broker;
        _network = network;
        _connections = new Connections(limits.Slots());
        var wire = new Wire(network, limits.ReceiveSize);
        _lingering = new LingeringConnections(network, _connections, wire);
        _traffic = new Traffic(broker, network, _connections, wire, _lingering);
        _acceptor = new Acceptor(
            broker, network, _connections, _lingering, limits.MaxConnectRate > 0);
    }

    /// <summary>
    /// Told once, with false, when the system has no handle for a new connection, and once, with
    /// true, when connections are accepted again. On the thread of Run.
    /// </summary>
    public Action<bool>? HandlesChanged
    {
        get => _acceptor.HandlesChanged;
        set => _acceptor.HandlesChanged = value;
    }

    /// <summary>How many connections are not read for now; on the thread of Run.</summary>
    public int PausedConnections => _traffic.Paused.Count;

    /// <summary>The clock of the broker: milliseconds since the machine started.</summary>
    public static long NowMs()
    {
        return Environment.TickCount64;
    }

    /// <summary>Opens a listening socket.</summary>
    /// <param name="address">Where to listen; port 0 takes a free one.</param>
    /// <param name="takesIPv4">Whether `::` listens on IPv4 as well.</param>
    /// <returns>The address with the port that was taken.</returns>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public IPEndPoint Listen(IPEndPoint address, bool takesIPv4 = true)
    {
        return _acceptor.Listen(address, takesIPv4);
    }

    /// <summary>Who is at the other end of a slot, for logs; null when nobody is.</summary>
    public EndPoint? RemoteOf(int slot)
    {
        Connection? connection = _connections.BySlot(slot);
        return connection == null ? null : _network.RemoteOf(connection.Handle);
    }

    /// <summary>The network's number of a slot's connection; -1 when there is none.</summary>
    public int HandleOf(int slot)
    {
        return _connections.BySlot(slot)?.Handle ?? -1;
    }

    /// <summary>Serves until Stop is called, then tells the clients and closes.</summary>
    public void Run()
    {
        while (!_isStopping)
        {
            Turn(LongestWaitMs, MaxLingering);
        }

        _acceptor.Close();
        _broker.Shutdown(_clock.NowMs());
        _traffic.FlushReady(_clock.NowMs());
        long end = _clock.NowMs() + LingeringConnections.LingerMs;
        for (long left = LingeringConnections.LingerMs; left > 0 && _connections.Count > 0;
            left = end - _clock.NowMs())
        {
            Turn((int)Math.Min(left, LongestWaitMs), int.MaxValue);
        }
    }

    /// <summary>Makes Run end; may be called from any thread.</summary>
    public void Stop()
    {
        Post(() => _isStopping = true);
    }

    /// <summary>Has something done between two turns of the loop, from any thread.</summary>
    public void Post(Action work)
    {
        _posted.Enqueue(work);
        _network.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _acceptor.Dispose();
    }

    /// <summary>Waits for something to happen, and does what there is to do.</summary>
    /// <param name="longestWaitMs">Longest wait in milliseconds.</param>
    /// <param name="mostLingering">How many connections may be about to end.</param>
    internal void Turn(int longestWaitMs, int mostLingering = MaxLingering)
    {
        bool isAsking = _traffic.Paused.HasMore;
        int count = _network.Wait(isAsking ? 0 : WaitMs(longestWaitMs));
        if (count > 0 || !isAsking)
        {
            _traffic.Paused.BeginRound();
        }

        long now = ServeEvents(count);
        while (_posted.TryDequeue(out Action? work))
        {
            work();
        }

        if (_broker.NextDeadlineMs() <= now)
        {
            _traffic.RetryBlocked(now); // Nobody is slow because this thread had to wait.
        }

        int ticks = 0;
        do
        {
            _broker.Tick(now);
            _traffic.FlushReady(now);
        }
        while (_broker.NextDeadlineMs() <= now && ++ticks < TicksPerTurn);

        _traffic.Paused.Ask();
        _traffic.SweepBlocked();
        _lingering.End(now, mostLingering);
        _acceptor.Resume(now);
    }

    /// <summary>Serves everybody the network has an event for.</summary>
    /// <returns>The time at the last one.</returns>
    private long ServeEvents(int count)
    {
        long now = _clock.NowMs();
        for (int i = 0; i < count; i++)
        {
            // Reading from hundreds takes as long as a queue needs to fill: who falls behind is
            // asked again meanwhile, and the broker is told what time it is.
            now = _clock.NowMs();
            if (i % EventsPerRetry == EventsPerRetry - 1)
            {
                _traffic.RetryBlocked(now);
            }

            int handle = _network.HandleOf(i);
            Connection? connection = _connections.ByHandle(handle);
            if (connection != null)
            {
                _traffic.Serve(connection, i, now);
            }
            else if (_acceptor.Owns(handle))
            {
                _acceptor.Accept(handle, now);
            }
        }

        return now;
    }

    private int WaitMs(int longest)
    {
        long wait = _broker.NextDeadlineMs() - _clock.NowMs();
        return (int)Math.Clamp(wait, 0, longest);
    }
}
