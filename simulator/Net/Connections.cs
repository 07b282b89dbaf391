using System.Collections.Generic;

namespace EdgeBroker.Simulator.Net;

/// <summary>All connections whose sockets are open, by handle and by slot.</summary>
internal sealed class Connections
{
    private readonly Connection?[] _bySlot;
    private readonly List<Connection?> _byHandle = [];

    /// <param name="slots">Slots of the broker.</param>
    public Connections(int slots)
    {
        _bySlot = new Connection[slots];
    }

    /// <summary>How many sockets are open.</summary>
    public int Count { get; private set; }

    /// <summary>The connection with a handle, or null.</summary>
    public Connection? ByHandle(int handle)
    {
        return handle >= 0 && handle < _byHandle.Count ? _byHandle[handle] : null;
    }

    /// <summary>The connection in a slot, or null.</summary>
    public Connection? BySlot(int slot)
    {
        return _bySlot[slot];
    }

    /// <summary>A connection has come and has its slot.</summary>
    public void Add(int handle, int slot)
    {
        while (_byHandle.Count <= handle)
        {
            _byHandle.Add(null);
        }

        var connection = new Connection { Handle = handle, Slot = slot };
        _bySlot[slot] = connection;
        _byHandle[handle] = connection;
        Count++;
    }

    /// <summary>The broker is done with it; its socket is still open.</summary>
    public void LeaveSlot(Connection connection)
    {
        _bySlot[connection.Slot] = null;
        connection.Slot = -1;
    }

    /// <summary>Its socket is closed.</summary>
    public void Remove(Connection connection)
    {
        _byHandle[connection.Handle] = null;
        connection.IsClosed = true;
        Count--;
    }
}
