using System.Runtime.CompilerServices;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Something that must hold in every run. A checker is told what happens, in the order in which it
/// happens, and fails the run when it is wrong.
/// </summary>
public abstract class Checker(string name)
{
    /// <summary>What it is called in messages.</summary>
    public string Name => name;

    /// <summary>What is known of the broker; there before Started.</summary>
    public Facts Facts { get; internal set; } = null!;

    /// <summary>A broker has started; again after each reboot.</summary>
    public virtual void Started()
    {
    }

    /// <summary>A network connection has come.</summary>
    public virtual void Opened(Session session)
    {
    }

    /// <summary>The broker has handled a packet.</summary>
    public virtual void Handled(Session session, Packet packet)
    {
    }

    /// <summary>The broker has told its observer of something, before its consequences.</summary>
    public virtual void Told(Session session, Told told)
    {
    }

    /// <summary>A session is over; its filters are still there.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="told">How it ended.</param>
    /// <param name="leavesWill">Whether its Will is to be published, if it has one.</param>
    public virtual void Ended(Session session, Told told, bool leavesWill)
    {
    }

    /// <summary>A connection has got its session, its own old one or a new one.</summary>
    public virtual void Entered(Session session)
    {
    }

    /// <summary>The broker does not keep a session as long as was asked for: it never did, or it
    /// ends it now.</summary>
    public virtual void Refused(SessionState state)
    {
    }

    /// <summary>What may outlive a connection is gone.</summary>
    public virtual void Over(SessionState state)
    {
    }

    /// <summary>The broker has given the host a packet for a client.</summary>
    public virtual void Sent(Session session, Packet packet)
    {
    }

    /// <summary>A verb has ended, and all of the above was told of it.</summary>
    public virtual void AfterVerb(Verb verb)
    {
    }

    /// <summary>A network connection is gone.</summary>
    public virtual void Closed(Session session)
    {
    }

    /// <summary>Everything has come to rest; connections are still open.</summary>
    public virtual void AtRest()
    {
    }

    /// <summary>All connections are closed.</summary>
    public virtual void AtEnd()
    {
    }

    /// <summary>Ends the run.</summary>
    protected void Require(bool holds,
        [InterpolatedStringHandlerArgument(nameof(holds))] ref FailureText what)
    {
        if (!holds)
        {
            throw new CheckFailedException(name, what.Take());
        }
    }

    /// <summary>Ends the run.</summary>
    protected void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new CheckFailedException(name, what);
        }
    }
}
