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

        private readonly BrokerParts _parts;
        private readonly RetainedTable _retained;
        private readonly byte[] _digits = new byte[20];
        private readonly short[] _sent = new short[SysTopics.Count + MaxHostFigures];
        private readonly long _startMs;
        private readonly long _budgetBytes;
        private readonly int _intervalMs;
        private HostFigures _host;
        private long _roundMs;
        private int _topic;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="retained">Counted.</param>
        public SysFigures(BrokerParts parts, RetainedTable retained)
        {
            _parts = parts;
            _retained = retained;
            _startMs = parts.Clock.NowMs;
            _budgetBytes = new MemoryLedger(parts.Limits).TotalBytes();
            _intervalMs = parts.Settings.SysIntervalS * 1000;
            IsOn = _intervalMs > 0;
            NextMs = IsOn ? _startMs + _intervalMs : long.MaxValue;
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
                    return (_parts.Clock.NowMs - _startMs) / 1000;
                case SysTopics.ClientsTotal when _parts.Sessions != null:
                    return _parts.Sessions.Count;
                case SysTopics.ClientsTotal:
                case SysTopics.ClientsConnected:
                    return _parts.Connections.Clients;
                case SysTopics.Subscriptions:
                    return _parts.Subscriptions.Count;
                case SysTopics.Retained:
                    return _retained.Count;
                case SysTopics.StoredMessages:
                    return _parts.Store.Count;
                case SysTopics.StoredBytes:
                    return _parts.Store.Pool.UsedBytes();
                case SysTopics.MemoryUsed:
                    return _parts.Store.Pool.UsedBytes()
                        + _parts.Queues.Count * OutboundQueues.BytesPerEntry;
                case SysTopics.MemoryBudget:
                    return _budgetBytes;
                default:
                    return topic < SysTopics.Count
                        ? Counter.Of(_parts.Counters, topic - SysTopics.FirstCounter)
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
                _roundMs = _parts.Clock.NowMs;
                if (!_parts.Subscriptions.HasDollarFilters())
                {
                    _topic = Count;
                }
            }

            for (int i = 0; i < PerTurn && _topic < Count && !_parts.Router.IsCrowded; i++)
            {
                // Half the memory, for one change in 65,536 that is told a round later.
                long figure = ValueOf(_topic);
                short value = (short)(figure ^ (figure >> 16));
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
            NextMs = isDone ? _roundMs + _intervalMs : _parts.Clock.NowMs + TurnMs;
        }

        /// <summary>Stores the message of a figure, if its name matches.</summary>
        /// <param name="topic">An index of SysTopics.</param>
        /// <param name="filter">The Topic Filter, from the array's start; null for any.</param>
        /// <param name="filterLength">Its bytes.</param>
        /// <returns>The message with one reference, the caller's; or None.</returns>
        public int Store(int topic, byte[] filter, int filterLength)
        {
            MessageStore store = _parts.Store;
            Wanted = 0;
            int length = WriteText(SysTopics.Prefix, 0, MaxText);
            length = WriteText(topic < SysTopics.Count
                ? SysTopics.NameOf(topic)
                : _host.NameOf(topic - SysTopics.Count), length, MaxText);
            if (filter != null
                && !TopicFilter.Matches(filter, 0, filterLength, _parts.Scratch, 0, length))
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

            int message = store.Begin(2 + end, 0, false);
            if (message == MessageStore.None)
            {
                // One that is larger than the largest packet may never find room.
                Wanted = store.BlocksFor(2 + end) <= store.PassingBlocks ? 2 + end : 0;
            }
            else
            {
                _digits[0] = (byte)(length >> 8);
                _digits[1] = (byte)length;
                store.Pool.Append(_digits, 0, 2);
                store.Pool.Append(_parts.Scratch, 0, end);
            }

            return message;
        }

        private bool Route(int message)
        {
            bool isRouted = _parts.Router.RouteStored(message, false);
            _parts.Store.Release(message);
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

            return at + Encoding.UTF8.GetBytes(text, 0, length, _parts.Scratch, at);
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
            Array.Copy(_digits, first, _parts.Scratch, at, count);
            return at + count;
        }
    }
}
