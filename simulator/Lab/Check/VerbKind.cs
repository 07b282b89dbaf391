namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>The broker's verbs.</summary>
public enum VerbKind
{
    /// <summary>Open.</summary>
    Open,

    /// <summary>Receive.</summary>
    Receive,

    /// <summary>Transmit.</summary>
    Transmit,

    /// <summary>Block.</summary>
    Block,

    /// <summary>Tick.</summary>
    Tick,

    /// <summary>Close.</summary>
    Close,

    /// <summary>Shutdown.</summary>
    Shutdown,
}
