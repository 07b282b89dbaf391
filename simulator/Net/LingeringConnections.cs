using System.Collections.Generic;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Connections that the broker is done with. The host says that nothing more comes and waits a
/// moment for the other end to close: a socket that is closed with unread bytes resets the
/// connection, and the client would lose the reason.
/// </summary>
internal sealed class LingeringConnections
{
    /// <summary>How long the other end has for closing.</summary>
    public const int LingerMs = 1000;

    private readonly Network _network;
    private readonly Connections _connections;
    private readonly Wire _wire;
    private readonly Queue<Lingering> _queue = [];

    /// <param name="network">Its sockets.</param>
    /// <param name="connections">Forget a connection that is closed.</param>
    /// <param name="wire">Sends what is left.</param>
    public LingeringConnections(Network network, Connections connections, Wire wire)
    {
        _network = network;
        _connections = connections;
        _wire = wire;
    }

    /// <summary>How many are still open.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a connection that has left its slot.</summary>
    public void Add(Connection connection, long now)
    {
        // Most clients that said DISCONNECT have closed already, and nothing has to be said.
        if (connection.Unsent == null && _wire.ReadAndForget(connection))
        {
            Remove(connection);
            return;
        }

        Count++;
        _queue.Enqueue(new Lingering(connection, now + LingerMs));
        Watch(connection);
    }

    /// <summary>Goes on with one that the network has an event for.</summary>
    public void Serve(Connection connection, int index)
    {
        bool isOver = false;
        if (_network.IsWritable(index) && connection.Unsent != null)
        {
            _wire.SendUnsent(connection);
            isOver = connection.HasFailed;
            if (!isOver)
            {
                Watch(connection);
            }
        }

        isOver = isOver
            || (_network.IsReadable(index) && _wire.ReadAndForget(connection));
        if (isOver)
        {
            Count--;
            Remove(connection);
        }
    }

    /// <summary>Closes those whose time is up, and the oldest ones of too many.</summary>
    public void End(long now, int most)
    {
        while (_queue.Count > 0
            && (_queue.Peek().Connection.IsClosed || _queue.Peek().UntilMs <= now || Count > most))
        {
            Connection connection = _queue.Dequeue().Connection;
            if (!connection.IsClosed)
            {
                Count--;
                Remove(connection);
            }
        }
    }

    /// <summary>Sends what is left, if there is anything, then says that this was all.</summary>
    private void Watch(Connection connection)
    {
        if (connection.Unsent == null)
        {
            _network.EndSending(connection.Handle);
        }

        bool hasUnsent = connection.Unsent != null;
        if (connection.IsReadPaused || connection.IsWatchedForWriting != hasUnsent)
        {
            connection.IsReadPaused = false;
            connection.IsWatchedForWriting = hasUnsent;
            _network.Watch(connection.Handle, true, hasUnsent);
        }
    }

    private void Remove(Connection connection)
    {
        _connections.Remove(connection);
        _network.Close(connection.Handle);
    }
}
