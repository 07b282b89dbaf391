using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// The short ways of the PUBLISH that boards see all day: QoS 0, no flags, up to 129 bytes, a
    /// name that is known. It is not decoded, and if it goes to one client for whom nothing waits
    /// it need not be stored: what goes out are the very bytes that came in.
    /// </summary>
    public sealed class PlainPublish
    {
        private const int None = -1;
        private const int MaxSize = 129;

        private readonly ConnectionTable _connections;
        private readonly Router _router;
        private readonly OutboundQueues _queues;
        private readonly MessageStore _store;
        private readonly long[] _counters;
        private readonly int[] _slotOf;
        private readonly int _maxTopicLength;
        private readonly int _largest;

        /// <param name="parts">What the parts of the broker share.</param>
        public PlainPublish(BrokerParts parts)
        {
            BrokerLimits limits = parts.Limits;
            _connections = parts.Connections;
            _router = parts.Router;
            _queues = parts.Queues;
            _store = parts.Store;
            _counters = parts.Counters;
            _slotOf = parts.Sessions?.SlotOf;
            _maxTopicLength = limits.MaxTopicLength;

            // Where one message nearly fills a queue, reading pauses after it.
            int queued = limits.MaxQueuedMessages > 1
                ? limits.MaxQueuedBytes - limits.MaxPacketSize
                : 0;
            int size = limits.MaxPacketSize < MaxSize ? limits.MaxPacketSize : MaxSize;
            _largest = queued < size ? queued : size;
        }

        /// <summary>
        /// Handles the PUBLISH that boards see all day: 3.1.1, QoS 0, no flags, up to 129 bytes, a
        /// name that is known. It needs no check that the route does not stand for.
        /// </summary>
        /// <returns>
        /// False when it is something else, or when there is no room; nothing has happened then.
        /// </returns>
        public bool Forward(int slot, byte[] buffer, int offset, int length)
        {
            ConnectionTable connections = _connections;
            int topicLength = (buffer[offset] << 8) | buffer[offset + 1];
            if (connections.Version[slot] != ProtocolVersion.V311 || topicLength == 0
                || topicLength > _maxTopicLength || topicLength + 2 > length
                || buffer[offset + 2] == '$')
            {
                return false;
            }

            RouteCache routes = _router.Routes;
            int route = routes.Find(buffer, offset + 2, topicLength, connections.Route[slot]);
            if (route == RouteCache.None)
            {
                return false;
            }

            connections.Route[slot] = route;
            int count = routes.Count[route];
            if (count > 0)
            {
                MessageStore store = _store;
                OutboundQueues queues = _queues;
                int message = queues.Count - queues.ResponseCount + count <= queues.MessageEntries
                    ? store.StorePlain(buffer, offset, length)
                    : MessageStore.None;
                if (message == MessageStore.None)
                {
                    _router.HasRoom(count, length + 2);
                    return false;
                }

                _router.Deliver(slot, route, message, 0, false);
                store.Release(message);
            }

            long[] counters = _counters;
            counters[Counter.PublishReceived]++;
            counters[Counter.PublishBytesReceived] += length - 2 - topicLength;
            return true;
        }

        /// <summary>Whom a piece that has arrived may be passed to.</summary>
        /// <returns>A slot, or None. It may have to be stored for many a reason.</returns>
        public int TargetOf(int slot, byte[] buffer, int count)
        {
            ConnectionTable connections = _connections;
            RouteCache routes = _router.Routes;
            int route = connections.Route[slot];
            if (count < 5 || count > _largest || buffer[1] != count - 2
                || buffer[0] != PacketType.Publish << 4 || buffer[4] == '$'
                || route < 0 || routes.Count[route] != 1
                || !connections.IsPlain[slot])
            {
                return None;
            }

            int topicLength = (buffer[2] << 8) | buffer[3];
            int end = 4 + topicLength;
            byte version = connections.Version[slot];
            if (version == ProtocolVersion.V5
                ? end >= count || buffer[end] != 0
                : end > count)
            {
                return None;
            }

            route = routes.Recall(buffer, 4, topicLength, route);
            if (route == RouteCache.None)
            {
                return None;
            }

            connections.Route[slot] = route;
            int target = routes.Subscribers[routes.First[route]];
            if (_slotOf != null)
            {
                target = _slotOf[target];
                if (target == None)
                {
                    return None;
                }
            }

            OutboundQueues queues = _queues;
            return routes.Count[route] == 1 && target != slot
                && connections.Version[target] == version
                && queues.Offers.State[target] == Offers.Idle
                && connections.ClientPacketSize[target] >= count
                && queues.HasRoom(connections.Clients) && _store.HasRoom(count)
                ? target
                : None;
        }

        /// <summary>Counts a message that was received.</summary>
        /// <returns>Bytes of its payload.</returns>
        public int CountIn(int slot, byte[] buffer, int count)
        {
            long[] counters = _counters;
            int around = _connections.Version[slot] == ProtocolVersion.V5 ? 5 : 4;
            int payload = count - around - ((buffer[2] << 8) | buffer[3]);
            counters[Counter.BytesReceived] += count;
            counters[Counter.PublishReceived]++;
            counters[Counter.PublishBytesReceived] += payload;
            return payload;
        }

        /// <summary>Counts a message that was sent.</summary>
        public void CountOut(int count, int payload)
        {
            long[] counters = _counters;
            counters[Counter.BytesSent] += count;
            counters[Counter.PublishSent]++;
            counters[Counter.PublishBytesSent] += payload;
        }
    }
}
