using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
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

    private readonly MqttBroker _broker;
    private readonly Poller _poller = Poller.Create();
    private readonly List<Socket> _listeners = [];
    private readonly Connection[] _bySlot;
    private readonly List<Connection> _byId = [];
    private readonly Stack<int> _freeIds = [];
    private readonly List<Connection> _paused = [];
    private readonly Queue<Connection> _lingering = [];
    private readonly byte[] _receive;
    private readonly byte[] _transmit = new byte[TransmitSize];
    private readonly byte[] _discard = new byte[4096];
    private long _listenAgainMs;
    private volatile bool _isStopping;

    /// <param name="broker">The core; touched by the thread of Run only.</param>
    /// <param name="limits">The limits it was made with.</param>
    public TcpHost(MqttBroker broker, BrokerLimits limits)
    {
        _broker = broker;
        _bySlot = new Connection[limits.MaxConnections];
        _receive = new byte[limits.ReceiveSize];
    }

    /// <summary>Hears who was turned away because all slots are in use, or null.</summary>
    public Action<EndPoint> TurnedAway { get; init; }

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
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            socket.Listen(4096);
            socket.Blocking = false;
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _poller.Add(socket, Register(new Connection { Socket = socket, Slot = -1 }));
        _listeners.Add(socket);
        return (IPEndPoint)socket.LocalEndPoint;
    }

    /// <summary>Who is at the other end of a slot, for logs.</summary>
    public EndPoint RemoteOf(int slot)
    {
        return RemoteOf(_bySlot[slot]?.Socket);
    }

    /// <summary>Serves until Stop is called, then tells the clients and closes.</summary>
    public void Run()
    {
        while (!_isStopping)
        {
            Turn();
        }

        foreach (Socket listener in _listeners)
        {
            listener.Dispose();
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
        foreach (Connection connection in _byId)
        {
            connection?.Socket.Dispose();
        }

        _poller.Dispose();
    }

    private static EndPoint RemoteOf(Socket socket)
    {
        try
        {
            return socket?.RemoteEndPoint;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    private void Turn()
    {
        int count = _poller.Wait(WaitMs());
        long now = NowMs();
        for (int i = 0; i < count; i++)
        {
            int id = _poller.IdOf(i);
            Connection connection = id < 0 ? null : _byId[id];
            if (connection == null)
            {
                continue; // It was closed earlier in this turn.
            }

            if (connection.Slot < 0)
            {
                ServeOther(connection, now);
                continue;
            }

            if (_poller.IsWritable(i))
            {
                connection.IsWriteBlocked = false;
                Flush(connection, now);
            }

            if (connection.Slot >= 0 && connection.IsReadPaused && _poller.IsBroken(i))
            {
                // epoll tells it again and again, so it cannot wait until reading goes on.
                Close(connection, now);
            }
            else if (connection.Slot >= 0 && _poller.IsReadable(i))
            {
                Read(connection, now);
            }
        }

        _broker.Tick(now);
        for (int slot = _broker.TakeReady(); slot >= 0; slot = _broker.TakeReady())
        {
            if (_bySlot[slot] != null)
            {
                Flush(_bySlot[slot], now);
            }
        }

        ResumePaused();
        EndLingering(now);
        if (_listenAgainMs > 0 && now >= _listenAgainMs)
        {
            _listenAgainMs = 0;
            WatchListeners(true);
        }
    }

    private int WaitMs()
    {
        if (_paused.Count > 0)
        {
            return 1;
        }

        long wait = _broker.NextDeadlineMs() - NowMs();
        return (int)Math.Clamp(wait, 0, LongestWaitMs);
    }

    private void ServeOther(Connection connection, long now)
    {
        if (_listeners.Contains(connection.Socket))
        {
            Accept(connection.Socket, now);
            return;
        }

        // Lingering: what still comes is thrown away, until the other end closes.
        int got = connection.Socket.Receive(_discard, SocketFlags.None, out SocketError error);
        if (got <= 0 && error != SocketError.WouldBlock)
        {
            connection.CloseAtMs = 0;
        }
    }

    private void Accept(Socket listener, long now)
    {
        while (!_isStopping && listener.Poll(0, SelectMode.SelectRead))
        {
            Socket socket;
            try
            {
                socket = listener.Accept();
            }
            catch (SocketException e)
            {
                // It has gone before it was taken; or no handle is left, which lasts for a while.
                if (e.SocketErrorCode == SocketError.TooManyOpenSockets)
                {
                    PauseListening(now);
                }

                return;
            }

            int slot = _broker.Open(now);
            if (slot < 0)
            {
                TurnedAway?.Invoke(RemoteOf(socket));
                socket.Dispose();
                continue;
            }

            socket.Blocking = false;
            socket.NoDelay = true;
            // For clients without Keep Alive, whose loss nothing else would tell.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            var connection = new Connection { Socket = socket, Slot = slot };
            _bySlot[slot] = connection;
            _poller.Add(socket, Register(connection));
        }
    }

    private void PauseListening(long now)
    {
        _listenAgainMs = now + ListenPauseMs;
        WatchListeners(false);
    }

    private void WatchListeners(bool isOn)
    {
        foreach (Connection connection in _byId)
        {
            if (connection != null && _listeners.Contains(connection.Socket))
            {
                _poller.Change(connection.Socket, connection.Id, isOn, false);
            }
        }
    }

    private void Read(Connection connection, long now)
    {
        int window = _broker.ReceiveWindow(connection.Slot);
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

        int got = connection.Socket.Receive(
            _receive.AsSpan(0, window), SocketFlags.None, out SocketError error);
        if (got > 0)
        {
            _broker.Receive(connection.Slot, _receive, 0, got, now);
        }
        else if (error != SocketError.WouldBlock && error != SocketError.Interrupted)
        {
            Close(connection, now);
        }
    }

    private void Flush(Connection connection, long now)
    {
        int slot = connection.Slot;
        while (!connection.IsWriteBlocked)
        {
            if (connection.UnsentCount > 0)
            {
                SendUnsent(connection);
                continue;
            }

            int count = _broker.Transmit(slot, _transmit, 0, TransmitSize, now);
            if (count == 0)
            {
                break;
            }

            int sent = Send(connection, _transmit.AsSpan(0, count));
            if (sent < count)
            {
                connection.Unsent = _transmit.AsSpan(sent, count - sent).ToArray();
                connection.UnsentOffset = 0;
                connection.UnsentCount = count - sent;
            }
        }

        if (_broker.WantsClose(slot))
        {
            _broker.Close(slot, now);
            Linger(connection, now);
        }
        else
        {
            Watch(connection);
        }
    }

    private void SendUnsent(Connection connection)
    {
        int sent = Send(
            connection, connection.Unsent.AsSpan(connection.UnsentOffset, connection.UnsentCount));
        connection.UnsentOffset += sent;
        connection.UnsentCount -= sent;
        if (connection.UnsentCount == 0)
        {
            connection.Unsent = null;
        }
    }

    private static int Send(Connection connection, ReadOnlySpan<byte> bytes)
    {
        int sent = connection.Socket.Send(bytes, SocketFlags.None, out SocketError error);
        // A failed socket reports itself to the poller as readable, and is closed there.
        connection.IsWriteBlocked = error != SocketError.Success || sent < bytes.Length;
        return error == SocketError.Success ? sent : 0;
    }

    /// <summary>
    /// Says that nothing more comes and waits a moment for the other end to close: a socket that
    /// is closed with unread bytes resets the connection, and the client would lose the reason.
    /// </summary>
    private void Linger(Connection connection, long now)
    {
        _bySlot[connection.Slot] = null;
        connection.Slot = -1;
        connection.CloseAtMs = now + LingerMs;
        if (connection.UnsentCount > 0)
        {
            Send(connection, connection.Unsent.AsSpan(
                connection.UnsentOffset, connection.UnsentCount));
        }

        try
        {
            connection.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            connection.CloseAtMs = 0;
        }

        _poller.Change(connection.Socket, connection.Id, true, false);
        _lingering.Enqueue(connection);
    }

    private void EndLingering(long now)
    {
        while (_lingering.Count > 0
            && (_lingering.Peek().CloseAtMs <= now || _lingering.Count > MaxLingering))
        {
            Remove(_lingering.Dequeue());
        }
    }

    private void ResumePaused()
    {
        for (int i = _paused.Count - 1; i >= 0; i--)
        {
            Connection connection = _paused[i];
            if (connection.Slot < 0 || _broker.ReceiveWindow(connection.Slot) > 0)
            {
                connection.IsReadPaused = false;
                _paused.RemoveAt(i);
                if (connection.Slot >= 0)
                {
                    Watch(connection);
                }
            }
        }
    }

    private void Watch(Connection connection)
    {
        _poller.Change(connection.Socket, connection.Id,
            !connection.IsReadPaused, connection.IsWriteBlocked);
    }

    private int Register(Connection connection)
    {
        if (!_freeIds.TryPop(out int id))
        {
            id = _byId.Count;
            _byId.Add(null);
        }

        connection.Id = id;
        _byId[id] = connection;
        return id;
    }

    private void Close(Connection connection, long now)
    {
        _broker.Close(connection.Slot, now);
        _bySlot[connection.Slot] = null;
        connection.Slot = -1;
        Remove(connection);
    }

    private void Remove(Connection connection)
    {
        _poller.Remove(connection.Socket, connection.Id);
        _byId[connection.Id] = null;
        _freeIds.Push(connection.Id);
        connection.Socket.Dispose();
    }
}
