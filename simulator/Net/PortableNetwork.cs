using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Windows, macOS and the rest: .NET's sockets and Socket.Select, whose cost grows with the number
/// of sockets; good for hundreds of clients.
/// </summary>
public sealed class PortableNetwork : Network
{
    private readonly List<Socket> _sockets = [];
    private readonly Stack<int> _free = [];
    private readonly Dictionary<Socket, int> _handles = [];
    private readonly HashSet<Socket> _reading = [];
    private readonly HashSet<Socket> _writing = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];

    /// <inheritdoc/>
    public override int Listen(IPEndPoint address, out IPEndPoint taken)
    {
        Socket socket = OpenListener(address);
        taken = (IPEndPoint)socket.LocalEndPoint;
        return Register(socket);
    }

    /// <inheritdoc/>
    public override int Accept(int listener)
    {
        Socket socket = _sockets[listener];
        if (!socket.Poll(0, SelectMode.SelectRead))
        {
            return WouldBlock;
        }

        Socket accepted = null;
        try
        {
            accepted = socket.Accept();
            accepted.Blocking = false;
            accepted.NoDelay = true;
            accepted.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            return Register(accepted);
        }
        catch (SocketException e)
        {
            accepted?.Dispose();
            return e.SocketErrorCode is SocketError.TooManyOpenSockets
                or SocketError.NoBufferSpaceAvailable ? NoHandle : Failed;
        }
    }

    /// <inheritdoc/>
    public override int Receive(int handle, byte[] buffer, int count)
    {
        int got = _sockets[handle].Receive(buffer, 0, count, SocketFlags.None, out SocketError e);
        return e == SocketError.Success ? got : ErrorOf(e);
    }

    /// <inheritdoc/>
    public override int Send(int handle, byte[] buffer, int offset, int count)
    {
        int sent = _sockets[handle].Send(
            buffer, offset, count, SocketFlags.None, out SocketError e);
        return e == SocketError.Success ? sent : ErrorOf(e);
    }

    /// <inheritdoc/>
    public override void Watch(int handle, bool forReading, bool forWriting)
    {
        Keep(_reading, _sockets[handle], forReading);
        Keep(_writing, _sockets[handle], forWriting);
    }

    /// <inheritdoc/>
    public override void EndSending(int handle)
    {
        try
        {
            _sockets[handle].Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other end has gone already.
        }
    }

    /// <inheritdoc/>
    public override void Close(int handle)
    {
        Socket socket = _sockets[handle];
        _sockets[handle] = null;
        _handles.Remove(socket);
        _reading.Remove(socket);
        _writing.Remove(socket);
        _free.Push(handle);
        socket.Dispose();
    }

    /// <inheritdoc/>
    public override EndPoint RemoteOf(int handle)
    {
        try
        {
            return _sockets[handle].RemoteEndPoint;
        }
        catch (SocketException)
        {
            return null;
        }
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
    public override int HandleOf(int index)
    {
        Socket socket = index < _readable.Count
            ? _readable[index]
            : _writable[index - _readable.Count];
        return _handles.GetValueOrDefault(socket, -1);
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

    /// <summary>Opens a listening socket that does not block.</summary>
    internal static Socket OpenListener(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            socket.Listen(4096);
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static int ErrorOf(SocketError error)
    {
        return error is SocketError.WouldBlock or SocketError.Interrupted ? WouldBlock : Failed;
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

    private int Register(Socket socket)
    {
        if (!_free.TryPop(out int handle))
        {
            handle = _sockets.Count;
            _sockets.Add(null);
        }

        _sockets[handle] = socket;
        _handles[socket] = handle;
        _reading.Add(socket);
        return handle;
    }
}
