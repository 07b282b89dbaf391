using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Net;

/// <summary>Carries bytes between the broker and its connections' sockets.</summary>
internal sealed class Traffic
{
    private const int TransmitSize = 64 * 1024;
    private const int RetriesAtOnce = 16;

    private readonly MqttBroker _broker;
    private readonly Network _network;
    private readonly Connections _connections;
    private readonly Wire _wire;
    private readonly LingeringConnections _lingering;
    private readonly BlockedConnections _blocked = new();
    private readonly PausedReading _paused;
    private readonly byte[] _transmit = new byte[TransmitSize];

    /// <param name="broker">The core.</param>
    /// <param name="network">The sockets.</param>
    /// <param name="connections">The open connections.</param>
    /// <param name="wire">Moves bytes.</param>
    /// <param name="lingering">Takes the connections that the broker is done with.</param>
    public Traffic(MqttBroker broker, Network network, Connections connections, Wire wire,
        LingeringConnections lingering)
    {
        _broker = broker;
        _network = network;
        _connections = connections;
        _wire = wire;
        _lingering = lingering;
        _paused = new PausedReading(broker.ReceiveWindow, wire.Watch);
    }

    /// <summary>The connections that are not read for now.</summary>
    public PausedReading Paused => _paused;

    /// <summary>Does what an event of the network asks for.</summary>
    public void Serve(Connection connection, int index, long now)
    {
        if (connection.Slot < 0)
        {
            _lingering.Serve(connection, index);
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

    /// <summary>Offers to each socket what waits for it, and closes who is to be closed.</summary>
    public void FlushReady(long now)
    {
        for (int slot = _broker.Ready(); slot >= 0; slot = _broker.Ready())
        {
            Flush(_connections.BySlot(slot)!, now); // Who is ready is connected.
        }
    }

    /// <summary>Asks some of the sockets that took no more, without waiting to be told.</summary>
    public void RetryBlocked(long now)
    {
        for (int i = Math.Min(RetriesAtOnce, _blocked.Count); i > 0; i--)
        {
            Connection? connection = _blocked.Next();
            if (connection != null)
            {
                connection.IsWriteBlocked = false;
                Flush(connection, now);
            }
        }
    }

    /// <summary>Forgets some connections that are not blocked any more.</summary>
    public void SweepBlocked()
    {
        _blocked.Sweep(RetriesAtOnce);
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
                _paused.Add(connection);
                _wire.Watch(connection);
            }

            return;
        }

        int got = _wire.Read(connection, window);
        if (got > 0)
        {
            _broker.Receive(connection.Slot, _wire.Received, 0, got, now);
        }
        else if (got == 0 && connection.Unsent != null)
        {
            // It may still read: it gets the rest of its packet.
            connection.HasEnded = true;
            Linger(connection, now);
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
            if (connection.Unsent is { } unsent)
            {
                _wire.SendUnsent(connection, unsent);
                continue;
            }

            int count = _broker.Transmit(connection.Slot, _transmit, 0, TransmitSize, now);
            if (count == 0)
            {
                break;
            }

            _wire.Send(connection, _transmit, count);
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
            _wire.Watch(connection);
        }
    }

    private void Linger(Connection connection, long now)
    {
        _broker.Close(connection.Slot, now);
        _connections.LeaveSlot(connection);
        _lingering.Add(connection, now);
    }

    private void Close(Connection connection, long now)
    {
        _broker.Close(connection.Slot, now);
        _connections.LeaveSlot(connection);
        _connections.Remove(connection);
        _network.Close(connection.Handle);
    }
}
