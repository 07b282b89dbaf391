namespace EdgeBroker.Broker
{
    /// <summary>
    /// The Packet Identifiers of messages at QoS 2 that were handed on and wait for PUBREL
    /// (section 4.3.3): no message is kept for that.
    /// </summary>
    public sealed class Incoming
    {
        private readonly ushort[] _id;
        private readonly int[] _count;
        private readonly int _most;

        /// <param name="sessions">Sessions are numbered below this.</param>
        /// <param name="most">How many each may have: Receive Maximum.</param>
        public Incoming(int sessions, int most)
        {
            _most = most;
            _count = new int[sessions];
            _id = new ushort[sessions * most];
        }

        /// <summary>Whether a message with a Packet Identifier was handed on already.</summary>
        public bool Has(int session, int packetId)
        {
            return Find(session, packetId) >= 0;
        }

        /// <summary>Whether a session may have no more.</summary>
        public bool IsFull(int session)
        {
            return _count[session] == _most;
        }

        /// <summary>Messages of a session that wait for PUBREL.</summary>
        public int CountOf(int session)
        {
            return _count[session];
        }

        /// <summary>A message was handed on. There must be room.</summary>
        public void Add(int session, int packetId)
        {
            _id[session * _most + _count[session]++] = (ushort)packetId;
        }

        /// <summary>PUBREL has come.</summary>
        /// <returns>False when there is no such message.</returns>
        public bool Remove(int session, int packetId)
        {
            int at = Find(session, packetId);
            if (at < 0)
            {
                return false;
            }

            _id[at] = _id[session * _most + --_count[session]];
            return true;
        }

        /// <summary>A session is over.</summary>
        public void End(int session)
        {
            _count[session] = 0;
        }

        private int Find(int session, int packetId)
        {
            int first = session * _most;
            for (int i = first + _count[session] - 1; i >= first; i--)
            {
                if (_id[i] == packetId)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
