using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Keep Alive ends a session after one and a half of it and not before, and never while packets of
/// the client wait at the broker; a stranger is gone after its time.
/// </summary>
public sealed class KeepAliveChecker() : Checker("keepalive")
{
    /// <summary>How late a host and the core's own step may be together.</summary>
    private const long LateMs = 1000;

    /// <inheritdoc/>
    public override void Told(Session session, Told told)
    {
        if (told.What == BrokerEvent.Closed && Facts.Moved(Counter.KeepAliveTimeouts) > 0
            && told.Code == 0x8D)
        {
            long silent = Facts.NowMs - session.HandledMs;
            Require(session.KeepAliveMs > 0 && silent >= session.KeepAliveMs,
                $"{session} was closed after {silent} ms; it had {session.KeepAliveMs}");
            Require(session.Arrived.Count == 0, $"{session} was closed as silent, and "
                + $"{session.Arrived.Count} of its packets wait at the broker");
        }
    }

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        if (verb.Kind != VerbKind.Tick)
        {
            if (verb.Slot >= 0 && Facts.At(verb.Slot) is { } one)
            {
                NoteUnread(one);
            }

            return;
        }

        foreach (Session session in Facts.Open)
        {
            NoteUnread(session);
            if (session.IsConnected && session.KeepAliveMs > 0 && session.Arrived.Count == 0)
            {
                long silent = Facts.NowMs - session.HeardMs;
                Require(silent <= session.KeepAliveMs + LateMs,
                    $"{session} is silent for {silent} ms of {session.KeepAliveMs}");
            }
            else if (session.Version == 0)
            {
                long age = Facts.NowMs - session.OpenedMs;
                Require(age <= Facts.Settings.ConnectTimeoutMs + LateMs,
                    $"{session} has been there for {age} ms without a CONNECT");
            }
        }
    }

    /// <summary>Who is not read cannot be heard.</summary>
    private void NoteUnread(Session session)
    {
        bool isUnread = session.IsConnected && Facts.Broker.ReceiveWindow(session.Slot) == 0;
        if (isUnread || session.WasUnread)
        {
            session.HeardMs = Facts.NowMs;
        }

        session.WasUnread = isUnread;
    }
}
