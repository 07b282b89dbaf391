using System;
using System.Text;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>The figures under $SYS/broker/: their values and their messages.</summary>
    public sealed class SysFigures
    {
        /// <summary>Most figures of the host.</summary>
        public const int MaxHostFigures = 16;

        /// <summary>Longest name, and longest text, of a figure in bytes.</summary>
        public const int MaxText = 112;

        private const int PerTurn = 8;
        private const int TurnMs = 20;

        /// <summary>Figures in all, those of the host included.</summary>
        public int Count = SysTopics.Count;

        /// <summary>When the next ones go out; long.MaxValue when they are turned off.</summary>
        public long NextMs;

        /// <summary>
        /// Bytes that Store found no room for, though there will be; 0 if that was not why.
        /// </summary>
        public int Wanted;

        /// <summary>Whether there are any messages under $SYS.</summary>
        public readonly bool IsOn;

        private readonly ConnectionTable _connections;
        private readonly SubscriptionTable _subscriptions;
        private readonly RetainedTable _retained;
        private readonly MessageStore _store;
        private readonly OutboundQueues _queues;
        private readonly Router _router;
        private readonly Clock _clock;
        private readonly long[] _counters;
        private readonly byte[] _scratch;
        private readonly byte[] _digits = new byte[20];
        private readonly short[] _sent = new short[SysTopics.Count + MaxHostFigures];
        private readonly long _startMs;
        private readonly long _budgetBytes;
        private readonly int _intervalMs;
        private HostFigures _host;
        private long _roundMs;
        private int _topic;

        /// <param name="limits">Gives the budget of memory.</param>
        /// <param name="settings">Gives the interval.</param>
        /// <param name="connections">Counted.</param>
        /// <param name="subscriptions">Counted.</param>
        /// <param name="retained">Counted.</param>
        /// <param name="store">Counted; takes the messages.</param>
        /// <param name="queues">Counted.</param>
        /// <param name="router">Routes the messages.</param>
        /// <param name="clock">The broker's time.</param>
        /// <param name="counters">The broker's counters.</param>
        /// <param name="scratch">Takes a name and a value for the time of a call.</param>
        public SysFigures(BrokerLimits limits, BrokerSettings settings,
            ConnectionTable connections, SubscriptionTable subscriptions, RetainedTable retained,
            MessageStore store, OutboundQueues queues, Router router, Clock clock,
            long[] counters, byte[] scratch)
        {
            _connections = connections;
            _subscriptions = subscriptions;
            _retained = retained;
            _store = store;
            _queues = queues;
            _router = router;
            _clock = clock;
            _counters = counters;
            _scratch = scratch;
            _startMs = clock.NowMs;
            _budgetBytes = new MemoryLedger(limits).TotalBytes();
            IsOn = settings.SysIntervalS > 0;
            _intervalMs = settings.SysIntervalS * 1000;
            NextMs = IsOn ? clock.NowMs + _intervalMs : long.MaxValue;
        }

        /// <summary>Adds the host's own figures.</summary>
        public void SetHost(HostFigures host)
        {
            int count = host.Count();
            _host = host;
            Count = SysTopics.Count + (count < MaxHostFigures ? count : MaxHostFigures);
        }

        /// <summary>A figure as it stands; texts have their number, or 0.</summary>
        /// <param name="topic">An index of SysTopics.</param>
        public long ValueOf(int topic)
        {
            switch (topic)
            {
                case SysTopics.Version:
                    return 0;
                case SysTopics.Uptime:
                    return (_clock.NowMs - _startMs) / 1000;
                case SysTopics.ClientsTotal:
                case SysTopics.ClientsConnected:
                    return _connections.Clients;
                case SysTopics.Subscriptions:
                    return _subscriptions.Count;
                case SysTopics.Retained:
                    return _retained.Count;
                case SysTopics.StoredMessages:
                    return _store.Count;
                case SysTopics.StoredBytes:
                    return _store.Pool.UsedBytes();
                case SysTopics.MemoryUsed:
                    return _store.Pool.UsedBytes()
                        + _queues.Count * OutboundQueues.BytesPerEntry;
                case SysTopics.MemoryBudget:
                    return _budgetBytes;
                default:
                    return topic < SysTopics.Count
                        ? Counter.Of(_counters, topic - SysTopics.FirstCounter)
                        : _host.ValueOf(topic - SysTopics.Count);
            }
        }

        /// <summary>
        /// Publishes some of the figures that have changed since they were sent last.
        /// </summary>
        public void Publish()
        {
            if (_topic == 0)
            {
                _roundMs = _clock.NowMs;
                if (!_subscriptions.HasDollarFilters())
                {
                    _topic = Count;
                }
            }

            for (int i = 0; i < PerTurn && _topic < Count && !_router.IsCrowded; i++)
            {
                short value = ShortOf(_topic);
                if (value != _sent[_topic])
                {
                    int message = Store(_topic, null, 0);
                    if (message == MessageStore.None || !Route(message))
                    {
                        break; // There is no room: it is tried again.
                    }

                    _sent[_topic] = value;
                }

                _topic++;
            }

            bool isDone = _topic >= Count;
            _topic = isDone ? 0 : _topic;
            NextMs = isDone ? _roundMs + _intervalMs : _clock.NowMs + TurnMs;
        }

        /// <summary>Stores the message of a figure, if its name matches.</summary>
        /// <param name="topic">An index of SysTopics.</param>
        /// <param name="filter">The Topic Filter, from the array's start; null for any.</param>
        /// <param name="filterLength">Its bytes.</param>
        /// <returns>The message with one reference, the caller's; or None.</returns>
        public int Store(int topic, byte[] filter, int filterLength)
        {
            Wanted = 0;
            int length = WriteText(SysTopics.Prefix, 0, MaxText);
            length = WriteText(topic < SysTopics.Count
                ? SysTopics.NameOf(topic)
                : _host.NameOf(topic - SysTopics.Count), length, MaxText);
            if (filter != null
                && !TopicFilter.Matches(filter, 0, filterLength, _scratch, 0, length))
            {
                return MessageStore.None;
            }

            string text = topic < SysTopics.Count ? null : _host.TextOf(topic - SysTopics.Count);
            text = topic == SysTopics.Version ? MqttBroker.Version : text;
            int end = text == null
                ? WriteNumber(ValueOf(topic), length)
                : WriteText(text, length, length + MaxText);
            if (topic == SysTopics.Uptime)
            {
                end = WriteText(" seconds", end, end + MaxText);
            }

            int message = _store.Begin(2 + end, 0, false);
            if (message == MessageStore.None)
            {
                // One that is larger than the largest packet may never find room.
                Wanted = _store.BlocksFor(2 + end) <= _store.PassingBlocks ? 2 + end : 0;
            }
            else
            {
                _digits[0] = (byte)(length >> 8);
                _digits[1] = (byte)length;
                _store.Pool.Append(_digits, 0, 2);
                _store.Pool.Append(_scratch, 0, end);
                short value = ShortOf(topic);
                if (filter != null && value != _sent[topic])
                {
                    // Whoever subscribes knows another value than the others, who may have the
                    // next one already: it goes out in any case.
                    _sent[topic] = (short)~value;
                }
            }

            return message;
        }

        /// <summary>Half of a figure: one change in 65,536 is told a round later.</summary>
        private short ShortOf(int topic)
        {
            long figure = ValueOf(topic);
            return (short)(figure ^ (figure >> 16));
        }

        private bool Route(int message)
        {
            bool isRouted = _router.RouteStored(message, false);
            _store.Release(message);
            return isRouted;
        }

        /// <summary>Writes text, cut so that a name and a text always fit.</summary>
        private int WriteText(string text, int at, int end)
        {
            int left = end - at;
            int length = 0;
            while (length < text.Length && left >= BytesOf(text[length]))
            {
                left -= BytesOf(text[length++]);
            }

            return at + Encoding.UTF8.GetBytes(text, 0, length, _scratch, at);
        }

        /// <summary>Bytes of a character in UTF-8 at most; half of a pair takes three.</summary>
        private static int BytesOf(char c)
        {
            return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }

        private int WriteNumber(long value, int at)
        {
            int first = _digits.Length;
            do
            {
                _digits[--first] = (byte)('0' + (int)(value % 10));
                value /= 10;
            }
            while (value > 0);

            int count = _digits.Length - first;
            Array.Copy(_digits, first, _scratch, at, count);
            return at + count;
        }
    }
}
