using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>
        /// One block for so many connections is kept from Retained Messages for Wills.
        /// </summary>
        private const int WillShare = 5;

        /// <summary>First byte of a PUBLISH at QoS 0.</summary>
        private const byte PlainHeader = 0x30;

        /// <summary>The same with RETAIN.</summary>
        private const byte RetainedHeader = 0x31;

        /// <summary>Queues a stored message for all subscribers of a route.</summary>
        /// <param name="publisher">The slot it comes from, or None.</param>
        /// <param name="route">An index into the route cache.</param>
        /// <param name="message">The message; the caller keeps its own reference.</param>
        /// <param name="isRetained">Whether RETAIN was set in the PUBLISH.</param>
        private void Deliver(int publisher, int route, int message, bool isRetained)
        {
            // Everything in locals: on a device a field costs as much as five instructions.
            RouteCache routes = _routes;
            OutboundQueues queues = _queues;
            int[] subscribers = routes.Subscribers;
            byte[] options = routes.Options;
            int[] queued = queues.Messages;
            int[] queuedBytes = queues.Bytes;
            int[] next = queues.Next;
            int[] head = queues.Head;
            bool[] isReady = _isReady;
            int[] nextReady = _nextReady;
            int maxMessages = _limits.MaxQueuedMessages;
            int maxBytes = _limits.MaxQueuedBytes - _messages.Length[message];
            int length = _messages.Length[message];
            int room = queues.MessageEntries - queues.Count;
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
                    && !MakeRoom(slot, length))
                {
                    continue;
                }

                if (--room < 0)
                {
                    // What was queued just now may be dropped again, so it has to be counted.
                    _messages.References[message] += references;
                    references = 0;
                    bool hasRoom = HasRoomForEntry();
                    room = queues.MessageEntries - queues.Count - 1;
                    if (!hasRoom)
                    {
                        Drop(Counter.LimitQueueEntries);
                        continue;
                    }
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
                if (!isReady[slot])
                {
                    // MarkReady, without the call.
                    isReady[slot] = true;
                    nextReady[slot] = None;
                    if (_firstReady == None)
                    {
                        _firstReady = slot;
                    }
                    else
                    {
                        nextReady[_lastReady] = slot;
                    }

                    _lastReady = slot;
                }
            }

            _messages.References[message] += references;
        }

        /// <summary>Queues a message for one client, as a Retained Message.</summary>
        /// <returns>False when the client has enough waiting: a replay should end.</returns>
        private bool DeliverRetained(int slot, int message)
        {
            // What is retained is stored already and costs no more than the entry, so it may go
            // beyond the limits of the queue, by as much as can be retained: once, not per filter.
            if (_queues.Messages[slot] >= _limits.MaxQueuedMessages + _limits.MaxRetainedMessages
                || _queues.Bytes[slot] > (long)_limits.MaxQueuedBytes + _limits.MaxRetainedBytes)
            {
                Drop(Counter.LimitQueue);
                return false;
            }

            if (!HasRoomForEntry())
            {
                Drop(Counter.LimitQueueEntries);
                return false;
            }

            _queues.Add(slot, RetainedHeader, message); // [MQTT-3.3.1-8]
            _messages.References[message]++;
            _queues.Messages[slot]++;
            _queues.Bytes[slot] += _messages.Length[message];
            MarkReady(slot);
            return true;
        }

        private void Drop(int limit)
        {
            Counters[limit]++;
            Counters[Counter.PublishDropped]++;
        }

        /// <summary>Retains a stored message, in place of an earlier one.</summary>
        private void Retain(int slot, byte[] buffer, int offset, int length, int message)
        {
            int older = _retained.Get(buffer, offset, length);
            int bytes = _retainedBytes + _messages.Length[message]
                - (older == RetainedTable.None ? 0 : _messages.Length[older]);
            if (bytes > _limits.MaxRetainedBytes
                || !CanPin(message, older, _limits.MaxConnections / WillShare)
                || !_retained.Put(buffer, offset, length, message))
            {
                Counters[Counter.LimitRetained]++;
                Notify(BrokerEvent.PublishRefused, slot, ReasonCode.QuotaExceeded,
                    "there is no room to retain the message");
                return;
            }

            _retainedBytes = bytes;
            Pin(message);
            if (older != RetainedTable.None)
            {
                Unpin(older);
            }
        }

        /// <summary>Forgets what is retained under a name.</summary>
        private void Forget(byte[] buffer, int offset, int length)
        {
            int message = _retained.Get(buffer, offset, length);
            if (message != RetainedTable.None)
            {
                _retained.Remove(buffer, offset, length);
                _retainedBytes -= _messages.Length[message];
                Unpin(message);
            }
        }
    }
}
