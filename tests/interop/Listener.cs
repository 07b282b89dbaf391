namespace EdgeBroker.Tests.Interop;

/// <summary>A connected client in a process of its own that has subscribed.</summary>
internal abstract class Listener
{
    private readonly Mailbox<Message> _messages;
    private readonly Mailbox<int?> _closings;

    protected Listener(Deadline deadline)
    {
        _messages = new Mailbox<Message>(deadline);
        _closings = new Mailbox<int?>(deadline);
    }

    /// <summary>The codes of the SUBACK, one per filter.</summary>
    public int[] Granted { get; protected set; }

    /// <summary>The Client Identifier that the broker assigned, or null.</summary>
    public string AssignedClientId { get; protected set; }

    protected LineProcess Process { get; init; }

    /// <summary>The next message that arrives.</summary>
    public Message Next()
    {
        return _messages.Take("a message");
    }

    /// <summary>
    /// Waits until the broker has closed the connection; returns the Reason Code of its
    /// DISCONNECT, or null when there was none.
    /// </summary>
    public int? WaitClosed()
    {
        return _closings.Take("the end of the connection");
    }

    /// <summary>Ends the process with SIGKILL, so that no DISCONNECT is sent.</summary>
    public void Kill()
    {
        Process.Kill();
    }

    /// <summary>Stops a client that would connect again by itself; others go on.</summary>
    public virtual void Freeze()
    {
    }

    /// <summary>Lets a frozen client go on, for it to notice what has happened.</summary>
    public virtual void Thaw()
    {
    }

    protected void PutMessage(Message message)
    {
        _messages.Put(message);
    }

    protected void PutClosing(int? reason)
    {
        _closings.Put(reason);
    }

    protected void End()
    {
        _messages.Close();
        _closings.Close();
    }
}
