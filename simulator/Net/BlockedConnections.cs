using System;
using System.Collections.Generic;

namespace EdgeBroker.Simulator.Net;

/// <summary>The connections whose sockets took no more, to be asked again in turn.</summary>
internal sealed class BlockedConnections
{
    private readonly List<Connection> _list = [];
    private int _hand;

    /// <summary>How many there are, some of which take again already.</summary>
    public int Count => _list.Count;

    /// <summary>A socket took no more.</summary>
    public void Add(Connection connection)
    {
        if (!connection.IsListed)
        {
            connection.IsListed = true;
            _list.Add(connection);
        }
    }

    /// <summary>Forgets some of those that are not blocked any more.</summary>
    public void Sweep(int most)
    {
        for (int i = Math.Min(most, _list.Count); i > 0; i--)
        {
            Next();
        }
    }

    /// <summary>Names the next one, or null when it is not blocked any more.</summary>
    public Connection? Next()
    {
        _hand = _hand < _list.Count ? _hand : 0;
        Connection connection = _list[_hand];
        if (connection.IsWriteBlocked && connection.Slot >= 0)
        {
            _hand++;
            return connection;
        }

        connection.IsListed = false;
        _list[_hand] = _list[^1];
        _list.RemoveAt(_list.Count - 1);
        return null;
    }
}
