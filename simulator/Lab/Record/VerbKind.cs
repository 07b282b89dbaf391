namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>What stands in a recording, by its number there.</summary>
public enum VerbKind
{
    /// <summary>Open.</summary>
    Open,

    /// <summary>Receive.</summary>
    Receive,

    /// <summary>Transmit, with a capacity that differs from that of the last one.</summary>
    Transmit,

    /// <summary>Block.</summary>
    Block,

    /// <summary>Tick.</summary>
    Tick,

    /// <summary>Close.</summary>
    Close,

    /// <summary>Shutdown.</summary>
    Shutdown,

    /// <summary>Transmit, with the capacity of the last one.</summary>
    TransmitAgain,

    /// <summary>No verb: the host has changed settings.</summary>
    Settings,

    /// <summary>No verb: the recording ends, with figures to compare.</summary>
    End,
}
