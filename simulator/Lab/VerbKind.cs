namespace EdgeBroker.Simulator.Lab;

/// <summary>The broker's verbs, by their numbers in recordings. The last three are marks that only
/// recordings have.</summary>
public enum VerbKind
{
    /// <summary>Open.</summary>
    Open,

    /// <summary>Receive.</summary>
    Receive,

    /// <summary>Transmit; in a recording with a capacity that differs from that of the last one.
    /// </summary>
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
