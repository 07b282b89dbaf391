namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>What a limit may make different from what the protocol alone asks for.</summary>
public enum Deviation
{
    /// <summary>A CONNECT is refused.</summary>
    RefusesConnect,

    /// <summary>The same, after the older session of the client has ended.</summary>
    RefusesConnectLate,

    /// <summary>A connection is ended for the packet that came.</summary>
    EndsForPacket,

    /// <summary>A connection is ended as soon as the Fixed Header is there.</summary>
    EndsForHeader,

    /// <summary>A connection is ended because its time is over, or to make room.</summary>
    EndsMeanwhile,

    /// <summary>A Topic Filter is refused.</summary>
    RefusesFilter,

    /// <summary>A message is delivered but not retained.</summary>
    RefusesRetaining,

    /// <summary>A slow subscriber does not get a message.</summary>
    DropsMessage,

    /// <summary>A client that takes nothing does not get the last packets.</summary>
    CutsOff,
}
