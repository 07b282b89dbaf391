using System;
using System.Collections.Generic;
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
    private const int TransmitSize = 64 * 1024;
    private const int LongestWaitMs = 200;
    private const int LingerMs = 1000;
    private const int MaxLingering = 1024;
    private const int ListenPauseMs = 200;
    private const int TicksPerTurn = 64;
    private const int EventsPerRetry = 16;
    private const int RetriesAtOnce = 16;

    private readonly MqttBroker _broker;
    private readonly Network _network;
    private readonly List<int> _listeners = [];
    private readonly bool _tellsAddresses;
    private readonly Connection[] _bySlot;
    private readonly List<Connection> _byHandle = [];
    private readonly List<Connection> _paused = [];
    private readonly BlockedConnections _blocked = new();
    private readonly Queue<Lingering> _lingering = [];
    private readonly byte[] _receive;
    private readonly byte[] _transmit = new byte[TransmitSize];
    private long _listenAgainMs;
    private volatile bool _isStopping;

    /// <param name="broker">The core; touched by the thread of Run only.</param>
    /// <param name="limits">The limits it was made with.</param>
    /// <param name="network">The network, disposed of with the host; null for the best one.</param>
    public TcpHost(MqttBroker broker, BrokerLimits limits, Network network = null)
    {
        _broker = broker;
        _network = network ?? Network.Create();
        _tellsAddresses = limits.MaxConnectRate > 0;
        _bySlot = new Connection[limits.Slots()];
        _receive = new byte[limits.ReceiveSize];
    }

    /// <summary>The clock of the broker: milliseconds since the machine started.</summary>
    public static long NowMs()
    {
        return Environment.TickCount64;
    }

    /// <summary>Opens a listening socket.</summary>
    /// <param name="address">Where to listen; port 0 takes a free one.</param>
    /// <returns>The address with the port that was taken.</returns>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public IPEndPoint Listen(IPEndPoint address)
    {
        _listeners.Add(_network.Listen(address, out IPEndPoint taken));
        return taken;
    }

    /// <summary>Who is at the other end of a slot, for logs; null when nobody is.</summary>
    public EndPoint RemoteOf(int slot)
    {
        return _bySlot[slot] == null ? null : _network.RemoteOf(_bySlot[slot].Handle);
    }

    /// <summary>The network's number of a slot's connection; -1 when there is none.</summary>
    public int HandleOf(int slot)
    {
        return _bySlot[slot]?.Handle ?? -1;
    }

    /// <summary>Serves until Stop is called, then tells the clients and closes.</summary>
    public void Run()
    {
        while (!_isStopping)
        {
            Turn();
        }

        foreach (int listener in _listeners)
        {
            _network.Close(listener);
        }

        _listeners.Clear();
        _broker.Shutdown(NowMs());
        long end = NowMs() + LingerMs;
        while (NowMs() < end && (_broker.OpenConnections > 0 || _lingering.Count > 0))
        {
            Turn();
        }
    }

    /// <summary>Makes Run end soon; may be called from any thread.</summary>
    public void Stop()
    {
        _isStopping = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (int listener in _listeners)
        {
            _network.Close(listener);
        }

        foreach (Connection connection in _byHandle)
        {
            if (connection != null)
            {
                _network.Close(connection.Handle);
            }
        }

        _network.Dispose();
    }

    private void Turn()
    {
        int count = _network.Wait(WaitMs());
        long now = NowMs();
        for (int i = 0; i < count; i++)
        {
            // Reading from hundreds takes as long as a queue needs to fill: who falls behind is
            // asked again meanwhile, and the broker is told what time it is.
            now = NowMs();
            if (i % EventsPerRetry == EventsPerRetry - 1)
            {
                RetryBlocked(now);
            }

            int handle = _network.HandleOf(i);
            Connection connection = handle >= 0 && handle < _byHandle.Count
                ? _byHandle[handle]
                : null;
            if (connection != null)
            {
                Serve(connection, i, now);
            }
            else if (_listeners.Contains(handle))
            {
                Accept(handle, now);
            }
        }

        if (_broker.NextDeadlineMs() <= now)
        {
            RetryBlocked(now); // Nobody is taken for slow because this thread had to wait.
        }

        int ticks = 0;
        do
        {
            _broker.Tick(now);
            FlushReady(now);
        }
        while (_broker.NextDeadlineMs() <= now && ++ticks < TicksPerTurn);

        ResumePaused();
        _blocked.Sweep(RetriesAtOnce);
        EndLingering(now);
        if (_listenAgainMs > 0 && now >= _listenAgainMs && _broker.CanOpen())
        {
            _listenAgainMs = 0;
            WatchListeners(true);
        }
    }

    /// <summary>Offers to each socket what waits for it, and closes who is to be closed.</summary>
    private void FlushReady(long now)
    {
        for (int slot = _broker.Ready(); slot >= 0; slot = _broker.Ready())
        {
            Flush(_bySlot[slot], now);
        }
    }

    /// <summary>Asks some of the sockets that took no more, without waiting to be told.</summary>
    private void RetryBlocked(long now)
    {
        for (int i = Math.Min(RetriesAtOnce, _blocked.Count); i > 0; i--)
        {
            Connection connection = _blocked.Next();
            if (connection != null)
            {
                connection.IsWriteBlocked = false;
                Flush(connection, now);
            }
        }
    }

    private int WaitMs()
    {
        long wait = _broker.NextDeadlineMs() - NowMs();
        return (int)Math.Clamp(wait, 0, LongestWaitMs);
    }

    private void Serve(Connection connection, int index, long now)
    {
        if (connection.Slot < 0)
        {
            ServeLingering(connection, index);
            return;
        }

        if (_network.IsWritable(index))
        {
            connection.IsWriteBlocked = false;
            Flush(connection, now);
        }

        if (connection.Slot >= 0 && connection.IsReadPaused && _network.IsBroken(index))
        {
            // It is told again and again, so it cannot wait until reading goes on.
            Close(connection, now);
        }
        else if (connection.Slot >= 0 && _network.IsReadable(index))
        {
            Read(connection, now);
        }
    }

    private void Accept(int listener, long now)
    {
        while (!_isStopping)
        {
            if (!_broker.CanOpen())
            {
                // Every slot is taken: the next ones wait in the backlog until one is free.
                StopListening(now);
                return;
            }

            int handle = _network.Accept(listener);
            if (handle == Network.NoHandle)
            {
                StopListening(now + ListenPauseMs);
            }

            if (handle < 0)
            {
                return;
            }

            int slot = _broker.Open(AddressOf(handle), now);

            while (_byHandle.Count <= handle)
            {
                _byHandle.Add(null);
            }

            _bySlot[slot] = new Connection { Handle = handle, Slot = slot };
            _byHandle[handle] = _bySlot[slot];
        }
    }

    private void StopListening(long untilMs)
    {
        _listenAgainMs = untilMs;
        WatchListeners(false);
    }

    /// <summary>A number for the address that a connection comes from.</summary>
    private int AddressOf(int handle)
    {
        return _tellsAddresses && _network.RemoteOf(handle) is IPEndPoint remote
            ? remote.Address.GetHashCode()
            : 0;
    }

    private void WatchListeners(bool isOn)
    {
        foreach (int listener in _listeners)
        {
            _network.Watch(listener, isOn, false);
        }
    }

    private void Read(Connection connection, long now)
    {
        int window = _broker.ReceiveWindow(connection.Slot);
        if (window == 0 && _broker.Ready() >= 0)
        {
            // Somebody has to be offered something first.
            FlushReady(now);
            _broker.Tick(now);
            window = connection.Slot < 0 ? 0 : _broker.ReceiveWindow(connection.Slot);
        }

        if (connection.Slot < 0)
        {
            return;
        }

        if (window == 0)
        {
            if (!connection.IsReadPaused)
            {
                connection.IsReadPaused = true;
                _paused.Add(connection);
                Watch(connection);
            }

            return;
        }

        int got = _network.Receive(connection.Handle, _receive, window);
        if (got > 0)
        {
            _broker.Receive(connection.Slot, _receive, 0, got, now);
        }
        else if (got != Network.WouldBlock)
        {
            Close(connection, now);
        }
    }

    private void Flush(Connection connection, long now)
    {
        while (!connection.IsWriteBlocked)
        {
            if (connection.Unsent != null)
            {
                SendUnsent(connection);
                continue;
            }

            int count = _broker.Transmit(connection.Slot, _transmit, 0, TransmitSize, now);
            if (count == 0)
            {
                break;
            }

            int sent = Send(connection, _transmit, 0, count);
            if (sent < count)
            {
                connection.Unsent = new Unsent(_transmit, sent, count - sent);
            }
        }

        if (connection.IsWriteBlocked)
        {
            _broker.Block(connection.Slot, now);
            _blocked.Add(connection);
        }

        if (connection.HasFailed)
        {
            Close(connection, now);
        }
        else if (_broker.WantsClose(connection.Slot))
        {
            Linger(connection, now);
        }
        else if (connection.IsWriteBlocked != connection.IsWatchedForWriting)
        {
            Watch(connection);
        }
    }

    private void SendUnsent(Connection connection)
    {
        Unsent unsent = connection.Unsent;
        unsent.Offset += Send(connection, unsent.Bytes, unsent.Offset, unsent.Count);
        if (unsent.Count == 0)
        {
            connection.Unsent = null;
        }
    }

    private int Send(Connection connection, byte[] bytes, int offset, int count)
    {
        int sent = _network.Send(connection.Handle, bytes, offset, count);
        connection.HasFailed = sent == Network.Failed;
        connection.IsWriteBlocked = sent < count;
        return Math.Max(sent, 0);
    }

    /// <summary>
    /// The broker is done with a connection. It says that nothing more comes and waits a moment
    /// for the other end to close: a socket that is closed with unread bytes resets the
    /// connection, and the client would lose the reason.
    /// </summary>
    private void Linger(Connection connection, long now)
    {
        _broker.Close(connection.Slot, now);
        _bySlot[connection.Slot] = null;
        connection.Slot = -1;
        WatchLingering(connection);
        _lingering.Enqueue(new Lingering(connection, now + LingerMs));
    }

    /// <summary>Sends what is left, if there is anything, then says that this was all.</summary>
    private void WatchLingering(Connection connection)
    {
        if (connection.Unsent == null)
        {
            _network.EndSending(connection.Handle);
        }

        _network.Watch(connection.Handle, true, connection.Unsent != null);
    }

    /// <summary>What a lingering connection still sends is thrown away.</summary>
    private void ServeLingering(Connection connection, int index)
    {
        if (_network.IsWritable(index) && connection.Unsent != null)
        {
            SendUnsent(connection);
            WatchLingering(connection);
        }

        if (!_network.IsReadable(index))
        {
            return;
        }

        int got = _network.Receive(connection.Handle, _receive, _receive.Length);
        if (got == 0 || got == Network.Failed)
        {
            Forget(connection);
        }
    }

    private void EndLingering(long now)
    {
        while (_lingering.Count > 0
            && (_lingering.Peek().UntilMs <= now || _lingering.Count > MaxLingering))
        {
            Connection connection = _lingering.Dequeue().Connection;
            if (_byHandle[connection.Handle] == connection)
            {
                Forget(connection);
            }
        }
    }

    private void ResumePaused()
    {
        for (int i = _paused.Count - 1; i >= 0; i--)
        {
            Connection connection = _paused[i];
            if (connection.Slot < 0)
            {
                _paused.RemoveAt(i);
            }
            else if (_broker.ReceiveWindow(connection.Slot) > 0)
            {
                connection.IsReadPaused = false;
                _paused.RemoveAt(i);
                Watch(connection);
            }
        }
    }

    private void Watch(Connection connection)
    {
        connection.IsWatchedForWriting = connection.IsWriteBlocked;
        _network.Watch(
            connection.Handle, !connection.IsReadPaused, connection.IsWatchedForWriting);
    }

    private void Close(Connection connection, long now)
    {
        _broker.Close(connection.Slot, now);
        _bySlot[connection.Slot] = null;
        connection.Slot = -1;
        Forget(connection);
    }

    private void Forget(Connection connection)
    {
        _byHandle[connection.Handle] = null;
        _network.Close(connection.Handle);
    }
}
