using System.Collections.Generic;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Deadlines are kept, and only who is late is ended: a connection that the broker has ended is
/// closed in time, the policy "disconnect" ends who takes nothing, and nobody whose packets are
/// whole is ended for one that is not.
/// </summary>
public sealed class DeadlinesChecker() : Checker("deadlines")
{
    /// <summary>How late a host and the core's own step may be together.</summary>
    private const long LateMs = 3000;

    /// <summary>More than a host lets pass between two verbs: the clock was set.</summary>
    private const long JumpMs = 1000;

    /// <summary>What the core says; responses that nobody took have the same counter.</summary>
    private const string NotFinished = "a packet was not finished in time";

    private readonly Dictionary<Session, Since> _since = [];
    private bool _wasShort;
    private long _lastMs;

    /// <inheritdoc/>
    public override void Started()
    {
        _since.Clear();
        _wasShort = false;
        _lastMs = Facts.NowMs;
    }

    /// <inheritdoc/>
    public override void Opened(Session session) => _since.Add(session, new Since());

    /// <inheritdoc/>
    public override void Closed(Session session) => _since.Remove(session);

    /// <inheritdoc/>
    public override void Told(Session session, Told told)
    {
        if (told.What == BrokerEvent.QueueFull)
        {
            _since[session].FullMs ??= Facts.NowMs;
        }
        else if (told.What == BrokerEvent.Closed && told.Why == NotFinished)
        {
            // Who holds memory that others wait for may be ended before.
            Require(session.Arrived.Count == 0 || _wasShort, $"{session} was ended for a packet "
                + $"that is not whole, and {session.Arrived.Count} of its packets are");
        }
    }

    /// <inheritdoc/>
    public override void Ended(Session session, Told told, bool leavesWill) =>
        _since[session].EndedMs = Facts.NowMs;

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        long jump = Facts.NowMs - _lastMs;
        _lastMs = Facts.NowMs;
        if (jump > JumpMs)
        {
            foreach (Since since in _since.Values)
            {
                since.FullMs += jump;
                since.EndedMs += jump;
            }
        }

        if (verb.Kind == VerbKind.Transmit)
        {
            _since[Facts.At(verb.Slot)!].FullMs = null;
        }
        else if (verb.Kind == VerbKind.Tick)
        {
            foreach ((Session session, Since since) in _since)
            {
                Check(session, since);
            }
        }

        _wasShort = CoreInside.Inbound(Facts.Broker).Waiting > 0;
    }

    private void Check(Session session, Since since)
    {
        long endedMs = Facts.NowMs - since.EndedMs ?? 0;
        Require(endedMs <= Facts.Settings.ClosingTimeoutMs + LateMs,
            $"{session} was ended {endedMs} ms ago and is still open");
        long fullMs = Facts.NowMs - since.FullMs ?? 0;
        Require(session.IsEnded || Facts.Settings.QueueFullPolicy != QueueFullPolicy.Disconnect
            || fullMs <= Facts.Settings.QueueFullDeadlineMs + LateMs,
            $"{session} took nothing for {fullMs} ms with a full queue");
    }

    private sealed class Since
    {
        public long? FullMs { get; set; }

        public long? EndedMs { get; set; }
    }
}
