using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Finds clients that are gone without a word, whatever Keep Alive they asked for: the kernel asks
/// who was silent. The times are those of the firmware; a kernel's own are more than two hours.
/// </summary>
internal static class TcpKeepAlive
{
    /// <summary>Seconds of silence before the first question.</summary>
    public const int IdleS = 60;

    /// <summary>Seconds between two questions.</summary>
    public const int IntervalS = 10;

    /// <summary>Questions that may go without an answer.</summary>
    public const int Count = 3;

    /// <summary>Turns it on.</summary>
    public static void TurnOn(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        try
        {
            Set(socket, SocketOptionName.TcpKeepAliveTime, IdleS);
            Set(socket, SocketOptionName.TcpKeepAliveInterval, IntervalS);
            Set(socket, SocketOptionName.TcpKeepAliveRetryCount, Count);
        }
        catch (SocketException)
        {
            // A kernel without them keeps its own times.
        }
    }

    private static void Set(Socket socket, SocketOptionName name, int value) =>
        socket.SetSocketOption(SocketOptionLevel.Tcp, name, value);
}
