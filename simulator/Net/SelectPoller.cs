using System.Collections.Generic;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Windows, macOS and the rest: Socket.Select. Its cost grows with the number of sockets; good
/// for hundreds of clients.
/// </summary>
public sealed class SelectPoller : Poller
{
    private readonly Dictionary<Socket, int> _ids = [];
    private readonly HashSet<Socket> _reading = [];
    private readonly HashSet<Socket> _writing = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];

    /// <inheritdoc/>
    public override void Add(Socket socket, int id)
    {
        _ids[socket] = id;
        _reading.Add(socket);
    }

    /// <inheritdoc/>
    public override void Change(Socket socket, int id, bool forReading, bool forWriting)
    {
        Keep(_reading, socket, forReading);
        Keep(_writing, socket, forWriting);
    }

    /// <inheritdoc/>
    public override void Remove(Socket socket, int id)
    {
        _ids.Remove(socket);
        _reading.Remove(socket);
        _writing.Remove(socket);
    }

    /// <inheritdoc/>
    public override int Wait(int timeoutMs)
    {
        _readable.Clear();
        _readable.AddRange(_reading);
        _writable.Clear();
        _writable.AddRange(_writing);
        Socket.Select(_readable, _writable, null, timeoutMs * 1000);
        return _readable.Count + _writable.Count;
    }

    /// <inheritdoc/>
    public override int IdOf(int index)
    {
        Socket socket = index < _readable.Count
            ? _readable[index]
            : _writable[index - _readable.Count];
        return _ids.TryGetValue(socket, out int id) ? id : -1;
    }

    /// <inheritdoc/>
    public override bool IsReadable(int index)
    {
        return index < _readable.Count;
    }

    /// <inheritdoc/>
    public override bool IsWritable(int index)
    {
        return index >= _readable.Count;
    }

    /// <inheritdoc/>
    public override bool IsBroken(int index)
    {
        return false;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private static void Keep(HashSet<Socket> set, Socket socket, bool isKept)
    {
        if (isKept)
        {
            set.Add(socket);
        }
        else
        {
            set.Remove(socket);
        }
    }
}
