using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Linux: epoll, level-triggered, on bare file descriptors. See
/// docs/decisions/0001-one-loop-and-epoll.md.
/// </summary>
public sealed class EpollNetwork : SocketNetwork
{
    private const int MaxEvents = 512;
    private const int Attach = 1;
    private const int Modify = 3;
    private const uint In = 0x001;
    private const uint Out = 0x004;
    private const uint Error = 0x008;
    private const uint HangUp = 0x010;

    // The kernel packs struct epoll_event on x86-64 and nowhere else.
    private static readonly int _dataOffset =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int _size = _dataOffset + 8;

    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wake;
    private readonly OpenHandles _open = new();
    private readonly byte[] _events = new byte[MaxEvents * 16];
    private readonly Dictionary<int, Socket> _listeners = [];

    /// <summary>Takes an epoll instance from the kernel.</summary>
    public EpollNetwork()
    {
        _epoll = Libc.epoll_create1(Libc.CloseOnExec);
        Throw(_epoll.IsInvalid ? -1 : 0);
        _wake = Libc.eventfd(0, Libc.NonBlocking | Libc.CloseOnExec);
        Throw(_wake.IsInvalid ? -1 : Control(Attach, WakeHandle(), In));
    }

    /// <inheritdoc/>
    public override int Listen(IPEndPoint address, bool takesIPv4, out IPEndPoint taken)
    {
        Socket socket = ListenSocket.Open(address, takesIPv4);
        // Accepted sockets inherit all of it.
        socket.NoDelay = true;
        TcpKeepAlive.TurnOn(socket);
        taken = (IPEndPoint)socket.LocalEndPoint!; // It is bound.
        int handle = (int)socket.SafeHandle.DangerousGetHandle();
        _listeners[handle] = socket;
        Throw(Control(Attach, handle, In));
        return handle;
    }

    /// <inheritdoc/>
    public override unsafe int Accept(int listener)
    {
        int handle = Libc.accept4(listener, null, null, Libc.NonBlocking | Libc.CloseOnExec);
        return handle >= 0
            ? Keep(handle, In)
            : NetworkErrors.OfErrno(Marshal.GetLastPInvokeError());
    }

    /// <inheritdoc/>
    public override int Connect(IPEndPoint remote, IPEndPoint? local)
    {
        int handle = OutgoingSocket.Begin(remote, local);
        return handle >= 0 ? Keep(handle, Out) : handle;
    }

    /// <inheritdoc/>
    public override unsafe int Receive(int handle, byte[] buffer, int count)
    {
        fixed (byte* bytes = buffer)
        {
            nint got = Libc.recv(handle, bytes, Math.Min(count, buffer.Length), 0);
            return got >= 0 ? (int)got : ErrorOf();
        }
    }

    /// <inheritdoc/>
    public override unsafe int Send(int handle, byte[] buffer, int offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, buffer.Length);
        fixed (byte* bytes = buffer)
        {
            nint sent = Libc.send(handle, bytes + offset, count, Libc.NoSignal);
            return sent >= 0 ? (int)sent : ErrorOf();
        }
    }

    /// <inheritdoc/>
    public override void Watch(int handle, bool forReading, bool forWriting)
    {
        Throw(Control(Modify, handle, (forReading ? In : 0) | (forWriting ? Out : 0)));
    }

    /// <inheritdoc/>
    public override void EndSending(int handle)
    {
        _ = Libc.shutdown(handle, Libc.ShutWrite);
    }

    /// <inheritdoc/>
    public override void Close(int handle)
    {
        // Closing ends the watch as well.
        if (_listeners.Remove(handle, out Socket? listener))
        {
            listener.Dispose();
        }
        else
        {
            _open.Note(handle, false);
            _ = Libc.close(handle);
        }
    }

    /// <inheritdoc/>
    public override unsafe EndPoint? RemoteOf(int handle)
    {
        byte* address = stackalloc byte[Libc.AddressSize];
        int size = Libc.AddressSize;
        if (Libc.getpeername(handle, address, &size) < 0)
        {
            return null;
        }

        return NativeAddress.Read(new ReadOnlySpan<byte>(address, size));
    }

    /// <inheritdoc/>
    public override unsafe int Wait(int timeoutMs)
    {
        int count;
        fixed (byte* events = _events)
        {
            count = Libc.epoll_wait(_epoll, events, MaxEvents, timeoutMs);
        }

        if (count < 0
            && NetworkErrors.OfErrno(Marshal.GetLastPInvokeError()) != WouldBlock)
        {
            Throw(count);
        }

        return Math.Max(count, 0);
    }

    /// <inheritdoc/>
    public override unsafe void Wake()
    {
        ulong one = 1;
        _ = Libc.write(_wake, &one, sizeof(ulong));
    }

    /// <inheritdoc/>
    public override unsafe int HandleOf(int index)
    {
        int handle = BitConverter.ToInt32(_events, index * _size + _dataOffset);
        if (handle == WakeHandle())
        {
            ulong count;
            _ = Libc.read(_wake, &count, sizeof(ulong));
            return NoHandle;
        }

        return handle;
    }

    /// <inheritdoc/>
    public override bool IsReadable(int index)
    {
        return (Events(index) & (In | Error | HangUp)) != 0;
    }

    /// <inheritdoc/>
    public override bool IsWritable(int index)
    {
        return (Events(index) & Out) != 0;
    }

    /// <inheritdoc/>
    public override bool IsBroken(int index)
    {
        return (Events(index) & (Error | HangUp)) != 0;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (int handle in _open.All())
        {
            _ = Libc.close(handle);
        }

        foreach (Socket listener in _listeners.Values)
        {
            listener.Dispose();
        }

        _wake.Dispose();
        _epoll.Dispose();
    }

    private static int ErrorOf()
    {
        return NetworkErrors.OnConnection(
            NetworkErrors.OfErrno(Marshal.GetLastPInvokeError()));
    }

    private static void Throw(int result)
    {
        if (result < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private int Keep(int handle, uint events)
    {
        if (Control(Attach, handle, events) == 0)
        {
            _open.Note(handle, true);
            return handle;
        }

        _ = Libc.close(handle);
        return NoHandle;
    }

    private int WakeHandle()
    {
        return (int)_wake.DangerousGetHandle();
    }

    private uint Events(int index)
    {
        return BitConverter.ToUInt32(_events, index * _size);
    }

    private unsafe int Control(int operation, int handle, uint events)
    {
        byte* entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + _dataOffset) = handle;
        return Libc.epoll_ctl(_epoll, operation, handle, entry);
    }
}
