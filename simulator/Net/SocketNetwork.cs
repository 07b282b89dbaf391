using System.Net;

namespace EdgeBroker.Simulator.Net;

/// <summary>Sockets of this computer, which can begin connections as well: bench does.</summary>
public abstract class SocketNetwork : Network
{
    /// <summary>
    /// Begins a connection, watched for writing, without delay of small packets. It is open when it
    /// can be written, and has failed when it is broken.
    /// </summary>
    /// <param name="remote">Where to.</param>
    /// <param name="local">Where from, port 0; null for any.</param>
    /// <returns>Its number, Failed or NoHandle.</returns>
    public abstract int Connect(IPEndPoint remote, IPEndPoint? local);
}
