using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Windows, macOS and the rest: .NET's sockets and Socket.Select, whose cost grows with the number
/// of sockets; good for hundreds of clients.
/// </summary>
public sealed class PortableNetwork : SocketNetwork
{
    private const int MostLooks = 16;

    private readonly List<Socket> _sockets = [];
    private readonly Stack<int> _free = [];
    private readonly Dictionary<Socket, int> _handles = [];
    private readonly HashSet<Socket> _reading = [];
    private readonly HashSet<Socket> _writing = [];
    private readonly UnreadSockets _unread = new();
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly List<Socket> _broken = [];
    private readonly byte[] _wakeBytes = new byte[1];
    private readonly Socket _wake;

    /// <summary>Opens the socket that ends a wait: it sends to itself.</summary>
    public PortableNetwork()
    {
        _wake = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wake.Connect(_wake.LocalEndPoint!);
        _wake.Blocking = false;
        _reading.Add(_wake);
    }

    /// <inheritdoc/>
    public override int Listen(IPEndPoint address, bool takesIPv4, out IPEndPoint taken)
    {
        Socket socket = ListenSocket.Open(address, takesIPv4);
        taken = (IPEndPoint)socket.LocalEndPoint!; // It is bound.
        return Register(socket);
    }

    /// <inheritdoc/>
    public override int Accept(int listener)
    {
        Socket? accepted = null;
        try
        {
            // Asked first: most turns find nobody, and an exception costs more than a look.
            if (!_sockets[listener].Poll(0, SelectMode.SelectRead))
            {
                return WouldBlock;
            }

            accepted = _sockets[listener].Accept();
            accepted.Blocking = false;
            accepted.NoDelay = true;
            TcpKeepAlive.TurnOn(accepted);
            return Register(accepted);
        }
        catch (SocketException e)
        {
            accepted?.Dispose();
            return NetworkErrors.Of(e.SocketErrorCode);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Waits until it is open: what begins one without waiting throws.</remarks>
    public override int Connect(IPEndPoint remote, IPEndPoint? local)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
            };
            if (local != null)
            {
                socket.Bind(local);
            }

            socket.Connect(remote);
            socket.Blocking = false;
            int handle = Register(socket);
            Watch(handle, false, true);
            return handle;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return NetworkErrors.OnConnection(NetworkErrors.Of(e.SocketErrorCode));
        }
    }

    /// <inheritdoc/>
    public override int Receive(int handle, byte[] buffer, int count)
    {
        int got = _sockets[handle].Receive(
            buffer, 0, Math.Min(count, buffer.Length), SocketFlags.None, out SocketError e);
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
        Socket socket = _sockets[handle];
        Keep(_reading, socket, forReading);
        Keep(_writing, socket, forWriting);
        _unread.Keep(socket, !forReading && socket.Connected);
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
        _sockets[handle] = null!; // Its number is not used until it is given again.
        _handles.Remove(socket);
        _reading.Remove(socket);
        _writing.Remove(socket);
        _unread.Keep(socket, false);
        _free.Push(handle);
        socket.Dispose();
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteOf(int handle)
    {
        try
        {
            return _sockets[handle].RemoteEndPoint is IPEndPoint remote
                ? ListenSocket.Plain(remote)
                : null;
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
        _broken.Clear();
        Socket.Select(_readable, _writable, null, timeoutMs * 1000);
        _unread.FindBroken(_broken, MostLooks);
        return _readable.Count + _writable.Count + _broken.Count;
    }

    /// <inheritdoc/>
    public override void Wake()
    {
        _wake.Send(_wakeBytes, 0, 1, SocketFlags.None, out _);
    }

    /// <inheritdoc/>
    public override int HandleOf(int index)
    {
        int afterReadable = index - _readable.Count;
        int afterWritable = afterReadable - _writable.Count;
        Socket socket = afterReadable < 0 ? _readable[index]
            : afterWritable < 0 ? _writable[afterReadable]
            : _broken[afterWritable];
        if (socket == _wake)
        {
            _wake.Receive(_wakeBytes, 0, 1, SocketFlags.None, out _);
        }

        return _handles.GetValueOrDefault(socket, NoHandle);
    }

    /// <inheritdoc/>
    public override bool IsReadable(int index)
    {
        return index < _readable.Count;
    }

    /// <inheritdoc/>
    public override bool IsWritable(int index)
    {
        return index >= _readable.Count && index < _readable.Count + _writable.Count;
    }

    /// <inheritdoc/>
    public override bool IsBroken(int index)
    {
        return index >= _readable.Count + _writable.Count;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (Socket socket in _handles.Keys)
        {
            socket.Dispose();
        }

        _wake.Dispose();
    }

    private static int ErrorOf(SocketError error)
    {
        return NetworkErrors.OnConnection(NetworkErrors.Of(error));
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
            _sockets.Add(socket);
        }

        _sockets[handle] = socket;
        _handles[socket] = handle;
        _reading.Add(socket);
        return handle;
    }
}
