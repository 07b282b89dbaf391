using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeBroker.Simulator.Net;

/// <summary>The calls and constants of Linux that the host uses, by their own names.</summary>
internal static partial class Libc
{
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int NoSignal = 0x4000;
    public const int ShutWrite = 1;
    public const int Stream = 1;
    public const int Tcp = 6;
    public const int NoDelay = 1;
    public const int Ip = 0;
    public const int BindAddressNoPort = 24;
    public const int Inet = 2;
    public const int Inet6 = 10;
    public const int AddressSize = 28;
    public const int HandleLimitLinux = 7;
    public const int HandleLimitOthers = 8;
    public const int GetHandleFlags = 1;

    [LibraryImport("libc", SetLastError = true)]
    public static partial SafeFileHandle epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int epoll_ctl(
        SafeFileHandle epoll, int operation, int handle, byte* entry);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int epoll_wait(
        SafeFileHandle epoll, byte* events, int max, int timeoutMs);

    [LibraryImport("libc", SetLastError = true)]
    public static partial SafeFileHandle eventfd(uint start, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial nint read(SafeFileHandle handle, ulong* count, nint size);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial nint write(SafeFileHandle handle, ulong* count, nint size);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int accept4(int listener, byte* address, int* size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial nint recv(int handle, byte* buffer, nint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial nint send(int handle, byte* buffer, nint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int socket(int family, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int bind(int handle, byte* address, int size);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int connect(int handle, byte* address, int size);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int setsockopt(
        int handle, int level, int option, int* value, int size);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int shutdown(int handle, int how);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int getpeername(int handle, byte* address, int* size);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int handle);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int getrlimit(int resource, nuint* limits);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int sched_getaffinity(int thread, nint size, ulong* mask);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int sched_setaffinity(int thread, nint size, ulong* mask);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(int handle, int command);
}
