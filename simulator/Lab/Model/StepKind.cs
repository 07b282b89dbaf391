namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>What can happen in a history.</summary>
public enum StepKind
{
    /// <summary>A client opens a Network Connection.</summary>
    Open,

    /// <summary>A client sends bytes; they wait in its socket.</summary>
    Send,

    /// <summary>The host reads a part of what a client has sent, in thousandths.</summary>
    Read,

    /// <summary>The host offers to a client, or to the one that is ready.</summary>
    Offer,

    /// <summary>A client's socket can be written again.</summary>
    Write,

    /// <summary>A client takes so many more bytes; a negative number: all of them.</summary>
    Take,

    /// <summary>A client takes nothing any more.</summary>
    Freeze,

    /// <summary>The Network Connection of a client is lost.</summary>
    Lose,

    /// <summary>The host lets the broker do what is due.</summary>
    Tick,

    /// <summary>Milliseconds pass.</summary>
    Pass,

    /// <summary>The host goes on until nothing more happens.</summary>
    Rest,
}
