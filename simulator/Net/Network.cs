using System;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Non-blocking TCP and the wait for it, as one loop needs them. Connections are small numbers,
/// so that ten thousand idle ones cost next to nothing. It owns them: what is open is closed with
/// it. It belongs to one loop; only Wake may be called from elsewhere.
/// </summary>
public abstract class Network : IDisposable
{
    /// <summary>Nothing can be done now.</summary>
    public const int WouldBlock = -1;

    /// <summary>The connection has failed.</summary>
    public const int Failed = -2;

    /// <summary>Accept: the process or the system has no handle left.</summary>
    public const int NoHandle = -3;

    /// <summary>Opens a listening socket, watched for reading.</summary>
    /// <param name="address">Where to listen; port 0 takes a free one.</param>
    /// <param name="takesIPv4">Whether `::` listens on IPv4 as well.</param>
    /// <param name="taken">The address with the port that was taken.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public abstract int Listen(IPEndPoint address, bool takesIPv4, out IPEndPoint taken);

    /// <summary>Takes a connection, watched for reading, without delay of small packets.</summary>
    /// <returns>Its number, WouldBlock, Failed or NoHandle.</returns>
    public abstract int Accept(int listener);

    /// <summary>Reads what is there.</summary>
    /// <returns>Bytes read; 0 at the end of the stream; WouldBlock or Failed.</returns>
    public abstract int Receive(int handle, byte[] buffer, int count);

    /// <summary>Writes what the socket takes.</summary>
    /// <returns>Bytes written; WouldBlock or Failed.</returns>
    public abstract int Send(int handle, byte[] buffer, int offset, int count);

    /// <summary>Changes what a socket is watched for.</summary>
    public abstract void Watch(int handle, bool forReading, bool forWriting);

    /// <summary>Says that nothing more will be written.</summary>
    public abstract void EndSending(int handle);

    /// <summary>Closes a socket; its number may come again.</summary>
    public abstract void Close(int handle);

    /// <summary>Who is at the other end, or null when that cannot be told any more.</summary>
    public abstract EndPoint? RemoteOf(int handle);

    /// <summary>Waits for the next sockets that are ready.</summary>
    /// <param name="timeoutMs">Longest wait in milliseconds, 0 or more.</param>
    /// <returns>How many events there are; they are asked for with the members below.</returns>
    public abstract int Wait(int timeoutMs);

    /// <summary>Ends a wait at once, from any thread; if nobody waits, the next one.</summary>
    public abstract void Wake();

    /// <summary>Which socket an event is about, or a negative number for none.</summary>
    public abstract int HandleOf(int index);

    /// <summary>Whether the socket can be read, has ended or has failed.</summary>
    public abstract bool IsReadable(int index);

    /// <summary>Whether the socket can be written.</summary>
    public abstract bool IsWritable(int index);

    /// <summary>Whether the connection is gone both ways; told unwatched as well.</summary>
    public abstract bool IsBroken(int index);

    /// <inheritdoc/>
    public abstract void Dispose();
}
