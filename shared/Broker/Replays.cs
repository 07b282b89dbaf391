using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Sends Retained Messages, and the figures under $SYS, to those who have just subscribed.
    /// </summary>
    /// <remarks>
    /// A few at a time: a replay goes on when its client has taken what it got. So a large set of
    /// Retained Messages fills no queue, loses nothing, and holds nobody up. A message is looked
    /// up when it is its turn, so what is sent is never older than what is retained then.
    /// </remarks>
    public sealed class Replays
    {
        private const int None = -1;

        /// <summary>Most names looked at in one turn.</summary>
        private const int MaxSteps = 4096;

        private readonly SubscriptionTable _subscriptions;
        private readonly RetainedTable _retained;
        private readonly MessageStore _store;
        private readonly OutboundQueues _queues;
        private readonly Router _router;
        private readonly SysFigures _figures;
        private readonly SessionTable _sessions;
        private readonly Outgoing _outgoing;
        private readonly Clock _clock;
        private readonly byte[] _filter;
        private readonly int[] _subscription;
        private readonly int[] _place;
        private readonly int[] _marked;
        private readonly SlotQueue _turns;
        private readonly int _steps;

        /// <param name="limits">Gives the connections and the limit of a queue.</param>
        /// <param name="turns">Whose turn comes in some later Tick.</param>
        /// <param name="subscriptions">Who subscribed to what; carries the marks.</param>
        /// <param name="retained">What is retained.</param>
        /// <param name="store">The messages.</param>
        /// <param name="queues">Where they go.</param>
        /// <param name="router">Says whether there is room.</param>
        /// <param name="figures">What stands under $SYS.</param>
        /// <param name="sessions">Whose connection is which.</param>
        /// <param name="outgoing">Takes what has QoS 1 and 2; may be null.</param>
        /// <param name="clock">The broker's time.</param>
        /// <param name="scratch">Takes a Topic Filter for the time of a call.</param>
        public Replays(BrokerLimits limits, SlotQueue turns, SubscriptionTable subscriptions,
            RetainedTable retained, MessageStore store, OutboundQueues queues, Router router,
            SysFigures figures, SessionTable sessions, Outgoing outgoing, Clock clock,
            byte[] scratch)
        {
            int places = sessions.Places;
            int steps = 2 * limits.MaxQueuedMessages;
            _steps = limits.MaxQueuedMessages < MaxSteps / 2 ? steps : MaxSteps;
            _turns = turns;
            _subscriptions = subscriptions;
            _retained = retained;
            _store = store;
            _queues = queues;
            _router = router;
            _figures = figures;
            _sessions = sessions;
            _outgoing = outgoing;
            _clock = clock;
            _filter = scratch;
            _subscription = new int[places];
            _place = new int[places];
            _marked = new int[places];
        }

        /// <summary>A session begins without a replay.</summary>
        public void Begin(int session)
        {
            _subscription[session] = None;
            _marked[session] = 0;
        }

        /// <summary>Whether a replay is not at its end.</summary>
        public bool IsPending(int slot)
        {
            int session = _sessions.Of(slot);
            return session != None && _marked[session] > 0;
        }

        /// <summary>A subscription is to get what is retained.</summary>
        public void Add(int session, int subscription)
        {
            if (!_subscriptions.IsMarked(subscription))
            {
                _subscriptions.SetMark(subscription, true);
                _marked[session]++;
            }

            if (_subscription[session] == subscription)
            {
                _place[session] = 0; // Subscribed once more: from the start.
            }
        }

        /// <summary>A subscription has just been removed from the table.</summary>
        public void Remove(int session, int subscription)
        {
            if (_subscriptions.IsMarked(subscription))
            {
                _subscriptions.SetMark(subscription, false);
                _marked[session]--;
            }

            if (_subscription[session] == subscription)
            {
                _subscription[session] = None;
            }
        }

        /// <summary>
        /// Goes on with the replay of a client, if it has one, while its queue has room: a turn.
        /// </summary>
        public void Run(int slot)
        {
            int session = _sessions.Of(slot);
            int steps = session == None ? 0 : _steps;
            while (steps > 0 && _marked[session] > 0 && _router.MayReplay(slot, session))
            {
                int subscription = _subscription[session];
                if (subscription == None)
                {
                    subscription = _subscriptions.FirstOf(session);
                    _subscription[session] = subscription;
                    _place[session] = 0;
                }

                steps--;
                if (!_subscriptions.IsMarked(subscription))
                {
                    _subscription[session] = _subscriptions.NextOf(subscription); // Its place is 0.
                    continue;
                }

                int length = _subscriptions.ReadFilter(subscription, _filter);
                if (_place[session] >= 0)
                {
                    steps -= SendRetained(slot, session, subscription, length, steps);
                }

                if (_place[session] < 0)
                {
                    steps -= SendFigures(slot, session, length, steps);
                }

                if (~_place[session] == _figures.Count)
                {
                    Remove(session, subscription);
                    _subscription[session] = _subscriptions.NextOf(subscription);
                    _place[session] = 0;
                }
            }

            if (IsPending(slot) && (_router.IsCrowded || _router.MayReplay(slot, session)))
            {
                _turns.Add(slot); // Otherwise it goes on when the client has taken something.
            }
        }

        /// <summary>Walks over the retained names; at their end the place becomes ~0.</summary>
        /// <returns>Steps taken.</returns>
        private int SendRetained(
            int slot, int session, int subscription, int filterLength, int steps)
        {
            int left = steps;
            int granted = _subscriptions.OptionsOf(subscription) & SubscriptionOptions.QosMask;
            int place = _place[session];
            _retained.BeginScan(_filter, 0, filterLength);
            while (left > 0 && _router.MayReplay(slot, session))
            {
                int found = _retained.Scan(place, left);
                left -= _retained.StepsUsed + 1;
                if (found < 0)
                {
                    place = ~found;
                }
                else if (found >= _retained.Positions())
                {
                    place = ~0;
                    break;
                }
                else
                {
                    int message = _retained.At(found);
                    place = found + 1;
                    if (!_store.IsExpired(message, _clock.NowMs))
                    {
                        Send(slot, session, granted, message);
                    }
                }
            }

            _place[session] = place;
            return steps - left;
        }

        // [MQTT-3.3.1-8]
        private void Send(int slot, int session, int granted, int message)
        {
            int qos = _store.QosOf(message);
            qos = qos < granted ? qos : granted;
            if (qos > 0)
            {
                _outgoing.Deliver(session, (byte)(Router.RetainedHeader | qos << 1), message);
                return;
            }

            _queues.Add(slot, Router.RetainedHeader, message);
            _router.NoteAdded(slot);
        }

        private int SendFigures(int slot, int session, int filterLength, int steps)
        {
            if (!_figures.IsOn || _filter[0] != '$')
            {
                _place[session] = ~_figures.Count;
                return 0;
            }

            int left = steps;
            int topic = ~_place[session];
            while (left > 0 && topic < _figures.Count
                && _router.MayReplay(slot, session))
            {
                int message = _figures.Store(topic, _filter, filterLength);
                if (_figures.Wanted > 0 && !_router.HasRoom(1, _figures.Wanted))
                {
                    break; // The slow make room, and it goes on here.
                }

                left--;
                topic++;
                if (message != MessageStore.None)
                {
                    _queues.Add(slot, Router.RetainedHeader, message);
                    _router.NoteAdded(slot);
                    _store.Release(message);
                }
            }

            _place[session] = ~topic;
            return steps - left;
        }
    }
}
