using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Brings messages at QoS 1 and 2 to sessions: at once while a client takes more of them, the
    /// others when it has acknowledged some, or has come back.
    /// </summary>
    /// <remarks>
    /// A message that was taken in belongs to the session until the flow is over: it is neither
    /// dropped because its client is slow nor because it is away. What a session may have is
    /// limited, and half of what all may have is kept for those who have little.
    /// </remarks>
    public sealed partial class Outgoing
    {
        private const int None = -1;

        /// <summary>In the first byte of a PUBLISH: QoS 2.</summary>
        private const int Qos2 = 4;

        /// <summary>Messages and packet identifiers on their way.</summary>
        public readonly InFlight Flight;

        /// <summary>What goes out with messages that subscriptions have a number for.</summary>
        public readonly SubscriptionIdentifiers Identifiers;

        /// <summary>Shared Subscriptions; may be null.</summary>
        public SharedGroups Groups;

        private readonly BrokerParts _parts;
        private readonly SessionTable _sessions;
        private readonly OutboundQueues _queues;
        private readonly Responses _responses;
        private readonly Backlogs _backlogs;
        private readonly FairShare _blocks;
        private readonly bool[] _isTagged;
        private readonly bool[] _wasFull;
        private readonly QueuePressure _pressure;
        private readonly SubscriptionNumbers _numbers;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="responses">Brings PUBREL.</param>
        /// <param name="pressure">Told who takes too little.</param>
        public Outgoing(BrokerParts parts, Responses responses, QueuePressure pressure)
        {
            _parts = parts;
            _sessions = parts.Sessions;
            _queues = parts.Queues;
            _responses = responses;
            int places = _sessions.Places;
            Flight = new InFlight(places, parts.Limits.MaxInflight);
            Identifiers = new SubscriptionIdentifiers(parts);
            parts.Queues.Tag = new int[parts.Queues.Next.Length];
            _backlogs = new Backlogs(places, parts.Queues, parts.Store);
            _isTagged = new bool[places];
            _wasFull = new bool[places];
            _pressure = pressure;
            _numbers = parts.Subscriptions.Numbers;
            int entries = parts.Queues.MessageEntries / 2;
            int blocks = parts.Limits.MessageBlocks / 2;
            _blocks = new FairShare(blocks < entries ? blocks : entries, places, places);
        }

        /// <summary>Messages that a session has.</summary>
        public int CountOf(int session)
        {
            return Flight.Count[session] + _backlogs.Count[session];
        }

        /// <summary>
        /// Whether nothing in a connection's queue has a Packet Identifier or a tag.
        /// </summary>
        public bool IsPlain(int slot)
        {
            int session = _sessions.Of(slot);
            return session == None || (Flight.Queued[session] == 0 && !_isTagged[session]);
        }

        /// <summary>One of a session's subscriptions has an identifier.</summary>
        public void NoteIdentifier(int session)
        {
            _isTagged[session] = true;
        }

        /// <summary>Gives a session a message, or drops one by policy.</summary>
        /// <param name="session">Whose.</param>
        /// <param name="header">First byte of the packet, without DUP.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <param name="tag">See SubscriptionIdentifiers; its reference is given away.</param>
        /// <param name="group">The Shared Subscription it comes by; 0 for none.</param>
        public void Deliver(int session, byte header, int message, int tag, int group)
        {
            int blocks = _parts.Store.BlocksOf(message);
            bool goesOut = GoesOut(session);
            while (!MayTake(session, message, blocks) || (!goesOut && IsFull(session, message)))
            {
                if (_parts.Settings.QueueFullPolicy != QueueFullPolicy.DropOldest
                    || _backlogs.Count[session] == 0)
                {
                    Identifiers.Release(tag);
                    Drop(Counter.LimitQueue);
                    NoteFull(session);
                    return;
                }

                DropFirst(session);
                Drop(Counter.LimitQueue);
            }

            if (!goesOut && !_backlogs.Add(session, header, message, tag, group))
            {
                Identifiers.Release(tag);
                Drop(Counter.LimitQueueEntries);
                return;
            }

            _blocks.Take(session, blocks);
            _parts.Store.PinnedBlocks += blocks;
            _parts.Store.References[message]++;
            Groups?.Hold(group);
            if (goesOut)
            {
                Flight.Add(session, header, message, tag, group);
                GoOn(session);
            }
        }

        private bool GoesOut(int session)
        {
            return _sessions.SlotOf[session] != None && _backlogs.Count[session] == 0
                && Flight.Queued[session] == Flight.Count[session]
                && Flight.Count[session] < Flight.Width
                && Flight.Out[session] < Flight.Window[session];
        }

        /// <summary>A client has come: what is on its way goes out once more, in order.</summary>
        /// <param name="session">Its session.</param>
        /// <param name="receiveMaximum">
        /// How many messages it takes at a time; -1 for as many as there may be.
        /// </param>
        public void Attach(int session, long receiveMaximum)
        {
            Flight.Rewind(session, receiveMaximum > 0 ? (int)receiveMaximum : Flight.Width);
            GoOn(session);
        }

        /// <summary>A client has gone, and what waited in its queue as well.</summary>
        public void Detach(int session)
        {
            // A PUBLISH that is partly sent goes out whole: the next one is a repetition.
            int slot = _sessions.SlotOf[session];
            int header = _queues.Sent[slot] > 0 ? _queues.Header[_queues.Head[slot]] : 0;
            if (header >> 4 == PacketType.Publish && (header & PacketWriter.QosBits) != 0)
            {
                Flight.NoteSent(session);
            }

            Flight.Rewind(session, 0);
        }

        /// <summary>A session is over.</summary>
        public void End(int session)
        {
            for (int age = 0; age < Flight.Count[session]; age++)
            {
                int place = Flight.PlaceOf(session, age);
                if (Flight.State[place] == QosFlow.Unsent || (Flight.Header[place] & Qos2) == 0)
                {
                    PassOn(Flight.Group[place], Flight.Header[place], Flight.Message[place]);
                }

                GiveUp(session, place);
            }

            Flight.Begin(session);
            _isTagged[session] = false;
            _wasFull[session] = false;
            while (_backlogs.Count[session] > 0)
            {
                PassOn(_backlogs.FirstGroup(session), _backlogs.FirstHeader(session),
                    _backlogs.FirstMessage(session));
                DropFirst(session);
            }
        }

        // What a member of a Shared Subscription did not get goes to another one; but no message
        // at QoS 2 whose delivery has begun [MQTT-4.8.2-5].
        private void PassOn(int group, byte header, int message)
        {
            if (group != 0)
            {
                Groups.Deliver(None, group, header, message);
            }
        }

        private void DropFirst(int session)
        {
            int message = _backlogs.FirstMessage(session);
            int tag = _backlogs.FirstTag(session);
            int group = _backlogs.FirstGroup(session);
            _backlogs.RemoveFirst(session);
            GiveUp(session, message, tag, group);
        }

        // What stands in a place of Flight is given up once; its Packet Identifier may stay.
        private void GiveUp(int session, int place)
        {
            if (Flight.Message[place] != MessageStore.None)
            {
                GiveUp(session, Flight.Message[place], Flight.Tag[place], Flight.Group[place]);
                Flight.Message[place] = MessageStore.None;
            }
        }

        private void GiveUp(int session, int message, int tag, int group)
        {
            int blocks = _parts.Store.BlocksOf(message);
            _blocks.Return(session, blocks);
            _parts.Store.PinnedBlocks -= blocks;
            _parts.Store.Release(message);
            Identifiers.Release(tag);
            Groups?.Release(group);
        }

        private void Drop(int limit)
        {
            _parts.Counters[limit]++;
            _parts.Counters[Counter.PublishDropped]++;
        }
    }
}
