using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>The Retained Messages: their limits, their memory and their expiry.</summary>
    public sealed class RetainedMessages
    {
        /// <summary>
        /// One block for so many connections is kept from Retained Messages for Wills.
        /// </summary>
        private const int WillShare = 5;

        /// <summary>Places looked at in one housekeeping.</summary>
        private const int PlacesPerTurn = 1000;

        /// <summary>Which message stands under which Topic Name.</summary>
        public readonly RetainedTable Table;

        private readonly BrokerLimits _limits;
        private readonly MessageStore _store;
        private readonly Clock _clock;
        private readonly long[] _counters;
        private readonly byte[] _topic;
        private int _bytes;
        private int _cursor;

        /// <param name="limits">Gives the number and bytes of Retained Messages.</param>
        /// <param name="table">Which message stands under which Topic Name.</param>
        /// <param name="store">The messages.</param>
        /// <param name="clock">The broker's time.</param>
        /// <param name="counters">The broker's counters.</param>
        /// <param name="scratch">Takes a Topic Name for the time of a call.</param>
        public RetainedMessages(BrokerLimits limits, RetainedTable table, MessageStore store,
            Clock clock, long[] counters, byte[] scratch)
        {
            _limits = limits;
            Table = table;
            _store = store;
            _clock = clock;
            _counters = counters;
            _topic = scratch;
        }

        /// <summary>
        /// Retains a stored message in place of an earlier one; one without payload only removes
        /// the earlier one [MQTT-3.3.1-6].
        /// </summary>
        /// <returns>
        /// False when there is no room. The earlier message has gone then as well: nobody is told
        /// what is no longer so.
        /// </returns>
        public bool Update(int message)
        {
            int length = ReadTopic(message);
            bool isEmpty = _store.Length[message] - _store.PropertiesOf(message) == 2 + length;
            if (isEmpty)
            {
                Forget(_topic, 0, length);
                return true;
            }

            int older = Table.Get(_topic, 0, length);
            int bytes = _bytes + _store.Length[message]
                - (older == RetainedTable.None ? 0 : _store.Length[older]);
            if (bytes > _limits.MaxRetainedBytes
                || !_store.CanPin(message, older, _limits.MaxConnections / WillShare)
                || !Table.Put(_topic, 0, length, message))
            {
                _counters[Counter.LimitRetained]++;
                Forget(_topic, 0, length);
                return false;
            }

            _bytes = bytes;
            _store.Pin(message);
            if (older != RetainedTable.None)
            {
                _store.Unpin(older);
            }

            return true;
        }

        /// <summary>Forgets what is retained under a name.</summary>
        public void Forget(byte[] buffer, int offset, int length)
        {
            int message = Table.Get(buffer, offset, length);
            if (message != RetainedTable.None)
            {
                Table.Remove(buffer, offset, length);
                _bytes -= _store.Length[message];
                _store.Unpin(message);
            }
        }

        /// <summary>Looks at a few messages and forgets those that have expired.</summary>
        public void ForgetExpired()
        {
            int positions = Table.Positions();
            int most = positions < PlacesPerTurn ? positions : PlacesPerTurn;
            for (int i = 0; i < most; i++)
            {
                _cursor = _cursor + 1 < positions ? _cursor + 1 : 0;
                int message = Table.At(_cursor);
                if (message != RetainedTable.None && _store.IsExpired(message, _clock.NowMs))
                {
                    int length = ReadTopic(message);
                    Forget(_topic, 0, length);
                    _counters[Counter.MessagesExpired]++;
                }
            }
        }

        /// <summary>Copies the Topic Name at a place of the table.</summary>
        /// <returns>Its bytes; 0 when nothing is retained there.</returns>
        public int ReadName(int position, byte[] target)
        {
            int message = Table.At(position);
            if (message == RetainedTable.None)
            {
                return 0;
            }

            int length = _store.TopicLength(message);
            length = length < target.Length ? length : target.Length;
            _store.Pool.Read(message, 2, target, 0, length);
            return length;
        }

        private int ReadTopic(int message)
        {
            int length = _store.TopicLength(message);
            _store.Pool.Read(message, 2, _topic, 0, length);
            return length;
        }
    }
}
