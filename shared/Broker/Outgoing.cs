using EdgeBroker.Codec;
using EdgeBroker.Memory;

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

        /// <summary>Messages and packet identifiers on their way.</summary>
        public readonly InFlight Flight;

        private readonly BrokerParts _parts;
        private readonly SessionTable _sessions;
        private readonly OutboundQueues _queues;
        private readonly Responses _responses;
        private readonly Backlogs _backlogs;
        private readonly FairShare _blocks;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="responses">Brings PUBREL.</param>
        public Outgoing(BrokerParts parts, Responses responses)
        {
            _parts = parts;
            _sessions = parts.Sessions;
            _queues = parts.Queues;
            _responses = responses;
            int places = _sessions.Places;
            Flight = new InFlight(places, parts.Limits.MaxInflight);
            _backlogs = new Backlogs(places, parts.Queues, parts.Store);
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
        /// Whether a session may get one more Retained Message: half is for what is published.
        /// </summary>
        public bool MayReplay(int session)
        {
            return _backlogs.Count[session] <= _parts.Limits.MaxSessionMessages / 2
                && _backlogs.Bytes[session] <= _parts.Limits.MaxSessionBytes / 2;
        }

        /// <summary>Whether one of a connection's packets has a Packet Identifier to be.</summary>
        public bool HasQueued(int slot)
        {
            int session = _sessions.Of(slot);
            return session != None && Flight.Queued[session] > 0;
        }

        /// <summary>Gives a message to a subscriber who was granted QoS 1 or 2.</summary>
        /// <param name="publisher">The slot it comes from, or None.</param>
        /// <param name="session">Whose it is.</param>
        /// <param name="options">See SubscriptionOptions.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <param name="qos">The QoS of the PUBLISH, 1 or 2.</param>
        /// <param name="isRetained">Whether RETAIN was set in it.</param>
        /// <returns>None: there is nothing left for its connection's queue.</returns>
        public int Deliver(int publisher, int session, int options, int message, int qos,
            bool isRetained)
        {
            bool isOwn = publisher != None && _sessions.SlotOf[session] == publisher;
            if (!isOwn || (options & SubscriptionOptions.NoLocal) == 0) // [MQTT-3.8.3-3]
            {
                int granted = options & SubscriptionOptions.QosMask;
                int header = Router.HeaderOf(options, isRetained, isOwn)
                    | (qos < granted ? qos : granted) << 1;
                Deliver(session, (byte)header, message);
            }

            return None;
        }

        /// <summary>Gives a session a message, or drops one by policy.</summary>
        /// <param name="session">Whose.</param>
        /// <param name="header">First byte of the packet, without DUP.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        public void Deliver(int session, byte header, int message)
        {
            int blocks = _parts.Store.BlocksOf(message);
            bool goesOut = _sessions.SlotOf[session] != None && _backlogs.Count[session] == 0
                && Flight.Count[session] < Flight.Window[session];
            while (!MayTake(session, message, blocks) || (!goesOut && IsFull(session, message)))
            {
                if (_parts.Settings.QueueFullPolicy != QueueFullPolicy.DropOldest
                    || _backlogs.Count[session] == 0)
                {
                    Drop(Counter.LimitQueue);
                    return;
                }

                int oldest = _backlogs.FirstMessage(session);
                _backlogs.RemoveFirst(session);
                GiveUp(session, oldest);
                Drop(Counter.LimitQueue);
            }

            if (!goesOut && !_backlogs.Add(session, header, message))
            {
                Drop(Counter.LimitQueueEntries);
                return;
            }

            _blocks.Take(session, blocks);
            _parts.Store.PinnedBlocks += blocks;
            _parts.Store.References[message]++;
            if (goesOut)
            {
                Flight.Add(session, header, message);
                GoOn(session);
            }
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
            Flight.Rewind(session, 0);
        }

        /// <summary>A session is over.</summary>
        public void End(int session)
        {
            for (int age = Flight.Count[session] - 1; age >= 0; age--)
            {
                GiveUp(session, Flight.Message[Flight.PlaceOf(session, age)]);
            }

            Flight.Begin(session);
            while (_backlogs.Count[session] > 0)
            {
                int message = _backlogs.FirstMessage(session);
                _backlogs.RemoveFirst(session);
                GiveUp(session, message);
            }
        }

        // What sessions have may stay for long: it leaves room for the largest packet, as what is
        // retained does. A message is counted for each session that has it.
        private bool MayTake(int session, int message, int blocks)
        {
            return _blocks.MayTake(session, blocks)
                && _parts.Store.CanPin(message, MessageStore.None, 0);
        }

        private bool IsFull(int session, int message)
        {
            return _backlogs.Count[session] >= _parts.Limits.MaxSessionMessages
                || _backlogs.Bytes[session] + _parts.Store.Length[message]
                    > _parts.Limits.MaxSessionBytes;
        }

        private void GiveUp(int session, int message)
        {
            if (message != MessageStore.None)
            {
                int blocks = _parts.Store.BlocksOf(message);
                _blocks.Return(session, blocks);
                _parts.Store.PinnedBlocks -= blocks;
                _parts.Store.Release(message);
            }
        }

        private void Drop(int limit)
        {
            _parts.Counters[limit]++;
            _parts.Counters[Counter.PublishDropped]++;
        }
    }
}
