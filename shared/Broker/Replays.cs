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

        private readonly BrokerParts _parts;
        private readonly RetainedTable _retained;
        private readonly SysFigures _figures;
        private readonly int[] _subscription;
        private readonly int[] _place;
        private readonly int[] _marked;
        private readonly SlotQueue _turns;
        private readonly int _steps;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="turns">Whose turn comes in some later Tick.</param>
        /// <param name="retained">What is retained.</param>
        /// <param name="figures">What stands under $SYS.</param>
        public Replays(
            BrokerParts parts, SlotQueue turns, RetainedTable retained, SysFigures figures)
        {
            int places = parts.Places();
            int most = parts.Limits.MaxQueuedMessages;
            _parts = parts;
            _steps = most < MaxSteps / 2 ? 2 * most : MaxSteps;
            _turns = turns;
            _retained = retained;
            _figures = figures;
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
            if (_parts.Sessions == null)
            {
                return _marked[slot] > 0;
            }

            int session = _parts.Sessions.Of(slot);
            return session != None && _marked[session] > 0;
        }

        /// <summary>A subscription is to get what is retained.</summary>
        public void Add(int session, int subscription)
        {
            if (!_parts.Subscriptions.IsMarked(subscription))
            {
                _parts.Subscriptions.SetMark(subscription, true);
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
            if (_parts.Subscriptions.IsMarked(subscription))
            {
                _parts.Subscriptions.SetMark(subscription, false);
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
            if (!IsPending(slot))
            {
                return;
            }

            SubscriptionTable subscriptions = _parts.Subscriptions;
            Router router = _parts.Router;
            int session = _parts.SessionOf(slot);
            int steps = _steps;
            while (steps > 0 && _marked[session] > 0 && router.MayReplay(slot, session))
            {
                int subscription = _subscription[session];
                if (subscription == None)
                {
                    subscription = subscriptions.FirstOf(session);
                    _subscription[session] = subscription;
                    _place[session] = 0;
                }

                steps--;
                if (!subscriptions.IsMarked(subscription))
                {
                    _subscription[session] = subscriptions.NextOf(subscription); // Its place is 0.
                    continue;
                }

                int length = subscriptions.ReadFilter(subscription, _parts.Response);
                if (_place[session] >= 0)
                {
                    steps -= SendRetained(slot, session, subscription, length, steps);
                }

                if (_place[session] < 0)
                {
                    steps -= SendFigures(slot, session, subscription, length, steps);
                }

                if (~_place[session] == _figures.Count)
                {
                    Remove(session, subscription);
                    _subscription[session] = subscriptions.NextOf(subscription);
                    _place[session] = 0;
                }
            }

            if (IsPending(slot) && (router.IsCrowded || router.MayReplay(slot, session)))
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
            int place = _place[session];
            _retained.BeginScan(_parts.Response, 0, filterLength);
            while (left > 0 && _parts.Router.MayReplay(slot, session))
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
                    if (!_parts.Store.IsExpired(message, _parts.Clock.NowMs))
                    {
                        Send(slot, session, subscription, message);
                    }
                }
            }

            _place[session] = place;
            return steps - left;
        }

        // [MQTT-3.3.1-8]
        private void Send(int slot, int session, int subscription, int message)
        {
            int granted = _parts.Subscriptions.OptionsOf(subscription)
                & SubscriptionOptions.QosMask;
            int identifier = IdentifierOf(subscription);
            int qos = _parts.Store.QosOf(message);
            qos = qos < granted ? qos : granted;
            if (qos > 0)
            {
                _parts.Outgoing.Deliver(session, (byte)(Router.RetainedHeader | qos << 1),
                    message, identifier, 0);
                return;
            }

            _parts.Queues.Add(slot, Router.RetainedHeader, message);
            _parts.Queues.TagLast(slot, identifier);
            _parts.Router.NoteAdded(slot);
        }

        private int IdentifierOf(int subscription)
        {
            SubscriptionNumbers numbers = _parts.Subscriptions.Numbers;
            return numbers == null ? 0 : numbers.Of[subscription];
        }

        private int SendFigures(
            int slot, int session, int subscription, int filterLength, int steps)
        {
            if (!_figures.IsOn || _parts.Response[0] != '$')
            {
                _place[session] = ~_figures.Count;
                return 0;
            }

            int left = steps;
            int topic = ~_place[session];
            while (left > 0 && topic < _figures.Count
                && _parts.Router.MayReplay(slot, session))
            {
                int message = _figures.Store(topic, _parts.Response, filterLength);
                if (_figures.Wanted > 0 && !_parts.Router.HasRoom(1, _figures.Wanted))
                {
                    break; // The slow make room, and it goes on here.
                }

                left--;
                topic++;
                if (message != MessageStore.None)
                {
                    _parts.Queues.Add(slot, Router.RetainedHeader, message);
                    _parts.Queues.TagLast(slot, IdentifierOf(subscription));
                    _parts.Router.NoteAdded(slot);
                    _parts.Store.Release(message);
                }
            }

            _place[session] = ~topic;
            return steps - left;
        }
    }
}
