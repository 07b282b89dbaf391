using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

// What is retained, and what a SUBSCRIBE gets of it.
public sealed partial class DeliveryChecker
{
    /// <summary>The Retained Message that a SUBSCRIBE of the client may have asked for.</summary>
    private Message? Replayable(Mailbox mailbox, Packet packet)
    {
        List<Message> history = HistoryOf(packet.Topic);
        for (int i = history.Count - 1; i >= 0; i--)
        {
            Message message = history[i];
            if (message.Is(packet) && mailbox.Wishes.Replays.Exists(
                r => message.RetainedUntil >= r.Verb && TopicRules.Matches(r.Filter, packet.Topic)))
            {
                return message;
            }
        }

        return null;
    }

    private void Replay(Session session, Mailbox mailbox, Packet packet, Message message)
    {
        Dictionary<Message, int> replayed = mailbox.Wishes.Replayed;
        int times = replayed[message] = replayed.GetValueOrDefault(message) + 1;
        int occasions = mailbox.Wishes.Replays.Count(
            r => message.RetainedUntil >= r.Verb && TopicRules.Matches(r.Filter, packet.Topic));
        if (times > occasions && !message.IsVague)
        {
            throw new CheckFailedException("retained",
                $"{session} got {packet} {times} times for {occasions} SUBSCRIBEs");
        }

        Delivered++;
        CheckProperties(session, message, packet);
    }

    private void CheckReplays(Session session, Mailbox mailbox)
    {
        IEnumerable<Message> last = _retained.Values.Where(h => h.Count > 0).Select(h => h[^1]);
        foreach (Message message in last.Where(m => m.RetainedUntil == long.MaxValue
            && !m.IsExpired(Facts.NowMs) && session.DropVerb < 0
            && !session.State.Waiting.HasLost
            && !mailbox.Wishes.Replayed.ContainsKey(m)
            && m.SizeFor(session.Version, Facts.HasSessions) <= session.MaxPacketSize))
        {
            if (mailbox.Wishes.Replays.Any(r => message.RetainedFrom < r.Verb
                && (r.Verb > session.ConnectVerb || !session.WasPresent)
                && r.Verb > mailbox.Wishes.Unsubscribed.GetValueOrDefault(r.Filter, -1)
                && session.Filters.TryGetValue(r.Filter, out Subscription? there)
                && !there.IsUnsure && TopicRules.Matches(r.Filter, message.Packet.Topic)))
            {
                throw new CheckFailedException(
                    "retained", $"{session} lacks the retained {message}");
            }
        }
    }

    // Half of a queue at most, so that new messages have room meanwhile (docs/limits.md). What was
    // routed is known; the rest of a queue must be replays.
    private void CheckShareOfReplays()
    {
        // One more may be added while there is no more than half.
        int half = Facts.Limits.MaxQueuedMessages / 2;
        foreach (Session session in Facts.Open)
        {
            int queued = KeptInside.QueuedAtQos0(Facts.Broker, session);
            if (queued <= half + 1 || session.IsEnded)
            {
                continue;
            }

            Mailbox mailbox = _mailboxes[session];
            int replays = queued - mailbox.Count;
            if (replays > half + 1 && !mailbox.Wishes.Filters.Any(TopicRules.IsSys))
            {
                throw new CheckFailedException("retained", $"{session} has {replays} messages in "
                    + $"its queue that SUBSCRIBE asked for, more than half of "
                    + $"{Facts.Limits.MaxQueuedMessages}");
            }
        }
    }

    private List<Message> HistoryOf(string topic)
    {
        if (!_retained.TryGetValue(topic, out List<Message>? history))
        {
            _retained[topic] = history = [];
        }

        return history;
    }

    private void Forget(string topic)
    {
        List<Message> history = HistoryOf(topic);
        if (history.Count > 0 && history[^1].RetainedUntil == long.MaxValue)
        {
            history[^1].RetainedUntil = Facts.Verbs;
        }

        if (history.Count > MostKept)
        {
            history.RemoveAt(0);
        }
    }

    // A limit may keep a message from being retained: then nothing is retained under its name.
    private void CheckRetained(string topic)
    {
        List<Message> history = HistoryOf(topic);
        bool wanted = history.Count > 0 && history[^1].RetainedUntil == long.MaxValue;
        bool isThere = RetainedNames.Of(Facts.Broker).Contains(topic);
        if (wanted && !isThere && (Facts.Moved(Counter.LimitRetained) > 0
            || history[^1].ExpiryS == 0))
        {
            Forget(topic);
            return;
        }

        if (wanted != isThere)
        {
            throw new CheckFailedException("retained",
                $"{Property.Quote(topic)} is {(isThere ? "" : "not ")}retained");
        }
    }
}
