using System;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Serve;

/// <summary>What a failed listen means and what to do about it.</summary>
public static class ListenFailure
{
    private const int FirstOpenPort = 1024;

    /// <summary>The sentence.</summary>
    /// <param name="endPoint">Where it was to listen.</param>
    /// <param name="error">What the system said.</param>
    public static string Text(IPEndPoint endPoint, SocketException error)
    {
        string why = error.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "another program uses this port, perhaps another "
                + $"MQTT broker ({WhoListens} shows it). End it, or take another port: --port 0 "
                + "takes a free one",
            SocketError.AccessDenied when endPoint.Port < FirstOpenPort =>
                $"the system keeps ports below {FirstOpenPort} for administrators. Take a port "
                + "from there on, such as --port 1883, or give the program the capability "
                + "CAP_NET_BIND_SERVICE",
            SocketError.AccessDenied => "the system does not allow it. Take another port: "
                + "--port 0 takes a free one",
            SocketError.AddressNotAvailable => "this computer does not have the address. Take "
                + "one of its own, 127.0.0.1 for this computer only, or 0.0.0.0 for all of them",
            _ => $"{error.Message}. Take another address or port",
        };
        return $"cannot listen on {endPoint}: {why}";
    }

    private static string WhoListens => OperatingSystem.IsLinux() ? "ss -ltnp"
        : OperatingSystem.IsWindows() ? "netstat -ano"
        : "lsof -nP -iTCP -sTCP:LISTEN";
}
