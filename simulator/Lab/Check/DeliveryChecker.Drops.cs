using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

// Whose messages the broker has dropped, and how many: no more may be missing.
public sealed partial class DeliveryChecker
{
    private void NoteDrops(Verb verb, long ofSessions)
    {
        long dropped = Facts.Moved(Counter.PublishDropped)
            - Facts.Moved(Counter.LimitClientPacketSize) - ofSessions;
        if (dropped > 0)
        {
            bool mayBeReplays = NoteLostReplays();
            Session[] slow = [.. Facts.Sessions.Where(s => s.IsBlocked)];
            if (slow.Length == 0 && !mayBeReplays)
            {
                throw new CheckFailedException("healthy",
                    $"{dropped} messages were dropped though nobody was slow");
            }

            foreach (Session session in slow)
            {
                NoteDrops(session, dropped, verb);
            }
        }

        foreach (Session session in Facts.Open)
        {
            Mailbox mailbox = _mailboxes[session];
            mailbox.Queued = KeptInside.QueuedAtQos0(Facts.Broker, session);
            mailbox.Come = 0;
            mailbox.IsVague = false;
        }
    }

    private void NoteDrops(Session session, long dropped, Verb verb)
    {
        // A blocked queue grows by what was routed and shrinks by what is dropped, unless nobody
        // knows what was routed.
        Mailbox mailbox = _mailboxes[session];
        bool isKnown = !mailbox.IsVague && !session.IsEnded && verb.Slot != session.Slot
            && !mailbox.Wishes.Filters.Any(TopicRules.IsSys);
        long own = mailbox.Queued + mailbox.Come
            - KeptInside.QueuedAtQos0(Facts.Broker, session);
        if (!isKnown || own > 0)
        {
            session.DropVerb = Facts.Verbs;
            mailbox.Dropped += isKnown ? own : dropped;
        }
    }

    /// <summary>Takes one from those that were dropped.</summary>
    private static bool WasDropped(Mailbox mailbox, Message message)
    {
        // Of what is retained it cannot be told if it came, or was sent once more.
        return message.Packet.Retain || mailbox.Dropped-- > 0;
    }
}
