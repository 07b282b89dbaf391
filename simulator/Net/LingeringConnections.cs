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
        if (!connection.HasEnded && connection.Unsent == null)
        {
            Read(connection);
        }

        if (IsOver(connection))
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
        if (_network.IsWritable(index) && connection.Unsent is { } unsent)
        {
            _wire.SendUnsent(connection, unsent);
        }

        if (connection.HasEnded)
        {
            connection.HasFailed = connection.HasFailed || _network.IsBroken(index);
        }
        else if (_network.IsReadable(index))
        {
            Read(connection);
        }

        if (IsOver(connection))
        {
            Count--;
            Remove(connection);
        }
        else
        {
            Watch(connection);
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

    /// <summary>What still comes is thrown away.</summary>
    private void Read(Connection connection)
    {
        int got = _wire.ReadAndForget(connection);
        connection.HasEnded = got == 0;
        connection.HasFailed = connection.HasFailed || got == Network.Failed;
    }

    private static bool IsOver(Connection connection)
    {
        return connection.HasFailed || (connection.HasEnded && connection.Unsent == null);
    }

    /// <summary>Says that this was all, or waits to send what is left.</summary>
    private void Watch(Connection connection)
    {
        bool hasUnsent = connection.Unsent != null;
        if (!hasUnsent && !connection.HasSaidAll)
        {
            connection.HasSaidAll = true;
            _network.EndSending(connection.Handle);
        }

        if (connection.IsReadPaused != connection.HasEnded
            || connection.IsWatchedForWriting != hasUnsent)
        {
            connection.IsReadPaused = connection.HasEnded;
            connection.IsWatchedForWriting = hasUnsent;
            _network.Watch(connection.Handle, !connection.HasEnded, hasUnsent);
        }
    }

    private void Remove(Connection connection)
    {
        _connections.Remove(connection);
        _network.Close(connection.Handle);
    }
}
