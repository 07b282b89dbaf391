using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private const int HousekeepingMs = 1000;
        private const int RetainedPerHousekeeping = 1000;
        private const int MaxHostFigures = 16;
        private const int SysPerTurn = 8;

        private readonly byte[] _sysReplay;
        private readonly int[] _sysSent;
        private readonly long _startMs;
        private readonly long _budgetBytes;
        private long _nextSysMs;
        private long _sysRoundMs;
        private int _sysTopic;
        private long _nextHousekeepingMs;
        private int _retainedCursor;
        private HostFigures _host;
        private int _sysCount = SysTopics.Count;

        /// <summary>Adds the host's own figures; once, before the first connection.</summary>
        /// <param name="host">Up to 16 figures; more are left out.</param>
        public void SetHost(HostFigures host)
        {
            int count = host.Count();
            _host = host;
            _sysCount = SysTopics.Count + (count < MaxHostFigures ? count : MaxHostFigures);
        }

        /// <summary>A figure as it stands under $SYS; texts have their number, or 0.</summary>
        /// <param name="topic">An index of SysTopics.</param>
        public long SysValue(int topic)
        {
            switch (topic)
            {
                case SysTopics.Version:
                    return 0;
                case SysTopics.Uptime:
                    return (_nowMs - _startMs) / 1000;
                case SysTopics.ClientsTotal:
                case SysTopics.ClientsConnected:
                    return ConnectedClients;
                case SysTopics.Subscriptions:
                    return _subscriptions.Count;
                case SysTopics.Retained:
                    return _retained.Count;
                case SysTopics.StoredMessages:
                    return _messages.Count;
                case SysTopics.StoredBytes:
                    return _messages.Pool.UsedBytes();
                case SysTopics.MemoryUsed:
                    return UsedBytes();
                case SysTopics.MemoryBudget:
                    return BudgetBytes();
                default:
                    return topic < SysTopics.Count
                        ? Counters[topic - SysTopics.FirstCounter]
                        : _host.ValueOf(topic - SysTopics.Count);
            }
        }

        /// <summary>Memory of all tables in bytes, taken at the start; see MemoryLedger.</summary>
        public long BudgetBytes()
        {
            return _budgetBytes;
        }

        /// <summary>
        /// Memory in use, in bytes: blocks of messages and text, and queue entries.
        /// </summary>
        public long UsedBytes()
        {
            return _messages.Pool.UsedBytes() + _texts.UsedBytes()
                + _queues.Count * OutboundQueues.BytesPerEntry;
        }

        private long NextSysMs()
        {
            return _nextSysMs < _nextHousekeepingMs || _retained.Count == 0
                ? _nextSysMs
                : _nextHousekeepingMs;
        }

        private void TickSys()
        {
            if (_nowMs >= _nextHousekeepingMs)
            {
                _nextHousekeepingMs = _nowMs + HousekeepingMs;
                ForgetExpired();
            }

            if (_nowMs < _nextSysMs)
            {
                return;
            }

            if (_sysTopic == 0)
            {
                _sysRoundMs = _nowMs;
                WriteSysTopic(0);
                if (!_subscriptions.HasFirstLevel(_scratch, 0, 4))
                {
                    _sysTopic = _sysCount;
                }
            }

            for (int i = 0; i < SysPerTurn && _sysTopic < _sysCount; i++)
            {
                int topic = _sysTopic++;
                int value = (int)SysValue(topic);
                int message = value == _sysSent[topic]
                    ? MessageStore.None
                    : StoreSys(topic, WriteSysTopic(topic));
                if (message != MessageStore.None)
                {
                    _sysSent[topic] = value;
                    PublishStored(None, message, false, false);
                    _messages.Release(message);
                }
            }

            bool isDone = _sysTopic >= _sysCount;
            _sysTopic = isDone ? 0 : _sysTopic;
            _nextSysMs = isDone ? _sysRoundMs + _settings.SysIntervalS * 1000L : _nowMs + SweepMs;
        }

        /// <summary>Begins to send the figures that a new subscription matches.</summary>
        private void ReplaySys(int slot, byte[] filter, int offset, int length)
        {
            if (_settings.SysIntervalS == 0 || length < 4 || filter[offset] != '$')
            {
                return;
            }

            byte last = filter[offset + length - 1];
            if (last == '#' || last == '+')
            {
                _sysReplay[slot] = 1;
                _needsCare[slot] = true;
                MarkReady(slot);
                return;
            }

            for (int topic = 0; topic < _sysCount; topic++)
            {
                int size = WriteSysTopic(topic);
                if (TopicFilter.Matches(filter, offset, length, _scratch, 0, size))
                {
                    DeliverSys(slot, topic, size);
                }
            }
        }

        /// <summary>
        /// Goes on to send figures as if retained, a few at a time: all at once would not fit
        /// into the queue of a board.
        /// </summary>
        private void ReplaySys(int slot)
        {
            for (int i = 0; i < SysPerTurn && _sysReplay[slot] > 0; i++)
            {
                int topic = _sysReplay[slot] - 1;
                _sysReplay[slot] = (byte)(topic + 1 < _sysCount ? topic + 2 : 0);
                int length = WriteSysTopic(topic);
                if (IsSubscribed(slot, length))
                {
                    DeliverSys(slot, topic, length);
                }
            }

            MarkReady(slot);
        }

        /// <summary>Sends a figure whose name stands in the scratch buffer.</summary>
        private void DeliverSys(int slot, int topic, int length)
        {
            int message = StoreSys(topic, length);
            if (message == MessageStore.None)
            {
                Drop(Counter.LimitMessageMemory);
                return;
            }

            DeliverRetained(slot, message);
            _messages.Release(message);
        }

        /// <summary>Whether a client has subscribed to the name in the scratch buffer.</summary>
        private bool IsSubscribed(int slot, int length)
        {
            int route = _routes.Find(_scratch, 0, length, RouteCache.None);
            int count = route == RouteCache.None ? 0 : _routes.Count[route];
            for (int i = 0; i < count; i++)
            {
                if (_routes.Subscribers[_routes.First[route] + i] == slot)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Looks at a few Retained Messages and forgets those that have expired.</summary>
        private void ForgetExpired()
        {
            int positions = _retained.Positions();
            int most = positions < RetainedPerHousekeeping ? positions : RetainedPerHousekeeping;
            for (int i = 0; i < most; i++)
            {
                _retainedCursor = _retainedCursor + 1 < positions ? _retainedCursor + 1 : 0;
                int message = _retained.At(_retainedCursor);
                if (message != RetainedTable.None && _messages.IsExpired(message, _nowMs))
                {
                    int length = _messages.TopicLength(message);
                    _messages.Pool.Read(message, 2, _scratch, 0, length);
                    Forget(_scratch, 0, length);
                    Counters[Counter.MessagesExpired]++;
                }
            }
        }
    }
}
