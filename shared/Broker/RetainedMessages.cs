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

        private readonly BrokerParts _parts;
        private int _bytes;
        private int _cursor;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="table">Which message stands under which Topic Name.</param>
        public RetainedMessages(BrokerParts parts, RetainedTable table)
        {
            _parts = parts;
            Table = table;
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
            MessageStore store = _parts.Store;
            byte[] scratch = _parts.Scratch;
            int length = ReadTopic(message);
            bool isEmpty = store.Length[message] - store.PropertiesOf(message) == 2 + length;
            if (isEmpty)
            {
                Forget(scratch, 0, length);
                return true;
            }

            int older = Table.Get(scratch, 0, length);
            int bytes = _bytes + store.Length[message]
                - (older == RetainedTable.None ? 0 : store.Length[older]);
            if (bytes > _parts.Limits.MaxRetainedBytes
                || !store.CanPin(message, older, _parts.Limits.MaxConnections / WillShare)
                || !Table.Put(scratch, 0, length, message))
            {
                _parts.Counters[Counter.LimitRetained]++;
                Forget(scratch, 0, length);
                return false;
            }

            _bytes = bytes;
            store.Pin(message);
            if (older != RetainedTable.None)
            {
                store.Unpin(older);
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
                _bytes -= _parts.Store.Length[message];
                _parts.Store.Unpin(message);
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
                if (message != RetainedTable.None
                    && _parts.Store.IsExpired(message, _parts.Clock.NowMs))
                {
                    int length = ReadTopic(message);
                    Forget(_parts.Scratch, 0, length);
                    _parts.Counters[Counter.MessagesExpired]++;
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

            int length = _parts.Store.TopicLength(message);
            length = length < target.Length ? length : target.Length;
            _parts.Store.Pool.Read(message, 2, target, 0, length);
            return length;
        }

        private int ReadTopic(int message)
        {
            int length = _parts.Store.TopicLength(message);
            _parts.Store.Pool.Read(message, 2, _parts.Scratch, 0, length);
            return length;
        }
    }
}
