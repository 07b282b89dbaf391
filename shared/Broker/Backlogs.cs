namespace EdgeBroker.Broker
{
    /// <summary>
    /// The messages at QoS 1 and 2 that wait until their session has room for one more on its way,
    /// or until its client comes back.
    /// </summary>
    public sealed class Backlogs
    {
        /// <summary>Messages that wait in each session.</summary>
        public readonly int[] Count;

        /// <summary>Their bytes.</summary>
        public readonly int[] Bytes;

        private const int None = OutboundQueues.None;

        private readonly OutboundQueues _queues;
        private readonly MessageStore _store;
        private readonly ushort[] _group;
        private readonly int[] _head;
        private readonly int[] _tail;

        /// <param name="sessions">Sessions are numbered below this.</param>
        /// <param name="queues">Has the entries, which all share.</param>
        /// <param name="store">The messages.</param>
        public Backlogs(int sessions, OutboundQueues queues, MessageStore store)
        {
            _queues = queues;
            _store = store;
            _group = new ushort[queues.Next.Length];
            Count = new int[sessions];
            Bytes = new int[sessions];
            _head = new int[sessions];
            _tail = new int[sessions];
        }

        /// <summary>
        /// Puts a message at the end; the session's references to it and its tag are the caller's.
        /// </summary>
        /// <returns>False when all entries are in use.</returns>
        public bool Add(int session, byte header, int message, int tag, int group)
        {
            int entry = _queues.Take();
            if (entry == None)
            {
                return false;
            }

            _queues.Next[entry] = None;
            _queues.Header[entry] = header;
            _queues.Value[entry] = message;
            _queues.Tag[entry] = tag;
            _group[entry] = (ushort)group;
            if (Count[session] == 0)
            {
                _head[session] = entry;
            }
            else
            {
                _queues.Next[_tail[session]] = entry;
            }

            _tail[session] = entry;
            Count[session]++;
            Bytes[session] += _store.Length[message];
            return true;
        }

        /// <summary>The oldest message of a session that has one.</summary>
        public int FirstMessage(int session)
        {
            return _queues.Value[_head[session]];
        }

        /// <summary>The first byte of its packet, without DUP.</summary>
        public byte FirstHeader(int session)
        {
            return _queues.Header[_head[session]];
        }

        /// <summary>Its tag, see SubscriptionIdentifiers.</summary>
        public int FirstTag(int session)
        {
            return _queues.Tag[_head[session]];
        }

        /// <summary>The Shared Subscription that it came by; 0 for none.</summary>
        public int FirstGroup(int session)
        {
            return _group[_head[session]];
        }

        /// <summary>Takes the oldest message out; the references are the caller's again.</summary>
        public void RemoveFirst(int session)
        {
            int entry = _head[session];
            _head[session] = _queues.Next[entry];
            _queues.Tag[entry] = 0;
            Count[session]--;
            Bytes[session] -= _store.Length[_queues.Value[entry]];
            _queues.Give(entry);
        }
    }
}
