using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>One network connection of the host.</summary>
internal sealed class Connection
{
    public Socket Socket;

    /// <summary>Its slot in the broker, or -1 once the broker is done with it.</summary>
    public int Slot;

    /// <summary>What the poller knows it as.</summary>
    public int Id;

    /// <summary>Whether reading waits until the broker takes more.</summary>
    public bool IsReadPaused;

    /// <summary>Whether the socket takes no more for now.</summary>
    public bool IsWriteBlocked;

    /// <summary>What the broker wrote and the socket did not take; null almost always.</summary>
    public byte[] Unsent;
    public int UnsentOffset;
    public int UnsentCount;

    /// <summary>When to close it for good, once it is closing.</summary>
    public long CloseAtMs;
}
