using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Serve;

/// <summary>What a failed listen means, in one sentence.</summary>
internal static class ListenFailure
{
    /// <summary>The sentence.</summary>
    /// <param name="endPoint">Where it was to listen.</param>
    /// <param name="error">What the system said.</param>
    public static string Text(IPEndPoint endPoint, SocketException error)
    {
        string why = error.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "the port is in use",
            SocketError.AccessDenied => "that is not allowed",
            SocketError.AddressNotAvailable => "this computer does not have the address",
            _ => error.Message,
        };
        return $"cannot listen on {endPoint}: {why}";
    }
}
