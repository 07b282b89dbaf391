using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

// What was sent, held against what was to come; and what is retained.
public sealed partial class DeliveryChecker
{
    private const int MostKept = 50;
    private const string Slow = "the client was slow";
    private (Session Session, CheckFailedException Failure)? _lack;

    /// <summary>Longest time in milliseconds from the publisher's packet to the subscriber's.
    /// </summary>
    public long LatestMs { get; private set; }

    private void Deliver(Session session, Packet packet)
    {
        if (session.IsEnded || packet.Dup)
        {
            return; // A message that was partly sent may be finished.
        }

        Mailbox mailbox = packet.Qos == 0 ? _mailboxes[session] : session.State.Waiting;
        int found = mailbox.Find(packet);

        // What was routed is queued before it is replayed, unless it is an older one like it.
        if (packet.Retain && (found < 0 || IsDoubtful(session, mailbox, found))
            && Replayable(mailbox, packet) is { } retained)
        {
            Replay(session, mailbox, packet, retained);
            return;
        }

        if (found < 0)
        {
            throw Unexpected(session, mailbox, packet);
        }

        Expectation one = mailbox[found];
        int left = 0; // Where in its verb a Will is routed cannot be told.
        for (; found > 0; found--)
        {
            Expectation before = mailbox[left];
            if (before.Verb == one.Verb && before.Message.IsWill != one.Message.IsWill)
            {
                left++;
                continue;
            }

            mailbox.TakeAt(left);
            Miss(session, mailbox, before);
        }

        mailbox.TakeAt(left);
        mailbox.NoteTaken(one);
        Delivered++;
        if (!one.Message.IsVague)
        {
            LatestMs = Math.Max(LatestMs, Facts.NowMs - one.Message.PublishedMs);
        }

        CheckProperties(session, one.Message, packet);
    }

    /// <summary>Whether one of a content that others may have would leave some out for nothing.
    /// </summary>
    private bool IsDoubtful(Session session, Mailbox mailbox, int found)
    {
        bool isDoubtful = false;
        for (int i = 0; i < found && mailbox[found].Message.IsVague; i++)
        {
            isDoubtful |= (mailbox == session.State.Waiting
                ? WhyLost(session, mailbox, mailbox[i])
                : WhyMissed(session, mailbox[i])) == null;
        }

        return isDoubtful;
    }

    private void CheckProperties(Session session, Message message, Packet packet)
    {
        Require(!message.IsExpired(session.BegunMs) || message.IsVague,
            $"{session} got {packet}, which had expired [MQTT-3.3.2-5]");
        Require(session.Version != 5 || message.IsVague
            || message.WhyWrongProperties(packet, session.BegunMs) is null,
            $"{session}: {message} {message.WhyWrongProperties(packet, session.BegunMs)}");
        Require(message.SizeFor(session.Version, packet.Qos > 0) <= session.MaxPacketSize,
            $"{session} got a packet larger than it takes: {packet}");
    }

    private void Miss(Session session, Mailbox mailbox, Expectation missed)
    {
        if (mailbox == session.State.Waiting)
        {
            MissKept(session, mailbox, missed);
            return;
        }

        Message message = missed.Message;
        if (WhyMissed(session, missed) == null
            && mailbox.TakenInstead(missed, e => WhyMissed(session, e) != null) is { } instead)
        {
            missed = instead; // Of two with the same content it was the other that is missing.
            message = missed.Message;
        }

        string? reason = WhyMissed(session, missed);
        mailbox.NoteMissed(missed);
        if (reason == Slow && !WasDropped(mailbox, message))
        {
            reason = null;
        }

        if (reason == null)
        {
            // It may have been overtaken only; then whoever checks the order will say so.
            _lack ??= (session, new CheckFailedException(
                message.IsWill ? "will" : session.DropVerb < 0 ? "healthy" : "delivery",
                $"{session} lacks {message} of verb {missed.Verb} and "
                    + (session.DropVerb < 0 ? "was not slow" : "fewer were dropped")));
            return;
        }

        if (!missed.IsOptional)
        {
            Missing[reason] = Missing.GetValueOrDefault(reason) + 1;
        }
    }

    private void CheckLack(bool isAtRest)
    {
        if (_lack is { } lack && (isAtRest || lack.Session.IsEnded
            || CoreInside.Queues(Facts.Broker).Messages[lack.Session.Slot] == 0))
        {
            throw lack.Failure;
        }
    }

    private string? WhyMissed(Session session, Expectation missed)
    {
        Message message = missed.Message;
        return missed.IsOptional ? "not subscribed"
            : WhyNoMore(session, missed) is { } why ? why
            : session.DropVerb >= missed.Verb || (message.IsVague && session.DropVerb >= 0)
                ? Slow
            : null;
    }

    private string? WhyNoMore(Session session, Expectation missed)
    {
        Message message = missed.Message;
        return message.SizeFor(session.Version, missed.Qos > 0) > session.MaxPacketSize
            ? "too large for the client"
            : message.IsExpired(Facts.NowMs) ? "expired" : null;
    }

    private static CheckFailedException Unexpected(
        Session session, Mailbox mailbox, Packet packet)
    {
        string filters = string.Join(' ', session.Filters.Select(f =>
            $"{Property.Quote(f.Key)}/{f.Value.Options:X}{(f.Value.IsUnsure ? "?" : "")}"));
        return mailbox.Missed.Exists(m => m.Is(packet))
            ? new CheckFailedException("order",
                $"{session} got {packet} behind a message that was routed later")
            : new CheckFailedException(packet.Retain ? "retained" : "delivery",
                $"{session} was not to get {packet}; its filters are {filters}");
    }

    private void TakeCodes(Session session, Packet suback)
    {
        Mailbox mailbox = _mailboxes[session];
        if (!mailbox.Asked.TryDequeue(out (Packet Packet, List<Subscription?> There) asked))
        {
            return;
        }

        for (int i = 0; i < Math.Min(suback.Codes.Count, asked.There.Count); i++)
        {
            if (asked.There[i] is not { } there)
            {
                continue;
            }

            string filter = asked.Packet.Filters[i].Filter;
            there.Asked--;
            if (suback.Codes[i] < 0x80)
            {
                there.IsUnsure = false;
            }
            else if (there.IsUnsure && there.Asked == 0
                && session.Filters.GetValueOrDefault(filter) == there)
            {
                session.Filters.Remove(filter);
                mailbox.Wishes.Replays.RemoveAll(r => r.Filter == filter);
            }
        }
    }
}
