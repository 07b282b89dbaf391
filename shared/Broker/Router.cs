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
    public sealed partial class Router
    {
        /// <summary>First byte of a PUBLISH at QoS 0.</summary>
        public const byte PlainHeader = 0x30;

        /// <summary>The same with RETAIN.</summary>
        public const byte RetainedHeader = 0x31;

        /// <summary>Whether nothing more may be routed for now.</summary>
        public bool IsCrowded;

        /// <summary>Which Topic Names lead to whom.</summary>
        public readonly RouteCache Routes;
        private readonly MessageStore _store;
        private readonly OutboundQueues _queues;
        private readonly QueuePressure _pressure;
        private readonly Patience _patience;
        private readonly BrokerParts _parts;
        private readonly int _maxMessages;
        private readonly int _maxBytes;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="routes">Which Topic Names lead to whom.</param>
        /// <param name="pressure">What slow subscribers lose.</param>
        /// <param name="patience">How long reading waits for those who read.</param>
        public Router(BrokerParts parts, RouteCache routes, QueuePressure pressure,
            Patience patience)
        {
            Routes = routes;
            _parts = parts;
            _store = parts.Store;
            _queues = parts.Queues;
            _pressure = pressure;
            _patience = patience;
            _maxMessages = parts.Limits.MaxQueuedMessages - 1;
            _maxBytes = parts.Limits.MaxQueuedBytes - parts.Limits.MaxPacketSize;
        }

        /// <summary>Routes a message that is not that of the packet being handled.</summary>
        /// <returns>False without room: nothing has happened then.</returns>
        public bool RouteStored(int message, bool isRetained)
        {
            int length = _store.TopicLength(message);
            _store.Pool.Read(message, 2, _parts.Scratch, 0, length);
            int route = Routes.Find(_parts.Scratch, 0, length, RouteCache.None);
            if (route == RouteCache.None)
            {
                return true; // $SYS has more levels than the limits allow.
            }

            if (!HasRoom(Routes.Count[route], 0))
            {
                return false;
            }

            Deliver(OutboundQueues.None, route, message, _store.QosOf(message), isRetained);
            return true;
        }

        /// <summary>Queues a stored message for all subscribers of a route.</summary>
        /// <param name="publisher">The slot it comes from, or None.</param>
        /// <param name="route">An index into the route cache.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <param name="qos">The QoS of the PUBLISH.</param>
        /// <param name="isRetained">Whether RETAIN was set in the PUBLISH.</param>
        public void Deliver(int publisher, int route, int message, int qos, bool isRetained)
        {
            // Everything in locals: on a device a field costs as much as five instructions.
            RouteCache routes = Routes;
            OutboundQueues queues = _queues;
            int[] subscribers = routes.Subscribers;
            byte[] options = routes.Options;
            int[] slotOf = _parts.Sessions?.SlotOf;
            int[] queued = queues.Messages, queuedBytes = queues.Bytes, head = queues.Head;
            int[] next = queues.Next;
            byte[] offer = queues.Offers.State;
            int length = _store.Length[message], references = 0;
            int maxMessages = _maxMessages, maxBytes = _maxBytes - length;
            int at = routes.First[route];
            for (int end = at + routes.Count[route]; at < end; at++)
            {
                int slot = subscribers[at];
                if (slotOf != null)
                {
                    if (!_parts.Outgoing.IsPlain(slot, at, qos))
                    {
                        _parts.Outgoing.Deliver(publisher, at, message, qos, isRetained);
                        continue;
                    }

                    slot = slotOf[slot];
                    if (slot == OutboundQueues.None)
                    {
                        continue;
                    }
                }

                if (slot == publisher && (options[at] & SubscriptionOptions.NoLocal) != 0)
                {
                    continue; // [MQTT-3.8.3-3]
                }

                if ((queued[slot] >= maxMessages || queuedBytes[slot] > maxBytes)
                    && !Admit(slot, length))
                {
                    continue;
                }

                int entry = queues.Freed;
                if (entry != OutboundQueues.None)
                {
                    queues.Freed = next[entry];
                    queues.Count++;
                }
                else
                {
                    entry = queues.Take();
                }

                next[entry] = OutboundQueues.None;
                queues.Value[entry] = message;
                queues.Header[entry] = isRetained
                    ? HeaderOf(options[at], true, slot == publisher)
                    : PlainHeader;
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
                    queues.Offers.Append(slot);
                }
            }

            _store.References[message] += references;
        }

        /// <summary>First byte of a PUBLISH at QoS 0 for a subscriber [MQTT-3.3.1-13].</summary>
        public static byte HeaderOf(int options, bool isRetained, bool isOwn)
        {
            return isRetained && (options & SubscriptionOptions.RetainAsPublished) != 0
                && (!isOwn || (options & SubscriptionOptions.RetainOfOthers) == 0)
                ? RetainedHeader
                : PlainHeader;
        }

        /// <summary>
        /// More waits for a connection than was written: the others come first. If its socket was
        /// blocked it takes something again, and its queue, if nearly full, goes before reading.
        /// </summary>
        public void OfferAgain(int slot)
        {
            Offers offers = _queues.Offers;
            if (offers.State[slot] == Offers.Ready)
            {
                offers.Yield(slot);
                return;
            }

            offers.MarkReady(slot);
            _patience.NoteTaken(slot);
            NoteAdded(slot);
        }

        /// <summary>
        /// A queue that is to be offered has grown: if nearly full, it goes before reading.
        /// </summary>
        public void NoteAdded(int slot)
        {
            if (_queues.Messages[slot] > _maxMessages || _queues.Bytes[slot] > _maxBytes)
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
            IsCrowded |= isAdmitted && _pressure.FullSince[slot] == 0 && _patience.Begin(slot);
            return isAdmitted;
        }
    }
}
