using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Config;

/// <summary>Where to listen, and which line of the configuration said so.</summary>
/// <param name="EndPoint">Address and port; port 0 takes a free one.</param>
/// <param name="Keyword">The keyword that named it, or null for the default.</param>
/// <param name="Line">Its line, or null for the default.</param>
public sealed record ListenAddress(IPEndPoint EndPoint, string? Keyword, ConfigLine? Line)
{
    /// <summary>What says that something is no address.</summary>
    public const string AddressRule = "must be an IPv4 or IPv6 address or localhost";

    /// <summary>What says that something is no port.</summary>
    public const string PortRule = "must be a port from 0 to 65535";

    /// <summary>Reads an address; names other than localhost are not looked up.</summary>
    /// <returns>Null when it is none.</returns>
    public static IPAddress? ParseAddress(string text)
    {
        if (text == "localhost")
        {
            return IPAddress.Loopback;
        }

        // IPAddress takes "1" for 0.0.0.1; here all four numbers are wanted.
        return IPAddress.TryParse(text, out IPAddress? address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6
                || text.Split('.').Length == 4)
            ? address
            : null;
    }

    /// <summary>Reads a port.</summary>
    /// <returns>-1 when it is none.</returns>
    public static int ParsePort(string text)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port <= IPEndPoint.MaxPort
            ? port
            : -1;
    }

    /// <summary>Whether both cannot be had at the same time.</summary>
    public bool Overlaps(ListenAddress other)
    {
        IPAddress mine = EndPoint.Address;
        IPAddress theirs = other.EndPoint.Address;
        bool isSameAddress = mine.AddressFamily == theirs.AddressFamily
            && (mine.Equals(theirs) || IsAny(mine) || IsAny(theirs));
        return EndPoint.Port != 0 && EndPoint.Port == other.EndPoint.Port && isSameAddress;
    }

    private static bool IsAny(IPAddress address)
    {
        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
    }
}
