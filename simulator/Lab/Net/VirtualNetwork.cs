using System;
using System.Collections.Generic;
using System.Net;
using EdgeBroker.Firmware.Pc;
using Network = EdgeBroker.Simulator.Net.Network;
using TcpKeepAlive = EdgeBroker.Simulator.Net.TcpKeepAlive;

namespace EdgeBroker.Simulator.Lab.Net;

/// <summary>
/// The virtual network as the PC's host sees it: the wait for sockets is where virtual time passes.
/// </summary>
internal sealed class VirtualNetwork(VirtualStack stack) : Network
{
    private readonly Dictionary<int, End> _ends = [];
    private readonly List<(int Handle, End End, bool Reads, bool Writes)> _ready = [];
    private Listener? _listener;
    private bool _isListenerWatched;
    private bool _isAwake;
    private int _handles = 1;

    private const int ListenerHandle = 0;

    /// <inheritdoc/>
    public override int Listen(IPEndPoint address, bool takesIPv4, out IPEndPoint taken)
    {
        _listener = stack.Listen(address, int.MaxValue);
        _isListenerWatched = true;
        taken = address;
        return ListenerHandle;
    }

    /// <inheritdoc/>
    public override int Accept(int listener)
    {
        if (_listener!.Pending() == 0)
        {
            return WouldBlock;
        }

        var connection = (VirtualConnection)_listener.Accept();
        connection.NoDelay = true;
        connection.SetKeepAlive(true, TcpKeepAlive.IdleS * 1000, TcpKeepAlive.IntervalS * 1000,
            TcpKeepAlive.Count);
        int handle = _handles++;
        _ends.Add(handle, new End(connection));
        return handle;
    }

    /// <inheritdoc/>
    public override int Receive(int handle, byte[] buffer, int count)
    {
        Connection connection = _ends[handle].Connection;
        if (connection.IsReset)
        {
            return Failed;
        }

        return connection.IsReadable() ? connection.Read(buffer, 0, count) : WouldBlock;
    }

    /// <inheritdoc/>
    public override int Send(int handle, byte[] buffer, int offset, int count)
    {
        Connection connection = _ends[handle].Connection;
        if (connection.IsReset)
        {
            return Failed;
        }

        int sent = connection.Write(buffer, offset, count);
        return sent <= 0 ? WouldBlock : sent;
    }

    /// <inheritdoc/>
    public override void Watch(int handle, bool forReading, bool forWriting)
    {
        if (handle == ListenerHandle)
        {
            _isListenerWatched = forReading;
        }
        else if (_ends.TryGetValue(handle, out End? end))
        {
            end.IsRead = forReading;
            end.IsWritten = forWriting;
        }
    }

    /// <inheritdoc/>
    public override void EndSending(int handle) => _ends[handle].Connection.EndSending();

    /// <inheritdoc/>
    public override void Close(int handle)
    {
        if (handle == ListenerHandle)
        {
            _listener!.Close();
            _listener = null;
        }
        else if (_ends.Remove(handle, out End? end))
        {
            end.Connection.Close(false);
        }
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteOf(int handle) =>
        _ends.TryGetValue(handle, out End? end) && !end.Connection.IsReset
            ? end.Connection.Remote
            : null;

    /// <inheritdoc/>
    public override int Wait(int timeoutMs)
    {
        long end = stack.NowMs + timeoutMs;
        while (!FindReady() && !_isAwake && stack.NowMs < end)
        {
            stack.RunUntil(Math.Min(end, Math.Max(stack.NowMs, stack.NextEventMs)));
        }

        _isAwake = false;
        return _ready.Count;
    }

    /// <inheritdoc/>
    public override void Wake() => _isAwake = true;

    /// <inheritdoc/>
    public override int HandleOf(int index) => _ready[index].Handle;

    /// <inheritdoc/>
    public override bool IsReadable(int index) => _ready[index].Reads;

    /// <inheritdoc/>
    public override bool IsWritable(int index) => _ready[index].Writes;

    /// <inheritdoc/>
    public override bool IsBroken(int index) => _ready[index].End?.Connection.IsReset == true;

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private bool FindReady()
    {
        _ready.Clear();
        if (_isListenerWatched && _listener?.Pending() > 0)
        {
            _ready.Add((ListenerHandle, null!, true, false));
        }

        foreach ((int handle, End end) in _ends)
        {
            Connection connection = end.Connection;
            bool isReset = connection.IsReset;
            bool reads = isReset || (end.IsRead && connection.IsReadable());
            bool writes = isReset || (end.IsWritten && connection.IsWritable());
            if (reads || writes)
            {
                _ready.Add((handle, end, reads, writes));
            }
        }

        return _ready.Count > 0;
    }

    private sealed class End(VirtualConnection connection)
    {
        public VirtualConnection Connection => connection;

        public bool IsRead { get; set; } = true;

        public bool IsWritten { get; set; }
    }
}
