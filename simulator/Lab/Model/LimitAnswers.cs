namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Where a limit may step in, the reference broker asks. The answer is no, unless somebody who
/// knows of limits says otherwise.
/// </summary>
public abstract class LimitAnswers
{
    /// <summary>Wills that are due and wait, for the broker is crowded.</summary>
    public virtual int WaitingWills => 0;

    /// <summary>Whether a limit refuses a CONNECT.</summary>
    /// <param name="from">The connection.</param>
    /// <param name="connect">The packet.</param>
    /// <param name="isLate">Whether a session of the same client has been ended for it.</param>
    /// <returns>The Reason Code, or 0.</returns>
    public virtual int RefuseConnect(ReferenceConnection from, Packet connect, bool isLate) => 0;

    /// <summary>Whether a limit ends the connection that sends a packet.</summary>
    /// <returns>The Reason Code, or 0.</returns>
    public virtual int End(ReferenceConnection from, Packet packet) => 0;

    /// <summary>Whether a limit refuses a Topic Filter.</summary>
    /// <returns>The Reason Code, or 0.</returns>
    public virtual int RefuseFilter(ReferenceConnection from, string filter) => 0;

    /// <summary>Whether a limit keeps a message from being retained.</summary>
    /// <param name="from">Its publisher, or null for a Will.</param>
    /// <param name="message">The message.</param>
    public virtual bool RefuseRetaining(ReferenceConnection? from, Packet message) => false;

    /// <summary>Which of the Reason Codes that the specification allows is told.</summary>
    public virtual int Choose(ReferenceConnection from, params int[] codes) => codes[0];
}
