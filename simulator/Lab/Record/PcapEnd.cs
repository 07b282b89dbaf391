namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>One end of a TCP connection in a capture that is written.</summary>
internal sealed class PcapEnd
{
    /// <summary>Its IPv4 address.</summary>
    public uint Address { get; init; }

    /// <summary>Its port.</summary>
    public ushort Port { get; init; }

    /// <summary>The number of the next byte that it sends; all before are acknowledged.</summary>
    public uint Sent { get; set; }
}
