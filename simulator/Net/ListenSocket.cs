using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>Opens listening sockets and reads addresses the way every network does.</summary>
internal static class ListenSocket
{
    private const int Backlog = 4096;

    /// <summary>Opens a listening socket that does not block.</summary>
    /// <param name="address">Where to listen; port 0 takes a free one.</param>
    /// <param name="takesIPv4">Whether `::` listens on IPv4 as well.</param>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public static Socket Open(IPEndPoint address, bool takesIPv4)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = takesIPv4;
            }

            socket.Bind(address);
            socket.Listen(Backlog);
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The address as people know it: IPv4 that came in over `::` is IPv4.</summary>
    public static IPEndPoint Plain(IPEndPoint remote)
    {
        return remote.Address.IsIPv4MappedToIPv6
            ? new IPEndPoint(remote.Address.MapToIPv4(), remote.Port)
            : remote;
    }
}
