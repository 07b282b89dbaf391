using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    // To whom messages go.
    public sealed partial class Outgoing
    {
        /// <summary>The highest that RankOf returns.</summary>
        public const int BestRank = 3;

        /// <summary>
        /// How well a session can take one more message: 3 at once, 2 it is connected, 1 it is not,
        /// 0 not at all.
        /// </summary>
        public int RankOf(int session, int qos)
        {
            int slot = _sessions.SlotOf[session];
            if (qos == 0)
            {
                return slot == None ? 0
                    : _queues.Offers.State[slot] != Offers.Blocked ? BestRank
                    : _parts.Router.HasPlace(slot) ? 2 : 0;
            }

            return GoesOut(session) ? BestRank
                : _backlogs.Count[session] >= _parts.Limits.MaxSessionMessages ? 0
                : slot != None ? 2 : 1;
        }

        /// <summary>
        /// Whether a message goes to a session at QoS 0 and without a Subscription Identifier.
        /// </summary>
        /// <param name="session">The session, or a Shared Subscription behind all of them.</param>
        /// <param name="at">Where it stands among the results of routes.</param>
        /// <param name="qos">The QoS of the PUBLISH.</param>
        public bool IsPlain(int session, int at, int qos)
        {
            return qos == 0 && session < _sessions.Places && _numbers.Found[at] == 0;
        }

        /// <summary>Gives a stored message to one of those that a route leads to.</summary>
        /// <param name="publisher">The slot it comes from, or None.</param>
        /// <param name="at">Where the session stands among the results of routes.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <param name="qos">The QoS of the PUBLISH.</param>
        /// <param name="isRetained">Whether RETAIN was set in the PUBLISH.</param>
        public void Deliver(int publisher, int at, int message, int qos, bool isRetained)
        {
            RouteCache routes = _parts.Router.Routes;
            int session = routes.Subscribers[at];
            int options = routes.Options[at];
            int granted = options & SubscriptionOptions.QosMask;
            if (session >= _sessions.Places)
            {
                int header = (qos << 1) | (isRetained
                    ? Router.RetainedHeader
                    : Router.PlainHeader);
                Groups.Deliver(publisher, session - _sessions.Places + 1, (byte)header, message);
                return;
            }

            int slot = _sessions.SlotOf[session];
            granted = qos < granted ? qos : granted;
            bool isOwn = slot == publisher && slot != None;
            if ((slot == None && granted == 0)
                || (isOwn && (options & SubscriptionOptions.NoLocal) != 0))
            {
                return; // [MQTT-3.8.3-3]
            }

            Deliver(session, slot,
                (byte)(Router.HeaderOf(options, isRetained, isOwn) | granted << 1),
                message, Identifiers.TagOf(_numbers.Found[at]), 0);
        }

        /// <summary>Gives a session a message; at QoS 0 only if it has a connection.</summary>
        /// <param name="session">Whose.</param>
        /// <param name="slot">Its connection, or None.</param>
        /// <param name="header">First byte of the packet.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <param name="tag">See SubscriptionIdentifiers; its reference is given away.</param>
        /// <param name="group">The Shared Subscription it comes by; 0 for none.</param>
        public void Deliver(int session, int slot, byte header, int message, int tag, int group)
        {
            if (tag == SubscriptionIdentifiers.NoRoom)
            {
                _parts.Counters[Counter.LimitMessageMemory]++;
                _parts.Counters[Counter.PublishDropped]++;
            }
            else if ((header & PacketWriter.QosBits) != 0)
            {
                Deliver(session, header, message, tag, group);
            }
            else if (_parts.Router.Queue(slot, header, message))
            {
                _queues.TagLast(slot, tag);
            }
            else
            {
                Identifiers.Release(tag);
            }
        }
    }
}
