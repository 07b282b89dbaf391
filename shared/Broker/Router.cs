using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Queues a stored message for everybody who is to have it, and says when nothing more can be
    /// routed until queues have been offered.
    /// </summary>
    /// <remarks>
    /// While IsCrowded is false every queue that has not been offered has room for one more
    /// message of the largest size. So a message is never dropped for a subscriber whose socket
    /// was not asked.
    /// </remarks>
    public sealed class Router
    {
        /// <summary>First byte of a PUBLISH at QoS 0.</summary>
        public const byte PlainHeader = 0x30;

        /// <summary>The same with RETAIN.</summary>
        public const byte RetainedHeader = 0x31;

        /// <summary>Whether nothing more may be routed for now.</summary>
        public bool IsCrowded;

        /// <summary>Which Topic Names lead to whom.</summary>
        public readonly RouteCache Routes;

        private readonly BrokerLimits _limits;
        private readonly MessageStore _store;
        private readonly OutboundQueues _queues;
        private readonly QueuePressure _pressure;
        private readonly Patience _patience;
        private readonly byte[] _topic;
        private int _wantedEntries;
        private int _wantedBytes;

        /// <param name="limits">Gives the limits of a queue.</param>
        /// <param name="routes">Which Topic Names lead to whom.</param>
        /// <param name="store">The messages.</param>
        /// <param name="queues">The queues.</param>
        /// <param name="pressure">What slow subscribers lose.</param>
        /// <param name="patience">How long reading waits for those who read.</param>
        /// <param name="scratch">Takes a Topic Name for the time of a call.</param>
        public Router(BrokerLimits limits, RouteCache routes, MessageStore store,
            OutboundQueues queues, QueuePressure pressure, Patience patience, byte[] scratch)
        {
            _limits = limits;
            Routes = routes;
            _store = store;
            _queues = queues;
            _pressure = pressure;
            _patience = patience;
            _topic = scratch;
        }

        /// <summary>
        /// Whether a message can be stored and queued for so many subscribers. If not, nothing is
        /// routed any more until there is room.
        /// </summary>
        /// <param name="subscribers">Entries that it needs.</param>
        /// <param name="packetSize">Bytes of the packet that it comes from; 0 if stored.</param>
        public bool HasRoom(int subscribers, int packetSize)
        {
            if (!IsCrowded && _queues.HasRoom(subscribers)
                && (packetSize == 0 || _store.HasRoom(packetSize)))
            {
                return true;
            }

            IsCrowded = true;
            _wantedEntries = subscribers > _wantedEntries ? subscribers : _wantedEntries;
            _wantedBytes = packetSize > _wantedBytes ? packetSize : _wantedBytes;
            return false;
        }

        /// <summary>
        /// Whether a response of any length can be stored. If not, nothing is routed any more
        /// until there is room.
        /// </summary>
        public bool HasRoomToRespond()
        {
            if (_store.HasRoomToRespond())
            {
                return true;
            }

            IsCrowded = true;
            _wantedBytes = _wantedBytes > 0 ? _wantedBytes : 1;
            return false;
        }

        /// <summary>
        /// All queues may have been offered, and memory may have been freed: goes on if so.
        /// </summary>
        public void Relax()
        {
            if (_queues.Offers.First == Offers.None && !_patience.IsWaiting()
                && _queues.HasRoom(_wantedEntries)
                && (_wantedBytes == 0 || _store.HasRoom(_wantedBytes)))
            {
                IsCrowded = false;
                _wantedEntries = 0;
                _wantedBytes = 0;
            }
        }

        /// <summary>Makes room at the cost of slow subscribers, a step of it.</summary>
        /// <returns>A connection to be closed, or None; see QueuePressure.</returns>
        public int Relieve()
        {
            return _pressure.Relieve(_queues.HasRoom(_wantedEntries)
                ? Counter.LimitMessageMemory
                : Counter.LimitQueueEntries);
        }

        /// <summary>Routes a message that is not that of the packet being handled.</summary>
        /// <returns>False without room: nothing has happened then.</returns>
        public bool RouteStored(int message, bool isRetained)
        {
            int length = _store.TopicLength(message);
            _store.Pool.Read(message, 2, _topic, 0, length);
            int route = Routes.Find(_topic, 0, length, RouteCache.None);
            if (route == RouteCache.None)
            {
                return true; // $SYS has more levels than the limits allow.
            }

            if (!HasRoom(Routes.Count[route], 0))
            {
                return false;
            }

            Deliver(OutboundQueues.None, route, message, isRetained);
            return true;
        }

        /// <summary>
        /// Whether a queue may get one more Retained Message of a replay. Replays take half of a
        /// queue at most, so what is published meanwhile has the other half.
        /// </summary>
        public bool MayReplay(int slot)
        {
            return !IsCrowded && _queues.Offers.State[slot] != Offers.Blocked
                && _queues.Messages[slot] <= _limits.MaxQueuedMessages / 2
                && _queues.Bytes[slot] <= (_limits.MaxQueuedBytes - _limits.MaxPacketSize) / 2
                && HasRoom(1, 0);
        }

        /// <summary>Queues a stored message for all subscribers of a route.</summary>
        /// <param name="publisher">The slot it comes from, or None.</param>
        /// <param name="route">An index into the route cache.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <param name="isRetained">Whether RETAIN was set in the PUBLISH.</param>
        public void Deliver(int publisher, int route, int message, bool isRetained)
        {
            // Everything in locals: on a device a field costs as much as five instructions.
            RouteCache routes = Routes;
            OutboundQueues queues = _queues;
            int[] subscribers = routes.Subscribers;
            byte[] options = routes.Options;
            int[] queued = queues.Messages;
            int[] queuedBytes = queues.Bytes;
            int[] next = queues.Next;
            int[] head = queues.Head;
            byte[] offer = queues.Offers.State;
            int length = _store.Length[message];
            int maxMessages = _limits.MaxQueuedMessages - 1;
            int maxBytes = _limits.MaxQueuedBytes - _limits.MaxPacketSize - length;
            int references = 0;
            int at = routes.First[route];
            for (int end = at + routes.Count[route]; at < end; at++)
            {
                int slot = subscribers[at];
                int option = options[at];
                if (slot == publisher && (option & SubscriptionOptions.NoLocal) != 0)
                {
                    continue; // [MQTT-3.8.3-3]
                }

                if ((queued[slot] >= maxMessages || queuedBytes[slot] > maxBytes)
                    && !Admit(slot, length))
                {
                    continue;
                }

                int entry = queues.Take();
                next[entry] = OutboundQueues.None;
                queues.Value[entry] = message;
                queues.Header[entry] = isRetained
                    && (option & SubscriptionOptions.RetainAsPublished) != 0
                    ? RetainedHeader
                    : PlainHeader; // [MQTT-3.3.1-13]
                if (head[slot] == OutboundQueues.None)
                {
                    head[slot] = entry;
                }
                else
                {
                    next[queues.Tail[slot]] = entry;
                }

                queues.Tail[slot] = entry;
                references++;
                queued[slot]++;
                queuedBytes[slot] += length;
                if (offer[slot] == Offers.Idle)
                {
                    queues.Offers.MarkReady(slot);
                }
            }

            _store.References[message] += references;
        }

        /// <summary>
        /// A connection is to be offered once more. If its queue is nearly full, it goes first.
        /// </summary>
        public void OfferAgain(int slot)
        {
            _patience.NoteTaken(slot);
            _queues.Offers.MarkReady(slot);
            if (_queues.Messages[slot] >= _limits.MaxQueuedMessages
                || _queues.Bytes[slot] > _limits.MaxQueuedBytes - _limits.MaxPacketSize)
            {
                IsCrowded = true;
            }
        }

        /// <summary>
        /// A queue is full or will be: who was not asked yet is offered first, who reads is waited
        /// for, and the slow lose.
        /// </summary>
        private bool Admit(int slot, int length)
        {
            if (_queues.Offers.State[slot] != Offers.Blocked)
            {
                IsCrowded = true;
                return true;
            }

            bool isAdmitted = _pressure.MakeRoom(slot, length);
            IsCrowded |= isAdmitted && _pressure.FullSinceMs[slot] == 0 && _patience.Begin(slot);
            return isAdmitted;
        }
    }
}
