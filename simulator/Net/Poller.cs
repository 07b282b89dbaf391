using System;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Waits until sockets can be read from or written to. Not thread-safe: it belongs to one loop.
/// </summary>
public abstract class Poller : IDisposable
{
    /// <summary>The best poller of the operating system.</summary>
    public static Poller Create()
    {
        return OperatingSystem.IsLinux() ? new EpollPoller() : new SelectPoller();
    }

    /// <summary>Begins to watch a socket for reading.</summary>
    /// <param name="socket">A socket that does not block.</param>
    /// <param name="id">What Wait reports it as, 0 or more.</param>
    public abstract void Add(Socket socket, int id);

    /// <summary>Changes what a watched socket is watched for.</summary>
    public abstract void Change(Socket socket, int id, bool forReading, bool forWriting);

    /// <summary>Ends watching; before the socket is closed.</summary>
    public abstract void Remove(Socket socket, int id);

    /// <summary>Waits for the next sockets that are ready.</summary>
    /// <param name="timeoutMs">Longest wait in milliseconds, 0 or more.</param>
    /// <returns>How many are ready; they are asked for with the members below.</returns>
    public abstract int Wait(int timeoutMs);

    /// <summary>Which socket the event is about.</summary>
    public abstract int IdOf(int index);

    /// <summary>Whether the socket can be read, has ended or has failed.</summary>
    public abstract bool IsReadable(int index);

    /// <summary>Whether the socket can be written.</summary>
    public abstract bool IsWritable(int index);

    /// <summary>Whether the connection is gone for both directions; told without being asked.</summary>
    public abstract bool IsBroken(int index);

    /// <inheritdoc/>
    public abstract void Dispose();
}
