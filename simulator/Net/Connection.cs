namespace EdgeBroker.Simulator.Net;

/// <summary>One network connection of the host.</summary>
internal sealed class Connection
{
    /// <summary>Its number in the network.</summary>
    public int Handle;

    /// <summary>Its slot in the broker, or -1 once the broker is done with it.</summary>
    public int Slot;

    /// <summary>Whether reading waits until the broker takes more.</summary>
    public bool IsReadPaused;

    /// <summary>Whether the socket takes no more for now.</summary>
    public bool IsWriteBlocked;

    /// <summary>Whether it stands in the list of those that take no more.</summary>
    public bool IsListed;

    /// <summary>Whether a send has failed, so that it is to be closed.</summary>
    public bool HasFailed;

    /// <summary>Whether the network watches it for writing.</summary>
    public bool IsWatchedForWriting;

    /// <summary>Whether the other end sends nothing more; it may still read.</summary>
    public bool HasEnded;

    /// <summary>Whether the other end was told that nothing more comes.</summary>
    public bool HasSaidAll;

    /// <summary>Whether its socket is closed; another one may have its number by now.</summary>
    public bool IsClosed;

    /// <summary>What the broker wrote and the socket did not take; null almost always.</summary>
    public Unsent? Unsent;
}
