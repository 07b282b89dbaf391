using System;
using System.Collections.Generic;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

// What sessions have at QoS 1 and 2: nothing of it is lost but for a reason that is counted.
public sealed partial class DeliveryChecker
{
    private const string Full = "its session was full";
    private const string SessionOver = "its session was over";

    private readonly Dictionary<SessionState, (long Changes, int Count, int Flights)> _seen = [];
    private readonly Dictionary<SessionState, Fullness> _fullness = [];
    private Verb _verb;
    private int _longest;
    private int _come;
    private int _comeBytes;

    /// <inheritdoc/>
    public override void Over(SessionState state)
    {
        int left = 0;
        foreach (Expectation one in state.Waiting.Outstanding)
        {
            left += one.IsOptional ? 0 : 1;
        }

        if (left > 0)
        {
            Missing[SessionOver] = Missing.GetValueOrDefault(SessionOver) + left;
        }

        _seen.Remove(state);
        _fullness.Remove(state);
    }

    /// <summary>Sees what sessions have lost in this verb.</summary>
    /// <returns>How many messages were dropped because a session was full.</returns>
    private long NoteLost()
    {
        if (CoreInside.Outgoing(Facts.Broker) is not { } outgoing)
        {
            return 0;
        }

        OutboundQueues queues = CoreInside.Queues(Facts.Broker);
        long lost = 0;
        foreach (SessionState state in Facts.States)
        {
            var seen = (state.Waiting.Changes, outgoing.CountOf(state.Number),
                state.Flights.Count);
            if (!_seen.TryGetValue(state, out var before) || before != seen)
            {
                _seen[state] = seen;
                lost += NoteLost(state, KeptInside.Unsent(outgoing, queues, state.Number));
            }
        }

        long counted = Facts.Moved(Counter.PublishDropped) + Facts.Moved(Counter.MessagesExpired);
        Require(lost <= counted, $"{lost} messages at QoS 1 and 2 are gone, counted are {counted}");
        return Math.Max(0, lost - Facts.Moved(Counter.MessagesExpired)
            - Facts.Moved(Counter.LimitClientPacketSize));
    }

    private int NoteLost(SessionState state, int unsent)
    {
        Mailbox waiting = state.Waiting;
        int sure = 0;
        int optional = 0;
        foreach (Expectation one in waiting.Outstanding)
        {
            if (IsKnown(one))
            {
                sure += one.IsOptional ? 0 : 1;
                optional += one.IsOptional ? 1 : 0;
            }
            else if (one.IsRetained != one.MayBeRetained)
            {
                optional++;
            }
        }

        int lost = sure - unsent - waiting.Lacking;
        int most = sure + optional - unsent;
        Require(most >= 0, $"{state} has {unsent} messages to be sent, to come are "
            + $"{sure + optional}");
        if (lost <= 0)
        {
            waiting.Lacking = Math.Min(waiting.Lacking, most);
            return 0;
        }

        waiting.Lacking += lost;
        long gone = Facts.Moved(Counter.MessagesExpired)
            + Facts.Moved(Counter.LimitClientPacketSize);
        Require(lost <= gone || MayBeFull(state),
            $"{state} lost {lost} messages, and it was not full");
        return lost;
    }

    // A session may have taken some in, refused one, and ended others, all in one verb.
    private bool MayBeFull(SessionState state)
    {
        bool isOwn = _verb.Kind == VerbKind.Tick || state.Connection?.Slot == _verb.Slot;
        return new Fullness(Facts.Broker, Facts.Limits, state.Number).MayLack(1, _longest)
            || (_fullness.TryGetValue(state, out Fullness before)
                && (before.MayLack(1, _longest) || (isOwn && before.MayLack(_come, _comeBytes))
                    || before.MayBeShort(_come, _comeBytes, Facts.States.Count)));
    }

    private void NoteFullness()
    {
        _longest = 0;
        _come = 0;
        _comeBytes = 0;
        _fullness.Clear();
        foreach (SessionState state in Facts.States)
        {
            if (Facts.HasSessions)
            {
                _fullness[state] = new Fullness(Facts.Broker, Facts.Limits, state.Number);
            }
        }
    }

    /// <summary>What is retained and was to be sent again may have had no room in a session.
    /// </summary>
    private bool NoteLostReplays()
    {
        bool any = false;
        _longest = Facts.Limits.MaxPacketSize; // Whatever is retained.
        foreach (SessionState state in Facts.States)
        {
            if (Facts.HasSessions && (MayBeFull(state) || state.Waiting.HasLost))
            {
                state.Waiting.HasLost = true;
                any = true;
            }
        }

        return any;
    }

    // One with RETAIN may be a replay, so nobody knows how many of them there are.
    private static bool IsKnown(Expectation one) => !one.IsRetained && !one.MayBeRetained;

    private string? WhyLost(Session session, Mailbox mailbox, Expectation missed) =>
        missed.IsOptional ? "not subscribed"
            : WhyNoMore(session, missed) is { } why ? why
            : (IsKnown(missed) ? mailbox.Lacking > 0 : mailbox.HasLost) ? Full
            : null;

    private void MissKept(Session session, Mailbox mailbox, Expectation missed)
    {
        string? reason = WhyLost(session, mailbox, missed);
        mailbox.NoteMissed(missed);
        if (reason == null)
        {
            throw new CheckFailedException(mailbox.Count > 0 ? "order" : Name,
                $"{session} lacks {missed.Message} of verb {missed.Verb}, and nothing of its "
                + "session was dropped");
        }

        // Of what expired or is too large nobody knows yet if it was counted; see NoteLost.
        if (IsKnown(missed) && reason == Full)
        {
            mailbox.Lacking--;
        }

        if (!missed.IsOptional)
        {
            Missing[reason] = Missing.GetValueOrDefault(reason) + 1;
        }
    }
}
