using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Every subscriber gets every message, once, in the order in which the broker routed them, or
/// there is a reason with a name: the message had expired, it is larger than the client takes, or
/// the client was slow when a limit was met.
/// </summary>
public sealed partial class DeliveryChecker() : Checker("delivery")
{
    private const int NoLocal = 4;
    private const int RetainAsPublished = 8;

    private readonly Dictionary<Session, Mailbox> _mailboxes = [];
    private readonly Dictionary<string, List<Message>> _retained = [];
    private readonly Queue<(Packet Will, long DueMs)> _due = new();
    private readonly HashSet<string> _unsure = [];
    private readonly List<(Session, string, Subscription)> _gone = [];
    private long _routed;

    /// <summary>Messages that subscribers got.</summary>
    public long Delivered { get; private set; }

    /// <summary>Messages that subscribers lacked, by reason.</summary>
    public SortedDictionary<string, long> Missing { get; } = [];

    /// <inheritdoc/>
    public override void Started()
    {
        _mailboxes.Clear();
        _retained.Clear();
        _due.Clear();
        _unsure.Clear();
    }

    /// <inheritdoc/>
    public override void Opened(Session session) => _mailboxes.Add(session, new Mailbox());

    /// <inheritdoc/>
    public override void Closed(Session session) => _mailboxes.Remove(session);

    /// <inheritdoc/>
    public override void Entered(Session session) =>
        _mailboxes[session].Wishes = session.State.Waiting.Wishes;

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet)
    {
        switch (packet.Kind)
        {
            case PacketKind.Publish when !TopicRules.IsSys(packet.Topic) && !session.IsRepeating:
                Route(packet, session, Facts.NowMs, false);
                break;
            case PacketKind.Subscribe:
                Subscribe(session, packet);
                break;
            case PacketKind.Unsubscribe:
                foreach ((string filter, int _) in packet.Filters)
                {
                    if (session.Filters.Remove(filter, out Subscription? there))
                    {
                        _gone.Add((session, filter, there));
                    }

                    _mailboxes[session].Wishes.Unsubscribed[filter] = Facts.Verbs;
                }

                break;
        }
    }

    /// <inheritdoc/>
    public override void Ended(Session session, Told told, bool leavesWill)
    {
        if (leavesWill && session.Connect?.Will is { } will && !TopicRules.IsSys(will.Topic))
        {
            _due.Enqueue((will, Facts.NowMs));
        }
    }

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        if (packet.Kind == PacketKind.Suback)
        {
            TakeCodes(session, packet);
        }
        else if (packet.Kind == PacketKind.Publish && TopicRules.IsSys(packet.Topic))
        {
            Require(session.IsEnded
                || _mailboxes[session].Wishes.Filters.Any(f => TopicRules.Matches(f, packet.Topic)),
                $"{session} got {packet}, and never asked for it");
        }
        else if (packet.Kind == PacketKind.Publish)
        {
            Deliver(session, packet);
        }
    }

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        _verb = verb;
        PublishWills();
        NoteDrops(verb, NoteLost());
        NoteFullness();
        foreach (string topic in _unsure)
        {
            CheckRetained(topic);
        }

        _unsure.Clear();
        _gone.Clear();
        CheckLack(false);
        CheckShareOfReplays();
    }

    /// <inheritdoc/>
    public override void AtRest()
    {
        CheckLack(true);
        foreach ((Session session, Mailbox mailbox) in _mailboxes)
        {
            if (!session.IsEnded && session.IsConnected && !session.IsBlocked)
            {
                TakeTheRest(session, mailbox);
                TakeTheRest(session, session.State.Waiting);

                CheckReplays(session, mailbox);
            }
        }

        CheckLack(true);
    }

    private void Route(Packet packet, Session? from, long publishedMs, bool isWill)
    {
        var message = new Message(packet, _routed++, publishedMs, isWill);
        int size = message.SizeFor(5, true);
        _longest = Math.Max(_longest, size);
        _come++;
        _comeBytes += size;
        foreach (SessionState state in Facts.States)
        {
            Expect(message, state, from != null && state.Connection == from);
        }

        if (packet.Retain)
        {
            Forget(packet.Topic);
            if (packet.Payload.Length > 0)
            {
                message.RetainedFrom = Facts.Verbs;
                message.RetainedUntil = long.MaxValue;
                HistoryOf(packet.Topic).Add(message);
            }

            _unsure.Add(packet.Topic);
        }
    }

    private void Subscribe(Session session, Packet packet)
    {
        bool isUnsure = Facts.Moved(Counter.LimitSubscriptions) > 0
            || Facts.Moved(Counter.LimitSubscriptionsPerClient) > 0
            || Facts.Moved(Counter.LimitTopic) > 0;
        Mailbox mailbox = _mailboxes[session];
        var asked = new List<Subscription?>();
        foreach ((string filter, int options) in packet.Filters)
        {
            if (TopicRules.IsShared(filter))
            {
                asked.Add(null);
                continue;
            }

            bool wasThere = session.Filters.TryGetValue(filter, out Subscription? there);
            there ??= session.Filters[filter] = new Subscription(options);
            there.IsUnsure |= isUnsure && !wasThere;
            there.Options = options;
            there.Asked++;
            there.Verb = Facts.Verbs;
            asked.Add(there);
            mailbox.Wishes.Filters.Add(filter);
            int handling = (options >> 4) & 3;
            if (handling == 0 || (handling == 1 && (!wasThere || there.IsUnsure)))
            {
                mailbox.Wishes.Replays.Add((filter, Facts.Verbs));
            }
        }

        mailbox.Asked.Enqueue((packet, asked));
    }

    private void TakeTheRest(Session session, Mailbox mailbox)
    {
        while (mailbox.Count > 0)
        {
            Miss(session, mailbox, mailbox.Take());
        }
    }

    private void PublishWills()
    {
        if (Facts.IsShuttingDown)
        {
            return;
        }

        int left = CoreInside.Wills(Facts.Broker).DueCount;
        while (_due.Count > left)
        {
            (Packet will, long dueMs) = _due.Dequeue();
            Route(will, null, dueMs, true);
        }

        if (_due.Count != left)
        {
            throw new CheckFailedException("will", $"{left} Wills are due, not {_due.Count}");
        }
    }
}
