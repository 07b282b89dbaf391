using System.Net;
using System.Runtime.InteropServices;

namespace EdgeBroker.Simulator.Net;

/// <summary>Begins connections to others on Linux.</summary>
internal static class OutgoingSocket
{
    private const int InProgress = 115;

    /// <summary>Begins a connection, without delay of small packets.</summary>
    /// <param name="remote">Where to.</param>
    /// <param name="local">Where from, port 0; null leaves it to the kernel.</param>
    /// <returns>Its file descriptor, or an error of Network.</returns>
    public static unsafe int Begin(IPEndPoint remote, IPEndPoint? local)
    {
        int handle = Libc.socket(
            Family(remote), Libc.Stream | Libc.NonBlocking | Libc.CloseOnExec, 0);
        if (handle < 0)
        {
            return NetworkErrors.OfErrno(Marshal.GetLastPInvokeError());
        }

        int on = 1;
        _ = Libc.setsockopt(handle, Libc.Tcp, Libc.NoDelay, &on, sizeof(int));
        byte* address = stackalloc byte[Libc.AddressSize];
        if (local != null)
        {
            // The port is chosen with the remote address, so that it may be used for others too.
            _ = Libc.setsockopt(handle, Libc.Ip, Libc.BindAddressNoPort, &on, sizeof(int));
            int size = NativeAddress.Write(local, new(address, Libc.AddressSize));
            if (Libc.bind(handle, address, size) < 0)
            {
                return Fail(handle);
            }

            new System.Span<byte>(address, Libc.AddressSize).Clear();
        }

        int length = NativeAddress.Write(remote, new(address, Libc.AddressSize));
        return Libc.connect(handle, address, length) == 0
            || Marshal.GetLastPInvokeError() == InProgress
            ? handle
            : Fail(handle);
    }

    private static int Family(IPEndPoint address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? Libc.Inet6
            : Libc.Inet;

    private static int Fail(int handle)
    {
        int error = NetworkErrors.OfErrno(Marshal.GetLastPInvokeError());
        _ = Libc.close(handle);
        return error == Network.WouldBlock ? Network.Failed : error;
    }
}
