using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace EdgeBroker.Simulator.Net;

/// <summary>Chooses the network for this computer, or the one that a name asks for.</summary>
public static class Networks
{
    /// <summary>The environment variable that names a network.</summary>
    public const string Variable = "EDGEBROKER_NETWORK";

    /// <summary>The name of EpollNetwork.</summary>
    public const string Epoll = "epoll";

    /// <summary>The name of PortableNetwork.</summary>
    public const string Portable = "portable";

    /// <summary>Whether a network can be asked for by this name; null asks for the best.</summary>
    public static bool IsKnown([NotNullWhen(false)] string? name)
    {
        return string.IsNullOrEmpty(name) || name is Epoll or Portable;
    }

    /// <summary>Creates a network.</summary>
    /// <param name="name">One of the names, or null for the best that works here.</param>
    public static SocketNetwork Create(string? name)
    {
        return name switch
        {
            Epoll => new EpollNetwork(),
            Portable => new PortableNetwork(),
            _ when OperatingSystem.IsLinux() => OrPortable(() => new EpollNetwork()),
            _ => new PortableNetwork(),
        };
    }

    /// <summary>Creates a network, or the portable one where the system refuses it.</summary>
    /// <remarks>Sandboxes and emulators of Linux may not have epoll.</remarks>
    public static SocketNetwork OrPortable(Func<SocketNetwork> best)
    {
        try
        {
            return best();
        }
        catch (Exception e) when (e is Win32Exception or DllNotFoundException
            or EntryPointNotFoundException)
        {
            return new PortableNetwork();
        }
    }
}
