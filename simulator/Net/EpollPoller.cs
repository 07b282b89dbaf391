using System;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Linux: epoll, level-triggered. .NET's own sockets use it too, but hand each event to the
/// thread pool; a broker with one loop is several times faster without that detour.
/// </summary>
public sealed partial class EpollPoller : Poller
{
    private const int MaxEvents = 512;
    private const int Attach = 1;
    private const int Detach = 2;
    private const int Modify = 3;
    private const uint In = 0x001;
    private const uint Out = 0x004;
    private const uint Error = 0x008;
    private const uint HangUp = 0x010;
    private const int Interrupted = 4;

    // The kernel packs struct epoll_event on x86-64 and nowhere else.
    private static readonly int _dataOffset =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int _size = _dataOffset + 8;

    private readonly int _epoll;
    private readonly byte[] _events = new byte[MaxEvents * 16];

    /// <summary>Takes an epoll instance from the kernel.</summary>
    public EpollPoller()
    {
        _epoll = epoll_create1(0x80000);
        if (_epoll < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <inheritdoc/>
    public override void Add(Socket socket, int id)
    {
        Control(Attach, socket, id, In);
    }

    /// <inheritdoc/>
    public override void Change(Socket socket, int id, bool forReading, bool forWriting)
    {
        Control(Modify, socket, id, (forReading ? In : 0) | (forWriting ? Out : 0));
    }

    /// <inheritdoc/>
    public override void Remove(Socket socket, int id)
    {
        Control(Detach, socket, id, 0);
    }

    /// <inheritdoc/>
    public override unsafe int Wait(int timeoutMs)
    {
        int count;
        fixed (byte* events = _events)
        {
            count = epoll_wait(_epoll, events, MaxEvents, timeoutMs);
        }

        if (count < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error == Interrupted ? 0 : throw new Win32Exception(error);
        }

        return count;
    }

    /// <inheritdoc/>
    public override int IdOf(int index)
    {
        return BitConverter.ToInt32(_events, index * _size + _dataOffset);
    }

    /// <inheritdoc/>
    public override bool IsReadable(int index)
    {
        return (BitConverter.ToUInt32(_events, index * _size) & (In | Error | HangUp)) != 0;
    }

    /// <inheritdoc/>
    public override bool IsWritable(int index)
    {
        return (BitConverter.ToUInt32(_events, index * _size) & Out) != 0;
    }

    /// <inheritdoc/>
    public override bool IsBroken(int index)
    {
        return (BitConverter.ToUInt32(_events, index * _size) & (Error | HangUp)) != 0;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        close(_epoll);
    }

    private unsafe void Control(int operation, Socket socket, int id, uint events)
    {
        byte* entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + _dataOffset) = id;
        int handle = (int)socket.SafeHandle.DangerousGetHandle();
        if (epoll_ctl(_epoll, operation, handle, entry) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int epoll_ctl(int epoll, int operation, int handle, byte* entry);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int epoll_wait(int epoll, byte* events, int max, int timeoutMs);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int handle);
}
