using System;

namespace EdgeBroker.Simulator.Net;

/// <summary>Moves bytes between buffers and the socket of a connection.</summary>
internal sealed class Wire
{
    private readonly Network _network;

    /// <param name="network">Its sockets.</param>
    /// <param name="receiveSize">Bytes that are read at once.</param>
    public Wire(Network network, int receiveSize)
    {
        _network = network;
        Received = new byte[receiveSize];
    }

    /// <summary>What was read last.</summary>
    public byte[] Received { get; }

    /// <summary>Reads into Received.</summary>
    /// <returns>As Network.Receive.</returns>
    public int Read(Connection connection, int most)
    {
        return _network.Receive(connection.Handle, Received, most);
    }

    /// <summary>Reads and throws away.</summary>
    /// <returns>As Network.Receive.</returns>
    public int ReadAndForget(Connection connection)
    {
        return Read(connection, Received.Length);
    }

    /// <summary>Sends bytes; what the socket does not take is kept with the connection.</summary>
    public void Send(Connection connection, byte[] bytes, int count)
    {
        int sent = Offer(connection, bytes, 0, count);
        if (sent < count)
        {
            connection.Unsent = new Unsent(bytes, sent, count - sent);
        }
    }

    /// <summary>Sends what was kept.</summary>
    public void SendUnsent(Connection connection, Unsent unsent)
    {
        unsent.Offset += Offer(connection, unsent.Bytes, unsent.Offset, unsent.Count);
        if (unsent.Count == 0)
        {
            connection.Unsent = null;
        }
    }

    /// <summary>Tells the network what a connection waits for.</summary>
    public void Watch(Connection connection)
    {
        connection.IsWatchedForWriting = connection.IsWriteBlocked;
        _network.Watch(
            connection.Handle, !connection.IsReadPaused, connection.IsWatchedForWriting);
    }

    private int Offer(Connection connection, byte[] bytes, int offset, int count)
    {
        int sent = _network.Send(connection.Handle, bytes, offset, count);
        connection.HasFailed = sent == Network.Failed;
        connection.IsWriteBlocked = sent < count;
        return Math.Max(sent, 0);
    }
}
