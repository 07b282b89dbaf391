using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>What an error of the system means for the host; for every network the same.</summary>
internal static class NetworkErrors
{
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int NoMemory = 12;
    private const int NoFileSystem = 23;
    private const int NoFileProcess = 24;
    private const int NoBuffer = 105;

    /// <summary>Network.WouldBlock, Network.NoHandle or Network.Failed.</summary>
    public static int Of(SocketError error)
    {
        return error switch
        {
            SocketError.WouldBlock or SocketError.Interrupted => Network.WouldBlock,
            SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable
                => Network.NoHandle,
            _ => Network.Failed,
        };
    }

    /// <summary>The same for the error numbers of Linux.</summary>
    public static int OfErrno(int errno)
    {
        return Of(errno switch
        {
            TryAgain => SocketError.WouldBlock,
            Interrupted => SocketError.Interrupted,
            NoFileProcess or NoFileSystem => SocketError.TooManyOpenSockets,
            NoBuffer or NoMemory => SocketError.NoBufferSpaceAvailable,
            _ => SocketError.SocketError,
        });
    }

    /// <summary>Whether a signal came in between: the call is to be made again.</summary>
    public static bool IsInterrupted(int errno) => errno == Interrupted;

    /// <summary>The same for a connection that is open: it has its handle.</summary>
    public static int OnConnection(int error)
    {
        return error == Network.WouldBlock ? Network.WouldBlock : Network.Failed;
    }
}
