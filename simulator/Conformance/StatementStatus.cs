namespace EdgeBroker.Simulator.Conformance;

/// <summary>What the broker makes of a statement; statements.txt explains the words.</summary>
public enum StatementStatus
{
    /// <summary>It is kept.</summary>
    Done,

    /// <summary>The specification leaves room, and the broker has chosen.</summary>
    Choice,

    /// <summary>It is kept up to a limit.</summary>
    Limit,

    /// <summary>It is not kept, and that is known.</summary>
    Broken,

    /// <summary>The feature is not there; the note says what a client is told.</summary>
    Absent,

    /// <summary>It concerns what this program does not do at all.</summary>
    Other,

    /// <summary>It binds clients alone, and the broker has nothing to check.</summary>
    Client,
}
